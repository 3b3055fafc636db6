import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PatchError } from "../../../src/domain/errors.ts";
import type { StepRecord } from "../../../src/domain/run.ts";
import type { Operation, Probe, RepeatClass } from "../../../src/drivers/operation.ts";
import { pauseFor, perform } from "../../../src/run/perform.ts";
import { outcomeOf } from "../../support/run-builders.ts";

const act = { do: "reboot", machine: "a" } as const;
const pending: StepRecord = { state: "pending", attempt: 1 };
const intended: StepRecord = { state: "intended", attempt: 1, before: { boot: "7" } };
const acting: StepRecord = { ...intended, state: "acting", handle: "task-old" };

const unreachable = () => new PatchError({ code: "unreachable", retry: "later", message: "a is away.", next: "Wait." });
const replyLost = () =>
  new PatchError({ code: "unknown-effect", retry: "later", message: "No answer to the start.", next: "Wait." });
const broken = () => new PatchError({ code: "command-failed", retry: "never", message: "a fails.", next: "Look." });

type Scripted<T> = T | Error;

interface Script {
  readonly repeat?: RepeatClass;
  /** Answers in order; the last one is repeated. */
  readonly look?: readonly Scripted<{ blockers?: readonly [] }>[];
  readonly probe?: readonly Scripted<Probe>[];
  readonly start?: readonly Scripted<string>[];
  readonly follow?: readonly Scripted<"done">[];
}

/** An operation that says what it is told to, and a log of everything that happens in order. */
function scripted(script: Script, blocked = false) {
  const log: string[] = [];
  const next = <T>(name: string, answers: readonly Scripted<T>[] | undefined, otherwise: T): T => {
    const used = log.filter((one) => one.startsWith(name)).length;
    const answer = answers?.[Math.min(used, answers.length - 1)] ?? otherwise;
    if (answer instanceof Error) {
      log.push(`${name} failed`);
      throw answer;
    }
    return answer;
  };
  const blockers = blocked
    ? [{ reason: "facts-changed" as const, where: "a", message: "a moved.", next: "Ask for a new plan." }]
    : [];
  const operation: Operation<"reboot"> = {
    repeat: script.repeat ?? "reconcile",
    async look() {
      next("look", script.look, {});
      log.push("look");
      return { blockers, before: { boot: "7" } };
    },
    async probe(_act, tag, before) {
      const answer = next<Probe>("probe", script.probe, { state: "absent" });
      log.push(`probe ${tag} ${before.boot}`);
      return answer;
    },
    async start(_act, tag, before) {
      const handle = next("start", script.start, "task-new");
      log.push(`start ${tag} ${before.boot}`);
      return handle;
    },
    async follow(_act, handle) {
      next("follow", script.follow, "done");
      log.push(`follow ${handle}`);
      return outcomeOf("a is back");
    },
  };
  return { operation, log };
}

interface Setting {
  readonly script?: Script;
  readonly record?: StepRecord;
  readonly blocked?: boolean;
  readonly mayAct?: () => boolean;
  readonly taken?: boolean;
  readonly stopper?: AbortController;
}

async function performed({
  script = {},
  record = pending,
  blocked,
  mayAct = () => true,
  taken = false,
  stopper = new AbortController(),
}: Setting) {
  const { operation, log } = scripted(script, blocked);
  const write = async (line: string) => {
    log.push(line);
    return !taken;
  };
  const work = perform({
    operation,
    act,
    tag: "r1-s1-1",
    record,
    mayAct,
    signal: stopper.signal,
    writes: { intended: () => write("write intent"), acted: (handle) => write(`write ${handle}`) },
  });
  await vi.runAllTimersAsync();
  return { end: await work, log };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("an act is looked at, intended, searched, begun, written down and followed, in this order", async () => {
  const { end, log } = await performed({});

  expect(end).toEqual({ end: "done", outcome: outcomeOf("a is back") });
  expect(log).toEqual([
    "look",
    "write intent",
    "probe r1-s1-1 7",
    "start r1-s1-1 7",
    "write task-new",
    "follow task-new",
  ]);
});

test("refuses to write an intent when something stands in the way", async () => {
  const { end, log } = await performed({ blocked: true });

  expect(end).toMatchObject({ end: "blocked", blockers: [{ where: "a" }] });
  expect(log).toEqual(["look"]);
});

test("refuses to act when its intent was not accepted", async () => {
  const { end, log } = await performed({ taken: true });

  expect(end).toEqual({ end: "interrupted" });
  expect(log).toEqual(["look", "write intent"]);
});

test.each<RepeatClass>(["repeat", "reconcile", "never"])(
  "refuses to begin an act of class %s when its lock is too old",
  async (repeat) => {
    const { end, log } = await performed({ script: { repeat }, mayAct: () => false });

    expect(end).toEqual({ end: "interrupted" });
    expect(log.filter((one) => one.startsWith("start"))).toEqual([]);
  },
);

test("the lock is looked at after the search, right before the act", async () => {
  let mayAct = true;
  const { operation, log } = scripted({});
  const late: typeof operation = {
    ...operation,
    probe: async (...all) => {
      mayAct = false;
      return operation.probe(...all);
    },
  };

  const end = await perform({
    operation: late,
    act,
    tag: "r1-s1-1",
    record: intended,
    mayAct: () => mayAct,
    signal: new AbortController().signal,
    writes: { intended: async () => true, acted: async () => true },
  });

  expect(end).toEqual({ end: "interrupted" });
  expect(log).toEqual(["probe r1-s1-1 7"]);
});

describe("after a crash behind the intent", () => {
  test("what is surely absent is begun, without a second look", async () => {
    const { end, log } = await performed({ record: intended });

    expect(end.end).toBe("done");
    expect(log).toEqual(["probe r1-s1-1 7", "start r1-s1-1 7", "write task-new", "follow task-new"]);
  });

  test.each(["running", "finished"] as const)("what is %s is adopted, not begun again", async (state) => {
    const { log } = await performed({ record: intended, script: { probe: [{ state, handle: "task-7" }] } });

    expect(log).toEqual(["probe r1-s1-1 7", "write task-7", "follow task-7"]);
  });

  test("fails closed when nobody can say whether it has begun", async () => {
    const script: Script = { probe: [{ state: "unknown", why: "two tasks carry the tag" }] };
    const { end, log } = await performed({ record: intended, script });

    expect(end).toMatchObject({ end: "failed", error: { code: "unknown-effect", retry: "never" } });
    expect(end.end === "failed" && end.error.message).toContain("two tasks carry the tag");
    expect(log).toEqual(["probe r1-s1-1 7"]);
  });

  test("what may be repeated is repeated without a search", async () => {
    const { log } = await performed({ record: intended, script: { repeat: "repeat" } });

    expect(log).toEqual(["start r1-s1-1 7", "write task-new", "follow task-new"]);
  });

  test("fails closed when the act must never be repeated", async () => {
    const { end, log } = await performed({ record: intended, script: { repeat: "never" } });

    expect(end).toMatchObject({ end: "failed", error: { code: "unknown-effect", retry: "never" } });
    expect(log).toEqual([]);
  });

  test("an act that must never be repeated is begun once when it is fresh", async () => {
    const { end, log } = await performed({ script: { repeat: "never" } });

    expect(end.end).toBe("done");
    expect(log.filter((one) => one.startsWith("start"))).toHaveLength(1);
  });

  test("an act with a handle is only followed, with the handle of before", async () => {
    const { log } = await performed({ record: acting });

    expect(log).toEqual(["follow task-old"]);
  });
});

describe("a machine that does not answer", () => {
  test("is asked again with the same tag, and nothing is begun twice", async () => {
    const { end, log } = await performed({ script: { start: [unreachable(), unreachable(), "task-new"] } });

    expect(end.end).toBe("done");
    expect(log).toEqual([
      "look",
      "write intent",
      "probe r1-s1-1 7",
      "start failed",
      "probe r1-s1-1 7",
      "start failed",
      "probe r1-s1-1 7",
      "start r1-s1-1 7",
      "write task-new",
      "follow task-new",
    ]);
  });

  test("is given up after four tries, and the failure says why", async () => {
    const { end, log } = await performed({ script: { look: [unreachable()] } });

    expect(end).toMatchObject({ end: "failed", error: { code: "unreachable" } });
    expect(log).toEqual(["look failed", "look failed", "look failed", "look failed"]);
  });

  test("while it is followed is followed again by the same handle", async () => {
    const { end, log } = await performed({ record: acting, script: { follow: [unreachable(), "done"] } });

    expect(end.end).toBe("done");
    expect(log).toEqual(["follow failed", "follow task-old"]);
  });
});

test("a lost answer to a beginning is settled by a search: what is there is adopted", async () => {
  const script: Script = {
    start: [replyLost()],
    probe: [{ state: "absent" }, { state: "running", handle: "task-9" }],
  };
  const { end, log } = await performed({ script });

  expect(end.end).toBe("done");
  expect(log.filter((one) => one.startsWith("start"))).toEqual(["start failed"]);
  expect(log.at(-1)).toBe("follow task-9");
});

test("fails closed when the answer to a beginning is lost and the act must never be repeated", async () => {
  const { end, log } = await performed({ script: { repeat: "never", start: [replyLost()] } });

  expect(end).toMatchObject({ end: "failed", error: { code: "unknown-effect", retry: "never" } });
  expect(log.filter((one) => one.startsWith("start"))).toEqual(["start failed"]);
});

test.each(["look", "start", "follow"] as const)(
  "any other failure of %s is told at once and not tried again",
  async (at) => {
    const { end, log } = await performed({ script: { [at]: [broken()] } });

    expect(end).toMatchObject({ end: "failed", error: { code: "command-failed" } });
    expect(log.filter((one) => one === `${at} failed`)).toHaveLength(1);
  },
);

test("an error that is not the world's is not swallowed", async () => {
  vi.useRealTimers();
  const { operation } = scripted({ look: [new TypeError("a bug")] });
  const work = perform({
    operation,
    act,
    tag: "r1-s1-1",
    record: pending,
    mayAct: () => true,
    signal: new AbortController().signal,
    writes: { intended: async () => true, acted: async () => true },
  });

  await expect(work).rejects.toThrow("a bug");
});

test("a stopped worker is interrupted: it begins nothing and calls nothing a failure", async () => {
  const stopper = new AbortController();
  stopper.abort();

  const begun = await performed({ record: intended, stopper });
  const followed = await performed({ record: acting, script: { follow: [broken()] }, stopper });

  expect(begun).toEqual({ end: { end: "interrupted" }, log: ["probe r1-s1-1 7"] });
  expect(followed.end).toEqual({ end: "interrupted" });
  expect(followed.log).toEqual(["follow failed"]);
});

test("a pause ends early when the worker is stopped", async () => {
  const stopper = new AbortController();
  const pause = pauseFor(3_600_000, stopper.signal);

  stopper.abort();

  await expect(pause).resolves.toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});
