import { WebAPIPlatformError, WebAPIRateLimitedError } from "@slack/web-api";
import { DelayedError, type Job, UnrecoverableError, WaitingError, type Worker } from "bullmq";
import { afterEach, expect, test, vi } from "vitest";
import { watchLocks } from "../../../jobs/lock-watch.ts";
import { handBack, showFailed } from "../../../jobs/outcome-to-bullmq.ts";
import { Payload } from "../../../jobs/payload.ts";
import { startSweeper } from "../../../jobs/sweeper.ts";
import type { Log } from "../../../src/log.ts";

afterEach(() => void vi.useRealTimers());

const log: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function fakeJob() {
  const moved: (readonly unknown[])[] = [];
  const job = {
    data: { runId: "r1" },
    moveToWait: async (token: string) => void moved.push(["wait", token]),
    moveToDelayed: async (at: number, token: string) => void moved.push(["delayed", at, token]),
  };
  return { job: job as unknown as Job, moved };
}

test.each([
  [{ runId: "r1" }, true],
  [{ runId: "r1-2" }, true],
  [{ runId: "R1" }, false],
  [{ runId: "r1:x" }, false],
  [{ runId: "" }, false],
  [{ runId: "r".repeat(65) }, false],
  [{}, false],
  [null, false],
])("a job with the payload %j is readable: %s", (payload, readable) => {
  expect(Payload.safeParse(payload).success).toBe(readable);
});

test("a run that was put down because the process stops goes back to the queue at once", async () => {
  const { job, moved } = fakeJob();

  await expect(handBack(job, "token", { rest: "interrupted" }, true)).rejects.toBeInstanceOf(WaitingError);
  expect(moved).toEqual([["wait", "token"]]);
});

test.each([
  [{ rest: "interrupted" } as const, false],
  [{ rest: "ended" } as const, true],
  [{ rest: "waiting", until: null, why: "people" } as const, true],
])("a run that rests with %j while stopping is %s is not handed back", async (rest, stopping) => {
  const { job, moved } = fakeJob();

  await handBack(job, "token", rest, stopping);

  expect(moved).toEqual([]);
});

test("too many calls to Slack delay the job by what Slack asks for", async () => {
  vi.useFakeTimers({ now: 1_000_000 });
  const { job, moved } = fakeJob();
  const error = Object.create(WebAPIRateLimitedError.prototype, { retryAfter: { value: 7 } }) as Error;

  await expect(showFailed(job, "token", error, log)).rejects.toBeInstanceOf(DelayedError);
  expect(moved).toEqual([["delayed", 1_007_000, "token"]]);
});

test.each([
  ["invalid_blocks", true],
  ["channel_not_found", true],
  ["token_revoked", true],
  ["internal_error", false],
  ["fatal_error", false],
])("Slack's answer %s ends the job for good: %s", async (code, hopeless) => {
  const { job } = fakeJob();
  const error = Object.create(WebAPIPlatformError.prototype, { data: { value: { ok: false, error: code } } }) as Error;

  const failure: unknown = await showFailed(job, "token", error, log).catch((thrown: unknown) => thrown);

  expect(failure instanceof UnrecoverableError).toBe(hopeless);
  if (!hopeless) expect(failure).toBe(error);
});

test("any other failure of showing comes out as it is, so that the queue repeats it", async () => {
  const error = new Error("socket hang up");

  await expect(showFailed(fakeJob().job, "token", error, log)).rejects.toBe(error);
});

test("the sweeper asks for every open run, again and again, and outlives a store that is away", async () => {
  vi.useFakeTimers();
  const ticks: string[] = [];
  const warnings: string[] = [];
  let away = false;
  const sweeper = startSweeper({
    openRuns: async () => {
      if (away) throw new Error("Redis is away");
      return ["r1", "r2"];
    },
    recentRuns: async () => ["r0"],
    queues: { tick: async (id) => void ticks.push(id), show: async () => {} },
    everyMs: 2000,
    log: { ...log, warn: (message) => void warnings.push(message) },
  });

  await vi.advanceTimersByTimeAsync(2000);
  expect(ticks).toEqual(["r1", "r2"]);
  away = true;
  await vi.advanceTimersByTimeAsync(2000);
  expect(warnings).toHaveLength(1);
  away = false;
  await vi.advanceTimersByTimeAsync(2000);
  expect(ticks).toEqual(["r1", "r2", "r1", "r2"]);
  sweeper.stop();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(ticks).toHaveLength(4);
});

test("the sweeper brings the cards of open and of recent runs up to date now and then", async () => {
  vi.useFakeTimers();
  const shown: string[] = [];
  const sweeper = startSweeper({
    openRuns: async () => ["r1"],
    recentRuns: async () => ["r0", "r1"],
    queues: { tick: async () => {}, show: async (id) => void shown.push(id) },
    everyMs: 1000,
    log,
  });

  await vi.advanceTimersByTimeAsync(5000);
  sweeper.stop();

  expect(shown.sort()).toEqual(["r0", "r1"]);
});

test("a slow sweep is not overtaken by the next one", async () => {
  vi.useFakeTimers();
  let asked = 0;
  const sweeper = startSweeper({
    openRuns: () => {
      asked += 1;
      return new Promise<readonly string[]>(() => {});
    },
    recentRuns: async () => [],
    queues: { tick: async () => {}, show: async () => {} },
    everyMs: 1000,
    log,
  });

  await vi.advanceTimersByTimeAsync(10_000);
  sweeper.stop();

  expect(asked).toBe(1);
});

function watched(lockMs: number) {
  vi.useFakeTimers({ toFake: ["performance"] });
  const listeners = new Map<string, (value: unknown) => void>();
  const cancelled: string[] = [];
  const worker = {
    on: (event: string, listener: (value: unknown) => void) => void listeners.set(event, listener),
    cancelJob: (id: string) => void cancelled.push(id),
  };
  const locks = watchLocks(worker as unknown as Worker, lockMs);
  return { locks, cancelled, emit: (event: string, value: unknown) => listeners.get(event)?.(value) };
}

test("refuses to call a lock fresh that is nine tenths of its life old, or that nobody claimed", () => {
  const { locks, emit } = watched(1000);
  expect(locks.fresh("1")).toBe(false);

  locks.claimed("1");
  vi.advanceTimersByTime(899);
  expect(locks.fresh("1")).toBe(true);
  vi.advanceTimersByTime(1);
  expect(locks.fresh("1")).toBe(false);

  emit("locksRenewed", { jobIds: ["1", "2"] });
  expect(locks.fresh("1")).toBe(true);
  expect(locks.fresh("2")).toBe(false);
  locks.gone("1");
  expect(locks.fresh("1")).toBe(false);
});

test("a lock that could not be renewed cancels its job", () => {
  const { cancelled, emit } = watched(1000);

  emit("lockRenewalFailed", ["1", "2"]);

  expect(cancelled).toEqual(["1", "2"]);
});
