import type { Act, ActOutcome, Patch } from "../../src/domain/act.ts";
import { actWords } from "../../src/domain/act-words.ts";
import { Cluster } from "../../src/domain/inventory.ts";
import { type Outage, type Plan, planFormat, type Stage, type Step, type Undo } from "../../src/domain/plan.ts";
import type { LedgerEntry, Run, RunHead, RunState, StepRecord, Trouble } from "../../src/domain/run.ts";
import { digestOf } from "../../src/planner/digest.ts";
import { scheduleOf, timeOneAfterAnother, type UntimedStep } from "../../src/planner/schedule/one-after-another.ts";
import { apply, type RunEvent } from "../../src/run/machine.ts";
import { newRun } from "../../src/run/new-run.ts";

export const rita = "U0RITA";
export const adam = "U0ADAM";
export const olga = "U0OLGA";

/** The moment at which every built run was asked for: 2026-03-03 20:00 UTC. */
export const t0 = Date.parse("2026-03-03T20:00:00Z");

export const openssl: Patch = {
  name: "libssl3",
  from: "3.0.16-1",
  to: "3.0.17-1",
  kind: "security",
  source: "Debian-Security:12",
  oldAvailable: true,
};

export function outcomeOf(summary: string, more: Partial<ActOutcome> = {}): ActOutcome {
  return { summary, changes: [], downtimes: [], leftUndone: [], ...more };
}

export function troubleAt(where: string, more: Partial<Trouble> = {}): Trouble {
  return { code: "command-failed", where, message: `${where} does not do it.`, next: "Look at it.", ...more };
}

interface StepSketch {
  readonly act: Act;
  readonly stage: string;
  readonly undo?: Undo;
  readonly closes?: string;
  readonly outages?: readonly Outage[];
  readonly seconds?: number;
}

const back = (kind: Undo["kind"], ...acts: Act[]): Undo => ({
  kind,
  acts,
  text: acts.map(actWords).join(", "),
  until: kind === "switch" ? "always" : "the end of the stage",
  loses: kind === "switch" ? "nothing" : "what was written since",
});

const act = {
  ha: (on: boolean): Act => ({ do: "set-switch", pool: "p", name: "ha", on }),
  snapshot: { do: "snapshot", pool: "p", vm: "a", name: "before" } as const,
  removeSnapshot: { do: "remove-snapshot", pool: "p", vm: "a", name: "before" } as const,
  revertSnapshot: { do: "revert-snapshot", pool: "p", vm: "a", name: "before" } as const,
  patch: (machine: string): Act => ({ do: "patch", machine, patches: [openssl] }),
  revert: (machine: string): Act => ({ do: "revert-patches", machine, patches: [openssl] }),
  reboot: (machine: string): Act => ({ do: "reboot", machine }),
  health: (machine: string): Act => ({ do: "check-health", machine }),
  stop: { do: "stop-vm", pool: "p", vm: "c" } as const,
  start: { do: "start-vm", pool: "p", vm: "c", host: "h1" } as const,
};

/**
 * Three stages of work between a switch that goes off and comes on again. `a`: snapshot first, reverted on
 * roll back. `b`: patches reverted with a reboot. `c`: stopped meanwhile, no way back for what is patched.
 */
const sketches: readonly StepSketch[] = [
  { stage: "off", act: act.ha(false), undo: back("switch", act.ha(true)) },
  { stage: "a", act: act.snapshot, undo: back("switch", act.removeSnapshot) },
  { stage: "a", act: act.patch("a"), undo: back("change", act.revertSnapshot), seconds: 120 },
  { stage: "a", act: act.reboot("a"), outages: [{ machine: "a", seconds: 60, why: "new kernel" }], seconds: 60 },
  { stage: "a", act: act.health("a") },
  { stage: "a", act: act.removeSnapshot, closes: "s002" },
  { stage: "b", act: act.patch("b"), undo: back("change", act.revert("b"), act.reboot("b"), act.health("b")) },
  { stage: "b", act: act.reboot("b"), outages: [{ machine: "b", seconds: 90, why: "new libc" }], seconds: 90 },
  { stage: "b", act: act.health("b") },
  {
    stage: "h1",
    act: act.stop,
    undo: back("switch", act.start),
    outages: [{ machine: "c", seconds: 300, why: "goes down with h1: GPU" }],
  },
  { stage: "h1", act: act.patch("h1") },
  { stage: "h1", act: act.reboot("h1") },
  { stage: "h1", act: act.start, closes: "s010" },
  { stage: "on", act: act.ha(true), closes: "s001" },
];

export const stepIds = sketches.map((_, i) => `s${String(i + 1).padStart(3, "0")}`);

function stepFrom(sketch: StepSketch, i: number): UntimedStep {
  return {
    id: stepIds[i] ?? "",
    stage: sketch.stage,
    act: sketch.act,
    title: actWords(sketch.act),
    seconds: sketch.seconds ?? 10,
    outages: [...(sketch.outages ?? [])],
    undo: sketch.undo ?? null,
    closes: sketch.closes ?? null,
  };
}

function stageFrom(id: string): Stage {
  const patched = sketches.some((one) => one.stage === id && one.act.do === "patch");
  return {
    id,
    layer: id === "h1" ? "hypervisor" : "guest-os",
    target: id,
    title: `Stage ${id}`,
    reasons: [{ rule: "R1", strength: "vendor", text: `${id} comes here`, source: "a page", scope: "any" }],
    patches: patched ? [{ name: openssl.name, from: openssl.from, to: openssl.to, kind: openssl.kind }] : [],
    backOut: id === "h1" ? { possible: false, text: "h1 cannot go back" } : { possible: true, text: `${id} goes back` },
  };
}

const steps = timeOneAfterAnother(sketches.map(stepFrom));

export function planWith(more: Partial<Omit<Plan, "digest">> = {}): Plan {
  const plan: Omit<Plan, "digest"> = {
    format: planFormat,
    cluster: "small",
    simulated: true,
    clockRate: 60,
    platforms: ["Simulated 1"],
    stages: [...new Set(sketches.map((one) => one.stage))].map(stageFrom),
    steps,
    edges: [],
    decisions: [{ rule: "R20", strength: "recommended", text: "ha goes off", source: "a page", scope: "any" }],
    untouched: [{ machine: "d", why: "nothing pending" }],
    noDowntime: [{ machine: "e", why: "moved live" }],
    seconds: scheduleOf(steps).makespan,
    schedule: scheduleOf(steps),
    estimateSources: ["simulator"],
    warnAheadSeconds: 120,
    ...more,
  };
  return { ...plan, digest: digestOf(plan) };
}

export const plan: Plan = planWith();

export const smallCluster: Cluster = Cluster.parse({
  policy: { operators: "operators", approvers: "approvers", promptMinutes: 30, approvalMinutes: 60 },
  pools: { p: { driver: "simulated" } },
  hosts: { h1: { pool: "p" } },
  vms: { a: { pool: "p", owner: olga }, b: { pool: "p" }, c: { pool: "p" } },
});

/** The step of the small plan with this id. */
export function step(id: string, of: Plan = plan): Step {
  const found = of.steps.find((one) => one.id === id);
  if (!found) throw new Error(`the small plan has no step ${id}`);
  return found;
}

/** Applies events one after the other; a refusal is an error of the test. */
export function afterEvents(run: Run, events: readonly RunEvent[], of: Plan = plan, now = t0): Run {
  return events.reduce((at, event) => {
    const next = apply(at, event, { plan: at.head.digest ? of : null, now });
    if (!next.ok) throw new Error(`${event.kind} was refused: ${next.message}`);
    return next.run;
  }, run);
}

export const asked: Run = newRun({ id: "r1", cluster: "small", user: rita, channel: "C0PATCHING", now: t0 });

/** Events that carry the steps with these ids from pending to done. */
export function stepEvents(ids: readonly string[], of: Plan = plan): readonly RunEvent[] {
  return ids.flatMap((id): readonly RunEvent[] => [
    { kind: "intend", step: step(id, of), before: { boot: "1" } },
    { kind: "acted", step: id, handle: `task-${id}` },
    { kind: "step-done", step: step(id, of), outcome: outcomeOf(`${id} was done`) },
  ]);
}

const approve = (user: string): RunEvent => ({ kind: "approve", user, digest: plan.digest, needed: 1 });
const toDraft: readonly RunEvent[] = [{ kind: "planned", plan }];
const toRunning: readonly RunEvent[] = [
  ...toDraft,
  approve(adam),
  { kind: "facts-held", checked: plan.digest },
  { kind: "start" },
];
/** The switch is off, the snapshot of `a` is there. */
const toMiddle: readonly RunEvent[] = [...toRunning, ...stepEvents(["s001", "s002"])];
const patchFails: readonly RunEvent[] = [
  { kind: "intend", step: step("s003"), before: {} },
  { kind: "step-failed", step: step("s003"), trouble: troubleAt("a"), deadline: t0 + 1_800_000 },
];
const answers = (answer: "roll-back" | "retry" | "stop"): RunEvent => ({
  kind: "answer",
  user: rita,
  prompt: "p-s003-1",
  answer,
});

/** Every state as a run gets there: two steps done, then whatever leads to the state. */
const ways: Readonly<Record<RunState, readonly RunEvent[]>> = {
  planning: [],
  draft: toDraft,
  checking: [...toDraft, approve(adam)],
  queued: [...toDraft, approve(adam), { kind: "facts-held", checked: plan.digest }],
  running: toMiddle,
  paused: [...toMiddle, { kind: "pause", user: rita }, { kind: "pause-reached" }],
  asking: [...toMiddle, ...patchFails],
  "backing-out": [...toMiddle, ...patchFails, answers("roll-back")],
  restoring: [...toMiddle, ...patchFails, answers("stop")],
  done: [...toRunning, ...stepEvents(stepIds), { kind: "restore", endAs: "done" }, { kind: "finish" }],
  stopped: [...toRunning, { kind: "restore", endAs: "stopped" }, { kind: "finish" }],
  "rolled-back": [...toRunning, { kind: "restore", endAs: "rolled-back" }, { kind: "finish" }],
  aborted: [...toDraft, { kind: "abort", user: rita }],
  rejected: [...toDraft, { kind: "reject", user: adam }],
  expired: [...toDraft, { kind: "expire" }],
  superseded: [...toDraft, { kind: "supersede", by: "r2", why: "a newer plan" }],
  refused: [
    {
      kind: "plan-refused",
      refusal: { ok: false, reason: "blocked", message: "a is busy.", next: "wait", blockers: [] },
    },
  ],
};

export function runIn(state: RunState): Run {
  const run = afterEvents(asked, ways[state]);
  if (run.head.state !== state) throw new Error(`the way to ${state} leads to ${run.head.state}`);
  return run;
}

export function withHead(run: Run, head: Partial<RunHead>): Run {
  return { ...run, head: { ...run.head, ...head } };
}

export function withRecord(run: Run, id: string, record: Partial<StepRecord>): Run {
  const old = run.steps[id] ?? { state: "pending" as const, attempt: 1 };
  return { ...run, steps: { ...run.steps, [id]: { ...old, ...record } } };
}

/** State of the ledger entry that a step opened last, or null. */
export function entryState(run: Run, stepId: string): LedgerEntry["state"] | null {
  return run.ledger.filter((entry) => entry.step === stepId).at(-1)?.state ?? null;
}
