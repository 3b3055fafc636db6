import type { Blocker } from "../../domain/outcome.ts";
import type { Step } from "../../domain/plan.ts";
import { proveInfeasible } from "../bounds/feasibility.ts";
import type { Draft } from "../draft.ts";
import { orderStages, type RuledEdge, type Yielded } from "../order.ts";
import { type Staged, stepsOfStages } from "../stage-steps.ts";
import type { World } from "../world.ts";
import { canaryEdges } from "./pace-edges.ts";
import { type PoolProblem, problemsOf, reserveShort } from "./problem-of.ts";
import { timeSteps } from "./time-plan.ts";
import { type Chosen, chooseTurns } from "./turns.ts";

export interface ScheduleTerms {
  /** How many steps may be under way at once. Runs carry out one at a time. */
  readonly stepsAtOnce: number;
  /** Start of the search for moves; the same seed gives the same plan. */
  readonly seed: number;
}

export interface Ordered {
  readonly drafts: readonly Draft[];
  readonly edges: readonly RuledEdge[];
  readonly yielded: readonly Yielded[];
}

export interface Scheduled {
  readonly ordered: Ordered;
  readonly staged: Staged;
  readonly steps: readonly Step[];
  readonly problems: readonly PoolProblem[];
  /** Edges of the policy, beside those of the rules. */
  readonly canaries: ReturnType<typeof canaryEdges>;
}

export type ScheduleResult =
  | { readonly ok: true; readonly value: Scheduled }
  | { readonly ok: false; readonly blockers: readonly Blocker[] };

/** Arrangements tried in the proof that a host cannot be emptied. */
const proofLimit = 20_000;

/**
 * Orders stages, chooses the moves and gives every step its time. One at a time, hosts are emptied as their turn
 * comes, and the search over whole pools is asked only where that gets stuck. More at once, the shortest of what the
 * search, the turn by turn drain and one after another give; of equals the one with fewer moves. Members of groups
 * are kept on different hosts before anything else.
 */
export function scheduleStages(
  world: World,
  drafts: readonly Draft[],
  base: Ordered,
  terms: ScheduleTerms,
): ScheduleResult {
  const canaries = canaryEdges(world, base.drafts, base.edges);
  const first = canaries.length === 0 ? base : orderAlong(world, drafts, canaries);
  // A canary that rules put behind others is kept behind them; the order of the rules is never broken for it.
  const ordered = first ?? base;
  const kept = first ? canaries : [];
  const problems = problemsOf(world, drafts, ordered.edges, { stepsAtOnce: terms.stepsAtOnce, apart: false });
  const short = reserveShort(problems);
  if (short.length > 0) return { ok: false, blockers: short };
  const plain = stepsOfStages(world, ordered.drafts);
  const stuck = plain.blockers.length > 0;
  const found: Scheduled[] = [];
  const add = (order: Ordered, staged: Staged, chosen: Chosen | null, stepsAtOnce: number) => {
    const timing = { world, drafts: order.drafts, edges: order.edges, canaries: kept, staged, chosen, stepsAtOnce };
    const steps = timeSteps(timing);
    if (steps) found.push({ ordered: order, staged, steps, problems, canaries: kept });
  };
  if (!stuck) add(ordered, plain, null, 1);
  if (!stuck && terms.stepsAtOnce > 1) add(ordered, plain, null, terms.stepsAtOnce);
  if (stuck || terms.stepsAtOnce > 1) {
    const chosen = chooseTurns(world, drafts, ordered.edges, { ...terms, stuck });
    if ("why" in chosen) {
      if (stuck) return { ok: false, blockers: whyStuck(plain.blockers, problems, chosen.why) };
    } else {
      const along = orderAlong(world, drafts, [...kept, ...chosen.order]);
      if (along) {
        const staged = stepsOfStages(world, along.drafts, chosen.moves);
        if (staged.blockers.length === 0) add(along, staged, chosen, terms.stepsAtOnce);
      }
    }
  }
  const crowds = new Map(found.map((one) => [one, crowdsOf(world, one.steps)]));
  const better = (a: Scheduled, b: Scheduled) =>
    (crowds.get(a) ?? 0) - (crowds.get(b) ?? 0) ||
    endOf(a.steps) - endOf(b.steps) ||
    movesOf(a.steps) - movesOf(b.steps);
  const [best] = found.sort(better);
  return best ? { ok: true, value: best } : { ok: false, blockers: whyStuck(plain.blockers, problems, "") };
}

/** The order with more to keep; null where that contradicts the rules. */
function orderAlong(world: World, drafts: readonly Draft[], more: Parameters<typeof orderStages>[2]): Ordered | null {
  const ordered = orderStages(world, drafts, more);
  return ordered.ok ? ordered : null;
}

function endOf(steps: readonly Step[]): number {
  return steps.reduce((last, step) => Math.max(last, step.end), 0);
}

function movesOf(steps: readonly Step[]): number {
  return steps.filter(({ act }) => act.do === "migrate").length;
}

/** How often a VM comes to a host where another member of its group is: redundancy is worth more than time (rule R58). */
function crowdsOf(world: World, steps: readonly Step[]): number {
  const seats = new Map(world.pools.flatMap((pool) => pool.vms.map(({ vm, host }) => [vm, host] as const)));
  let crowds = 0;
  for (const { act } of steps) {
    if (act.do !== "migrate") continue;
    const mates = world.groups.flatMap(({ members }) => (members.includes(act.vm) ? members : []));
    if (mates.some((mate) => mate !== act.vm && seats.get(mate) === act.to)) crowds += 1;
    seats.set(act.vm, act.to);
  }
  return crowds;
}

/** The smallest explanation that helps: a proof with its remedy where there is one, else where the drain got stuck. */
function whyStuck(
  blockers: readonly Blocker[],
  problems: readonly PoolProblem[],
  notFound: string,
): readonly Blocker[] {
  const proofs = problems.flatMap(({ pool, problem }): readonly Blocker[] => {
    const proof = proveInfeasible(problem, proofLimit);
    if (!proof) return [];
    const next = `${proof.remedy}; or free room in ${pool.pool}, then ask for a new plan`;
    return [{ reason: "no-capacity", where: proof.host, message: proof.why, next }];
  });
  const proven = new Set(proofs.map(({ where }) => where));
  if (proofs.length > 0) return [...proofs, ...blockers.filter(({ where }) => !proven.has(where))];
  if (notFound === "") return blockers;
  return blockers.map((one) => ({ ...one, message: `${one.message} (${notFound})` }));
}
