import { describe, expect, test } from "vitest";
import { endStates, type Run, type RunState, runStates } from "../../../src/domain/run.ts";
import { type Action, decide, type Surroundings } from "../../../src/run/decide.ts";
import {
  afterEvents,
  outcomeOf,
  plan,
  planWith,
  rita,
  runIn,
  step,
  stepEvents,
  stepIds,
  t0,
  withHead,
  withRecord,
} from "../../support/run-builders.ts";

const approvalMs = 3_600_000;
const around = (more: Partial<Surroundings> = {}): Surroundings => ({
  now: t0,
  deliveredUpTo: t0,
  heldBy: null,
  approvalMs,
  ...more,
});
const next = (run: Run, more: Partial<Surroundings> = {}, of = plan): Action => decide(run, of, around(more));
const words = (action: Action): string => {
  switch (action.do) {
    case "step":
      return `step ${action.step.id}`;
    case "undo":
      return `undo ${action.undo.id}`;
    case "warn":
      return `warn ${action.steps.map(({ id }) => id).join()}`;
    case "restore":
      return `restore ${action.endAs}`;
    default:
      return action.do;
  }
};

const wanted: Readonly<Record<RunState, string>> = {
  planning: "plan",
  draft: "wait",
  checking: "recheck",
  queued: "take-cluster",
  running: "warn s004",
  paused: "wait",
  asking: "wait",
  "backing-out": "undo u001",
  restoring: "undo u001",
  done: "wait",
  stopped: "wait",
  "rolled-back": "wait",
  aborted: "wait",
  rejected: "wait",
  expired: "wait",
  superseded: "wait",
  refused: "wait",
};

test.each([...runStates])("in state %s there is one next action, and it is always the same", (state) => {
  const run = runIn(state);

  expect(words(next(run))).toBe(wanted[state]);
  expect(next(run)).toEqual(next(run));
});

test.each([...endStates])("refuses to do anything more in the end state %s, at any time", (state) => {
  expect(next(runIn(state), { now: t0 + 1e12 })).toMatchObject({ do: "wait", until: null });
});

test("a queued run waits for the run that holds the cluster, and takes the cluster when it is free", () => {
  const queued = runIn("queued");

  expect(next(queued, { heldBy: "r-other" })).toMatchObject({ do: "wait", until: null });
  expect(next(queued, { heldBy: queued.head.id })).toEqual({ do: "take-cluster" });
  expect(next(queued)).toEqual({ do: "take-cluster" });
});

test("a draft expires when its time is over, not before", () => {
  const draft = runIn("draft");

  expect(next(draft, { now: t0 + approvalMs - 1 })).toMatchObject({ do: "wait", until: t0 + approvalMs });
  expect(next(draft, { now: t0 + approvalMs })).toEqual({ do: "expire" });
});

test("fails closed when the plan of a running run cannot be read", () => {
  expect(decide(runIn("running"), null, around())).toMatchObject({ do: "wait", until: null });
});

describe("before a machine goes down", () => {
  const warned = withHead(afterEvents(runIn("running"), stepEvents(["s003"])), { warned: { s004: t0 } });
  const lead = (plan.warnAheadSeconds * 1000) / plan.clockRate;

  test("all outages of the stage are warned of before its first step", () => {
    const first = runIn("running");

    expect(words(next(first))).toBe("warn s004");
    expect(words(next(withHead(first, { warned: { s004: t0 } })))).toBe("step s003");
  });

  test("refuses to begin as long as the warning is not in Slack, however late it is", () => {
    const action = next(warned, { now: t0 + 1e9, deliveredUpTo: t0 - 1 });

    expect(action).toMatchObject({ do: "wait", until: t0 + 1e9 + 1000 });
    expect(action.do === "wait" && action.why).toContain("not in Slack yet");
  });

  test("refuses to begin before the promised time has passed, and begins then", () => {
    expect(next(warned, { now: t0 + lead - 1 })).toMatchObject({ do: "wait", until: t0 + lead });
    expect(words(next(warned, { now: t0 + lead }))).toBe("step s004");
  });

  test("the promised time is one of the world's clock: a slow one takes longer", () => {
    const real = planWith({ clockRate: 1 });

    expect(next(warned, { now: t0 + lead }, real)).toMatchObject({ do: "wait", until: t0 + lead * 60 });
  });

  test("a step that takes nobody down does not wait for a warning", () => {
    const run = afterEvents(runIn("running"), stepEvents(["s003", "s004"]));

    expect(words(next(run, { deliveredUpTo: 0 }))).toBe("step s005");
  });

  test("a step that is retried is not warned of twice", () => {
    const again = withRecord(warned, "s004", { state: "pending", attempt: 2 });

    expect(words(next(again, { now: t0 + lead }))).toBe("step s004");
  });
});

test.each(["intended", "acting"] as const)("a step that is %s comes before everything else", (state) => {
  const busy = withRecord(runIn("running"), "s003", { state });

  expect(words(next(busy))).toBe("step s003");
  expect(words(next(withHead(busy, { pauseWanted: true })))).toBe("step s003");
  expect(words(next(withHead(busy, { abortWanted: true })))).toBe("step s003");
});

test("between two steps a pause and an abort take effect, the abort first", () => {
  const run = runIn("running");

  expect(next(withHead(run, { pauseWanted: true }))).toEqual({ do: "pause" });
  expect(next(withHead(run, { abortWanted: true }))).toEqual({ do: "restore", endAs: "aborted" });
  expect(next(withHead(run, { pauseWanted: true, abortWanted: true }))).toEqual({ do: "restore", endAs: "aborted" });
});

test("an abort takes effect in a pause and in a question as well", () => {
  for (const state of ["paused", "asking"] as const) {
    const run = withHead(runIn(state), { abortWanted: true });
    expect(next(run)).toEqual({ do: "restore", endAs: "aborted" });
  }
});

test("refuses to go on by itself when nobody answers: at the deadline the run holds, for ever", () => {
  const asking = runIn("asking");
  const deadline = asking.head.prompt?.deadline ?? 0;

  expect(next(asking, { now: deadline - 1 })).toMatchObject({ do: "wait", until: deadline });
  expect(next(asking, { now: deadline })).toEqual({ do: "hold" });
  const held = afterEvents(asking, [{ kind: "hold" }]);
  expect(next(held, { now: deadline + 1e12 })).toMatchObject({ do: "wait", until: null });
});

test("when all steps are done the switches are looked at and the run ends as done", () => {
  const all = afterEvents(runIn("running"), stepEvents(stepIds.slice(2)));

  expect(next(all)).toEqual({ do: "restore", endAs: "done" });
  expect(next(afterEvents(all, [{ kind: "restore", endAs: "done" }]))).toEqual({ do: "finish" });
});

test("a back-out goes on act by act, then the switches follow, then the end", () => {
  const backing = runIn("backing-out");
  const back = (run: Run, id: string) =>
    afterEvents(run, [
      { kind: "undo-intended", id, before: {}, warning: null },
      { kind: "undo-done", id, outcome: outcomeOf("back") },
    ]);
  const over = backing.head.undo.reduce((run, one) => back(run, one.id), backing);

  expect(next(over)).toEqual({ do: "restore", endAs: "rolled-back" });
  const restoring = afterEvents(over, [{ kind: "restore", endAs: "rolled-back" }]);
  expect(words(next(restoring))).toBe("undo u003");
  expect(next(back(restoring, "u003"))).toEqual({ do: "finish" });
});

test("pause asked for by people shows up as soon as the step under way is done", () => {
  const paused = afterEvents(runIn("running"), [
    { kind: "intend", step: step("s003"), before: {} },
    { kind: "pause", user: rita },
  ]);

  expect(words(next(paused))).toBe("step s003");
  const done = afterEvents(paused, [{ kind: "step-done", step: step("s003"), outcome: outcomeOf("x") }]);
  expect(next(done)).toEqual({ do: "pause" });
});
