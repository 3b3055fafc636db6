import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isEnded, type Run, type RunState, runStates } from "../../../src/domain/run.ts";
import { apply, type RunEvent } from "../../../src/run/machine.ts";
import {
  adam,
  olga,
  outcomeOf,
  plan,
  rita,
  runIn,
  step,
  t0,
  troubleAt,
  withHead,
  withRecord,
} from "../../support/run-builders.ts";

type Kind = RunEvent["kind"];

interface Row {
  readonly event: RunEvent;
  /** Puts the run of a state into the position in which the event would fit best. */
  readonly arrange?: (run: Run) => Run;
  /** Where the event leads; every state that is not named refuses it. */
  readonly to: Partial<Record<RunState, RunState>>;
}

const same = (...states: readonly RunState[]) => Object.fromEntries(states.map((state) => [state, state]));
const all = (to: RunState, ...states: readonly RunState[]) => Object.fromEntries(states.map((state) => [state, to]));
const open = runStates.filter((state) => !isEnded(state));

const stepUnderWay = (run: Run) => withRecord(run, "s003", { state: "intended" });
const undo = (state: "intended" | "done") => (run: Run) =>
  withHead(run, { undo: run.head.undo.map((one) => ({ ...one, record: { ...one.record, state } })) });

const rows: Readonly<Record<Kind, Row>> = {
  approve: {
    event: { kind: "approve", user: adam, digest: plan.digest, needed: 1 },
    to: { draft: "checking" },
  },
  reject: { event: { kind: "reject", user: adam }, to: all("rejected", "draft", "checking", "queued") },
  pause: { event: { kind: "pause", user: rita }, to: same("queued", "running") },
  resume: { event: { kind: "resume", user: rita }, to: { paused: "running" } },
  abort: {
    event: { kind: "abort", user: rita },
    to: { ...all("aborted", "planning", "draft", "checking", "queued"), ...same("running", "paused", "asking") },
  },
  answer: {
    event: { kind: "answer", user: rita, prompt: "p-s003-1", answer: "retry" },
    to: { asking: "running" },
  },
  supersede: {
    event: { kind: "supersede", by: "r2", why: "a newer plan" },
    to: all("superseded", "planning", "draft", "checking"),
  },
  claim: { event: { kind: "claim" }, to: same(...open) },
  planned: { event: { kind: "planned", plan }, to: { planning: "draft" } },
  "plan-refused": {
    event: { kind: "plan-refused", refusal: { ok: false, reason: "blocked", message: "a is busy.", next: "wait" } },
    to: all("refused", "planning", "checking"),
  },
  "facts-held": { event: { kind: "facts-held", checked: plan.digest }, to: { checking: "queued" } },
  start: { event: { kind: "start" }, to: { queued: "running" } },
  "pause-reached": { event: { kind: "pause-reached" }, to: { running: "paused" } },
  warn: { event: { kind: "warn", steps: [step("s004")], texts: ["a goes down"] }, to: same("running") },
  intend: { event: { kind: "intend", step: step("s003"), before: {} }, to: same("running") },
  acted: { event: { kind: "acted", step: "s003", handle: "task-1" }, arrange: stepUnderWay, to: same("running") },
  "step-done": {
    event: { kind: "step-done", step: step("s003"), outcome: outcomeOf("done") },
    arrange: stepUnderWay,
    to: same("running"),
  },
  "step-failed": {
    event: { kind: "step-failed", step: step("s003"), trouble: troubleAt("a"), deadline: t0 },
    to: { running: "asking" },
  },
  hold: { event: { kind: "hold" }, to: same("asking") },
  expire: { event: { kind: "expire" }, to: { draft: "expired" } },
  restore: {
    event: { kind: "restore", endAs: "aborted" },
    arrange: undo("done"),
    to: all("restoring", "running", "paused", "asking", "backing-out"),
  },
  "undo-intended": {
    event: { kind: "undo-intended", id: "u001", before: {}, warning: null },
    to: same("backing-out", "restoring"),
  },
  "undo-acted": {
    event: { kind: "undo-acted", id: "u001", handle: "task-u" },
    arrange: undo("intended"),
    to: same("backing-out", "restoring"),
  },
  "undo-done": {
    event: { kind: "undo-done", id: "u001", outcome: outcomeOf("back") },
    arrange: undo("intended"),
    to: same("backing-out", "restoring"),
  },
  "undo-failed": {
    event: { kind: "undo-failed", id: "u001", trouble: troubleAt("a") },
    to: same("backing-out", "restoring"),
  },
  finish: { event: { kind: "finish" }, arrange: undo("done"), to: { restoring: "stopped" } },
};

const kinds = Object.keys(rows) as Kind[];

/** A run that throws when somebody writes into it. */
function frozen<T>(value: T): T {
  if (value !== null && typeof value === "object" && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const one of Object.values(value)) frozen(one);
  }
  return value;
}

function moveOf(kind: Kind, state: RunState) {
  const { event, arrange = (run: Run) => run } = rows[kind];
  const before = frozen(arrange(runIn(state)));
  return { before, moved: apply(before, event, { plan: before.head.digest ? plan : null, now: t0 + 1000 }) };
}

test("the table names every event that the machine knows, and no other", () => {
  const source = readFileSync(new URL("../../../src/run/machine.ts", import.meta.url), "utf8");
  const known = [...source.matchAll(/case "([a-z-]+)":/g)].map(([, kind]) => kind);

  expect([...kinds].sort()).toEqual([...known].sort());
});

test("every state can be reached by events alone", () => {
  expect(runStates.map((state) => runIn(state).head.state)).toEqual([...runStates]);
});

describe.each(kinds)("the event %s", (kind) => {
  const { to } = rows[kind];
  const allowed = runStates.filter((state) => to[state] !== undefined);
  const refused = runStates.filter((state) => to[state] === undefined);

  test.each(allowed)("leads on from %s", (state) => {
    const { moved } = moveOf(kind, state);

    expect(moved.ok ? moved.run.head.state : moved.message).toBe(to[state]);
  });

  test.each(refused)("refuses in state %s, in words and without a trace", (state) => {
    const { before, moved } = moveOf(kind, state);

    expect(moved.ok).toBe(false);
    expect(Object.keys(moved).sort()).toEqual(["message", "next", "ok", "reason"]);
    expect(before.head.state).toBe(state);
  });
});

test("no event throws in any state when the plan cannot be read", () => {
  for (const kind of kinds) {
    for (const state of runStates) {
      const run = (rows[kind].arrange ?? ((one: Run) => one))(runIn(state));
      expect(() => apply(frozen(run), rows[kind].event, { plan: null, now: t0 })).not.toThrow();
    }
  }
});

test("refuses to begin, to ask or to put back without the plan", () => {
  const without = (kind: Kind, state: RunState) => apply(runIn(state), rows[kind].event, { plan: null, now: t0 }).ok;

  expect(without("intend", "running")).toBe(false);
  expect(without("step-failed", "running")).toBe(false);
  expect(without("answer", "asking")).toBe(false);
  expect(without("restore", "running")).toBe(false);
});

/** Numbers that look random and are the same every time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function randomEvent(run: Run, random: () => number): RunEvent {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const one = pick(plan.steps);
  const undoId = pick(run.head.undo)?.id ?? "u001";
  const user = pick([rita, adam, olga]);
  const kind = pick(kinds);
  const { event } = rows[kind];
  switch (event.kind) {
    case "intend":
    case "step-done":
    case "step-failed":
      return { ...event, step: one };
    case "acted":
      return { ...event, step: one.id };
    case "undo-intended":
    case "undo-acted":
    case "undo-done":
    case "undo-failed":
      return { ...event, id: undoId };
    case "answer":
      return { ...event, prompt: run.head.prompt?.id ?? "p", answer: pick(["roll-back", "retry", "stop"]) };
    case "restore":
      return { ...event, endAs: pick(["done", "stopped", "aborted"]) };
    case "approve":
    case "pause":
    case "resume":
      return { ...event, user };
    // Rare, so that the walks get somewhere.
    case "abort":
    case "reject":
    case "supersede":
    case "expire":
    case "plan-refused":
      return random() < 0.05 ? event : { kind: "claim" };
    default:
      return event;
  }
}

/** What of the machine's promises this run breaks, in words. */
function broken(run: Run): readonly string[] {
  const records = Object.entries(run.steps);
  const underWay = records.filter(([, { state }]) => state === "intended" || state === "acting");
  const noWayBack = records.filter(
    ([id, { state }]) =>
      ["intended", "acting", "done"].includes(state) && step(id).undo && !run.ledger.some((entry) => entry.step === id),
  );
  const ended = isEnded(run.head.state);
  const loose = run.ledger.filter((entry) => entry.state === "open");
  const lost = run.ledger.filter((entry) => entry.state === "kept" && entry.undo.kind === "switch");
  const undoing = run.head.undo.filter((one) => ["pending", "intended", "acting"].includes(one.record.state));
  return [
    ...(underWay.length > 1 ? ["two steps are under way"] : []),
    ...(underWay.length > 0 && run.head.state !== "running" ? [`a step is under way in ${run.head.state}`] : []),
    ...noWayBack.map(([id]) => `${id} began without a ledger entry`),
    ...(new Set(run.ledger.map((entry) => entry.id)).size < run.ledger.length ? ["two entries have one id"] : []),
    ...(ended && loose.length > 0 ? ["ended with open entries"] : []),
    ...(ended && lost.length > 0 ? ["ended with a switch that was never put back"] : []),
    ...(ended && undoing.length > 0 ? ["ended while putting back"] : []),
  ];
}

test("whatever happens in whatever order, the promises of the machine hold", () => {
  const ends = new Set<RunState>();
  const problems = new Set<string>();
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = seeded(seed);
    let run = runIn(seed % 3 === 0 ? "planning" : "running");
    for (let i = 0; i < 300; i += 1) {
      const event = randomEvent(run, random);
      const moved = apply(run, event, { plan: run.head.digest ? plan : null, now: t0 + i });
      if (!moved.ok) continue;
      if (isEnded(run.head.state)) problems.add(`${event.kind} moved an ended run`);
      run = moved.run;
      for (const problem of broken(run)) problems.add(`${problem} (seed ${seed}, after ${event.kind})`);
    }
    ends.add(run.head.state);
  }

  expect([...problems]).toEqual([]);
  expect([...ends].filter((state) => isEnded(state)).length).toBeGreaterThan(3);
});
