import { actTarget } from "../domain/act.ts";
import { actWords } from "../domain/act-words.ts";
import type { ClusterFacts, PoolFacts } from "../domain/facts.ts";
import type { Cluster } from "../domain/inventory.ts";
import { type Blocker, done, type Refusal, type Result, refuse } from "../domain/outcome.ts";
import { type Plan, planFormat, type Step } from "../domain/plan.ts";
import { digestOf } from "./digest.ts";
import { type Draft, draftStages } from "./draft.ts";
import { type Drain, drain, type Seating, seatingOf } from "./drain.ts";
import { groupsFallShort } from "./group-check.ts";
import { orderStages, type RuledEdge, ringNames } from "./order.ts";
import { preflight } from "./preflight.ts";
import { describeStage, edgesByStage, type Findings, noDowntime, planDecisions, yieldRemarks } from "./reasons.ts";
import { blockersOfRules, circlesOfRules, reasonFor, remarksOfRules } from "./rules/apply.ts";
import { isMilestone } from "./rules/rule.ts";
import { scheduleOf, timeOneAfterAnother, type UntimedStep } from "./schedule/one-after-another.ts";
import { startOrder } from "./start-order.ts";
import {
  cycleSteps,
  guestSteps,
  hardwareSteps,
  hypervisorSteps,
  plainSteps,
  type StepDraft,
  switchSteps,
} from "./steps.ts";
import { readWorld, type World, willReboot } from "./world.ts";

/**
 * The planner: inventory and facts in, a plan or a refusal out. Pure and deterministic; the same input
 * gives the same digest. A refusal names every blocker with its machine and what to do next.
 */
export function buildPlan(name: string, cluster: Cluster, facts: ClusterFacts): Result<Plan> {
  const world = readWorld(name, cluster, facts);
  const blockers = preflight(world);
  if (blockers.length > 0) return blocked(name, blockers);
  const { drafts, untouched } = draftStages(world);
  if (drafts.length === 0) {
    return refuse(
      "nothing-to-do",
      `Nothing is pending in ${name}.`,
      "nothing to approve; ask again after the next patch day",
    );
  }
  const broken = blockersOfRules(world, drafts);
  if (broken.length > 0) return blocked(name, broken);
  const circles = circlesOfRules(world, drafts);
  if (circles.length > 0) return circular(name, circles);
  const ordered = orderStages(world, drafts);
  if (!ordered.ok) return contradiction(ordered.ring);
  const staged = stepsOf(world, ordered.drafts);
  if (!staged.ok) return staged;
  const { steps, drains } = staged.value;
  const short = groupsFallShort(world, steps);
  if (short.length > 0) return blocked(name, short);
  const found: Findings = {
    world,
    edges: edgesByStage(ordered.edges),
    remarks: [...remarksOfRules(world, ordered.drafts), ...yieldRemarks(ordered.yielded)],
    drains,
    steps,
  };
  return done(
    finish(world, {
      stages: ordered.drafts.map((draft) => describeStage(draft, found)),
      steps,
      edges: ordered.edges.map(({ before, after, rule, text }) => ({ before, after, reason: reasonFor(rule, text) })),
      decisions: planDecisions(found.remarks),
      untouched: [...untouched],
      noDowntime: noDowntime(world, steps),
    }),
  );
}

function circular(name: string, circles: ReturnType<typeof circlesOfRules>): Refusal {
  return refuse(
    "circular",
    `${name} depends on itself.`,
    "break the circle, then ask for a new plan",
    circles.map((circle) => ({
      reason: "circular",
      where: circle.members.join(" → "),
      message: circle.text,
      next: circle.next,
    })),
  );
}

/** Rules that cannot all be kept: named with their sentences, so that a person can say which of them holds here. */
function contradiction(ring: readonly RuledEdge[]): Refusal {
  const names = ringNames(ring);
  const said = [...new Set(ring.map(({ rule }) => rule))];
  const sentences = new Map(
    ring.filter(({ before }) => !isMilestone(before)).map((edge) => [edge.rule + edge.text, edge]),
  );
  return refuse(
    "circular",
    `These wait for each other: ${[...names, names[0]].join(" → ")} (rules ${said.join(", ")}).`,
    said.length > 1
      ? "say in the inventory which product and version it is, so that one of the rules falls away, or remove a dependency"
      : "remove one of the dependencies from the inventory",
    [...sentences.values()].map(({ rule, text, before, after }) => ({
      reason: "circular",
      where: `${before} → ${after}`,
      message: `${rule}: ${text} (holds for: ${reasonFor(rule, text).scope})`,
      next: "see which of the rules holds here",
    })),
  );
}

function blocked(name: string, blockers: readonly Blocker[]): Refusal {
  const [only] = blockers;
  if (only && blockers.length === 1) return refuse(only.reason, only.message, only.next, blockers);
  return refuse(
    "blocked",
    `${name} cannot be planned: ${blockers.length} things stand in the way.`,
    "see to each, then ask again",
    blockers,
  );
}

function finish(
  world: World,
  parts: Pick<Plan, "stages" | "steps" | "edges" | "decisions" | "untouched" | "noDowntime">,
): Plan {
  const warnAheadSeconds = world.cluster.policy.warnAheadMinutes * 60;
  const sources = [
    ...world.pools.map((pool) => pool.estimate.source),
    ...world.facts.machines
      .filter((machine) => machine.pending.patches.length > 0)
      .map((machine) => machine.pending.estimate.source),
  ];
  const schedule = scheduleOf(parts.steps);
  const plan: Omit<Plan, "digest"> = {
    format: planFormat,
    cluster: world.name,
    simulated: world.facts.simulated,
    clockRate: Math.max(1, ...world.pools.map((pool) => pool.clockRate)),
    platforms: [...new Set([...world.pools.map((pool) => pool.platform), ...bareSystems(world)])],
    ...parts,
    seconds: schedule.makespan,
    schedule,
    estimateSources: [...new Set(sources)].sort(),
    warnAheadSeconds,
  };
  return { ...plan, digest: digestOf(plan) };
}

function bareSystems(world: World): readonly string[] {
  return world.hosts.filter((host) => host.pool === null && host.machine).map((host) => host.machine?.system ?? "");
}

interface Staged {
  readonly steps: Step[];
  readonly drains: ReadonlyMap<string, Drain>;
}

/** Steps of all stages in order; hosts are emptied in the order in which they are patched. */
function stepsOf(world: World, drafts: readonly Draft[]): Result<Staged> {
  const seating: Seating = seatingOf(world);
  const drains = new Map<string, Drain>();
  const blockers: Blocker[] = [];
  const steps: UntimedStep[] = [];
  // A host with a stage for its firmware is done only after both.
  const lastOfHost = new Map(drafts.filter(isHostReboot).map((draft) => [draft.target, draft.id]));
  for (const draft of drafts) {
    const pool = world.pools.find((candidate) => candidate.pool === draft.pool) ?? null;
    if (pool && needsEmptying(world, draft)) {
      const emptied = drain(world, pool, draft.target, seating);
      blockers.push(...emptied.blockers);
      drains.set(draft.id, emptied);
    }
    for (const one of stageSteps(world, draft, pool, { emptied: drains.get(draft.id) ?? null, seating }))
      steps.push(numbered(one, draft, steps));
    if (draft.id === lastOfHost.get(draft.target)) seating.patched.add(draft.target);
  }
  return blockers.length > 0 ? blocked(world.name, blockers) : done({ steps: timeOneAfterAnother(steps), drains });
}

function needsEmptying(world: World, draft: Draft): boolean {
  return isHostReboot(draft) && willReboot(world, draft.machine);
}

function isHostReboot({ kind, pool }: Draft): boolean {
  return kind === "host" || (kind === "firmware" && pool !== null);
}

interface Moment {
  readonly emptied: Drain | null;
  readonly seating: Seating;
}

/** Stages that may begin with a snapshot. Storage has none: going back to one would be an older half of the data. */
const guestLike: readonly Draft["kind"][] = ["guest", "management", "guest-tools"];

function stageSteps(
  world: World,
  draft: Draft,
  pool: PoolFacts | null,
  { emptied, seating }: Moment,
): readonly StepDraft[] {
  const policy = world.cluster.policy;
  const seat = seating.hostOf.get(draft.target) ?? "";
  const pending = draft.machine?.pending;
  if (pool && draft.kind === "prepare") return switchSteps(pool, false);
  if (pool && draft.kind === "restore") return switchSteps(pool, true);
  if (!pending) return [];
  if (pool && emptied) return hypervisorSteps(pool, draft.target, pending, emptied, startOrder(world, pool, emptied));
  if (pool && draft.kind === "power-cycle")
    return cycleSteps(pool, draft.target, seat, "new CPU bits need a cold start");
  if (pool && draft.kind === "virtual-hardware" && isRunning(world, draft))
    return hardwareSteps(pool, draft.target, seat, pending, policy);
  if (pool && guestLike.includes(draft.kind)) return guestSteps(draft, pool, pending, policy);
  return plainSteps(draft, pending, policy);
}

function isRunning(world: World, { target }: Draft): boolean {
  return world.vms.some(({ name, seen }) => name === target && seen?.running === true);
}

function numbered(one: StepDraft, draft: Draft, before: readonly UntimedStep[]): UntimedStep {
  const { closes } = one;
  const closed = closes
    ? before.findLast((step) => step.act.do === closes.do && closeTarget(step) === closes.target && step.undo !== null)
    : undefined;
  return {
    id: `s${String(before.length + 1).padStart(3, "0")}`,
    stage: draft.id,
    act: one.act,
    title: actWords(one.act),
    seconds: one.seconds,
    outages: [...one.outages],
    undo: one.undo,
    closes: closed?.id ?? null,
  };
}

function closeTarget(step: UntimedStep): string {
  return step.act.do === "set-switch" ? `${step.act.pool}/${step.act.name}` : actTarget(step.act);
}
