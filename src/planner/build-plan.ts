import type { ClusterFacts } from "../domain/facts.ts";
import type { Cluster } from "../domain/inventory.ts";
import { type Blocker, done, type Refusal, type Result, refuse } from "../domain/outcome.ts";
import { type Plan, type PlanEdge, planFormat } from "../domain/plan.ts";
import { digestOf } from "./digest.ts";
import { draftStages, type Untouched } from "./draft.ts";
import { groupsFallShort } from "./group-check.ts";
import { orderStages, type RuledEdge, ringNames } from "./order.ts";
import { preflight } from "./preflight.ts";
import { describeStage, edgesByStage, type Findings, noDowntime, planDecisions, yieldRemarks } from "./reasons.ts";
import { blockersOfRules, circlesOfRules, reasonFor, remarksOfRules } from "./rules/apply.ts";
import { isMilestone } from "./rules/rule.ts";
import { boundOf } from "./schedule/bound.ts";
import { estimatesOf, type Past, withHistory } from "./schedule/estimates.ts";
import { putIntoWindows } from "./schedule/into-windows.ts";
import { scheduleOf } from "./schedule/one-after-another.ts";
import { withOutageTimes } from "./schedule/outages.ts";
import { paceOf, paceReason } from "./schedule/pace-edges.ts";
import { type Scheduled, type ScheduleTerms, scheduleStages } from "./schedule/schedule-stages.ts";
import { readWorld, type World } from "./world.ts";

export interface PlanTerms extends ScheduleTerms {
  /** Milliseconds since 1970: no window before it is used. Default: when the facts were read. */
  readonly startAt: number;
  /** What this estate took before; it wins over the estimates of drivers. */
  readonly history: readonly Past[];
}

/**
 * The planner: inventory and facts in, a plan or a refusal out. Pure and deterministic; the same input
 * gives the same digest. A refusal names every blocker with its machine and what to do next.
 */
export function buildPlan(
  name: string,
  cluster: Cluster,
  facts: ClusterFacts,
  given: Partial<PlanTerms> = {},
): Result<Plan> {
  const terms = { startAt: Date.parse(facts.readAt), stepsAtOnce: 1, seed: 1, history: [], ...given };
  const world = readWorld(name, cluster, withHistory(facts, terms.history));
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
  const scheduled = scheduleStages(world, drafts, ordered, terms);
  if (!scheduled.ok) return blocked(name, scheduled.blockers);
  const short = groupsFallShort(world, scheduled.value.staged.steps);
  if (short.length > 0) return blocked(name, short);
  return finish(world, scheduled.value, untouched, terms);
}

/** Edges of the rules, and those of the policy. */
function planEdges({ ordered, canaries }: Scheduled): PlanEdge[] {
  return [
    ...ordered.edges.map(({ before, after, rule, text }) => ({ before, after, reason: reasonFor(rule, text) })),
    ...canaries.map(({ before, after, text }) => ({ before, after, reason: paceReason(text) })),
  ];
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

function finish(world: World, scheduled: Scheduled, untouched: readonly Untouched[], terms: PlanTerms): Result<Plan> {
  const { ordered, staged } = scheduled;
  const steps = withOutageTimes(scheduled.steps);
  const found: Findings = {
    world,
    edges: edgesByStage(ordered.edges),
    remarks: [...remarksOfRules(world, ordered.drafts), ...yieldRemarks(ordered.yielded)],
    drains: staged.drains,
    steps,
  };
  const stages = ordered.drafts.map((draft) => describeStage(draft, found));
  const clockRate = Math.max(1, ...world.pools.map((pool) => pool.clockRate));
  const timed = putIntoWindows({ steps, stages, clockRate }, world.cluster.policy.calendar, terms.startAt);
  if (!timed.ok) return timed;
  const { windows, decisions } = timed.value;
  const schedule = scheduleOf(steps, {
    ...boundOf(scheduled, { ...terms, guestsAtOnce: paceOf(world).guestsAtOnce }),
    stepsAtOnce: terms.stepsAtOnce,
    seed: terms.seed,
    windows: [...windows],
    estimates: estimatesOf(world),
  });
  const plan: Omit<Plan, "digest"> = {
    format: planFormat,
    cluster: world.name,
    simulated: world.facts.simulated,
    clockRate,
    platforms: [...new Set([...world.pools.map((pool) => pool.platform), ...bareSystems(world)])],
    stages,
    steps,
    edges: planEdges(scheduled),
    decisions: [...planDecisions(found.remarks), ...decisions],
    untouched: [...untouched],
    noDowntime: noDowntime(world, steps),
    seconds: schedule.makespan,
    schedule,
    estimateSources: sourcesOf(world),
    warnAheadSeconds: world.cluster.policy.warnAheadMinutes * 60,
  };
  return done({ ...plan, digest: digestOf(plan) });
}

function sourcesOf(world: World): string[] {
  const sources = [
    ...world.pools.map((pool) => pool.estimate.source),
    ...world.facts.machines
      .filter((machine) => machine.pending.patches.length > 0)
      .map((machine) => machine.pending.estimate.source),
  ];
  return [...new Set(sources)].sort();
}

function bareSystems(world: World): readonly string[] {
  return world.hosts.filter((host) => host.pool === null && host.machine).map((host) => host.machine?.system ?? "");
}
