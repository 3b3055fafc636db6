import { expect, test, vi } from "vitest";
import { startRunWorker } from "../../../jobs/advance-run.ts";
import { Bug } from "../../../src/domain/errors.ts";
import type { Log } from "../../../src/log.ts";
import type { Crew } from "../../../src/run/crew.ts";

const log: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const made = vi.hoisted(() => ({
  processor: null as null | ((...all: never[]) => Promise<unknown>),
  settings: {} as Record<string, unknown>,
}));

vi.mock("bullmq", async (original) => ({
  ...(await original<typeof import("bullmq")>()),
  Worker: class {
    constructor(_name: string, processor: (...all: never[]) => Promise<unknown>, settings: Record<string, unknown>) {
      made.processor = processor;
      made.settings = settings;
    }
    on(): void {}
    cancelJob(): void {}
    cancelAllJobs(): void {}
    async close(): Promise<void> {}
  },
}));

function processorWith(load: () => Promise<null>) {
  const crew = { store: { load }, clock: { now: () => 0 } } as unknown as Crew;
  startRunWorker({} as never, "t", () => crew, { lockDurationMs: 1000, stalledIntervalMs: 500, concurrency: 2 }, log);
  if (!made.processor) throw new Error("no worker was made");
  return made.processor as unknown as (job: unknown, token: string, signal: AbortSignal) => Promise<void>;
}

const job = { id: "1", data: { runId: "r1" } };
const signal = new AbortController().signal;

test("the processor has three parameters: BullMQ gives the abort signal to no other", () => {
  processorWith(async () => null);

  expect(made.processor?.length).toBe(3);
  expect(made.settings).toMatchObject({
    prefix: "{t}",
    concurrency: 2,
    lockDuration: 1000,
    maxStalledCount: 1_000_000,
  });
});

test("a run that is gone ends its job", async () => {
  await expect(processorWith(async () => null)(job, "token", signal)).resolves.toBeUndefined();
});

test("a bug ends the job for good, a store that is away does not", async () => {
  const bug = processorWith(() => Promise.reject(new Bug("an invariant")));
  await expect(bug(job, "token", signal)).rejects.toMatchObject({ name: "UnrecoverableError" });

  const away = processorWith(() => Promise.reject(new Error("Redis is away")));
  await expect(away(job, "token", signal)).rejects.toMatchObject({ name: "Error", message: "Redis is away" });
});

test("refuses a job whose payload is not a run id", async () => {
  const processor = processorWith(async () => null);

  await expect(processor({ id: "1", data: { runId: "../x" } }, "token", signal)).rejects.toThrow();
});
