import type { Problem } from "../../domain/problem.ts";
import { findWeights } from "./best-weights.ts";
import { type Claim, noClaim } from "./claim.ts";
import { countOf, showAmount, showNumber, showSeconds, showSpare } from "./figures-text.ts";
import { type HostKind, listHostSets, type Rule } from "./host-kinds.ts";
import { at } from "./machines.ts";
import type { PoolFigures, Resource } from "./pool-figures.ts";
import { type Scale, weigh } from "./scales.ts";

/** More steps cost time and rule out hardly any further set. */
const mostSteps = 6;

/**
 * Term G, sets of hosts: where a large and a small host do not fit into the spare room together, only some sets of
 * hosts can be in patch at once. Let w ≥ 0 be weights of hosts of which no such set has more than 1, then
 * T ≥ E0 + Σ w·P. Proof: at any instant the hosts in patch weigh 1 at most, before E0 there are none; integrate over
 * [E0, T]. The best w are found by a linear program over the sets (see findWeights).
 *
 * With γ = the shortest migration even T ≥ E0 + Σ w·(P + γ) − γ. Proof: stretch each patch by γ at its end; all lies
 * in [E0, T + γ]. Claim: hosts whose stretched patches overlap at an instant t are such a set c. If none of c has
 * ended by t, they are in patch together. Else let τ be the first end, t − γ < τ ≤ t. Those of c that began before τ
 * (A) are all in patch just before τ; the others (B) begin in [τ, t]. If c broke a rule, the hosts outside of c could
 * not hold all VMs, so just before τ some VM was on hosts of B only. It has to leave the host of B on which it stands
 * or lands by the start of that patch, with a migration that begins at τ or later and so ends after t: no. This needs
 * rules that say what hosts can hold; limits of the policy and a reserve are none, and with them γ is 0.
 */
export function boundHostSets(problem: Problem, pool: PoolFigures, scales: readonly Scale[], kMax: number): Claim {
  if (pool.pending.length === 0) return noClaim;
  const rules = listRules(scales, kMax);
  const { kinds, sets } = listHostSets(pool.pending, rules, Math.max(1, kMax));
  const gap = findGap(problem, pool);
  const worths = Float64Array.from(kinds, ({ hosts }) => {
    let worth = 0;
    for (const { seconds } of hosts) worth += seconds > 0 ? seconds + gap : 0;
    return worth;
  });
  const weights = findWeights(worths, sets);
  let sum = 0;
  for (let kind = 0; kind < kinds.length; kind++) sum += at(weights, kind) * at(worths, kind);
  // A ten-millionth is left for the rounding of fractions.
  const seconds = pool.firstEvacuation + Math.ceil(sum * (1 - 1e-7) - gap - 1e-6);
  return { seconds: Math.max(0, seconds), explain: () => explainSets({ pool, scales, rules, kinds, gap }) };
}

/** By cpu and memory, in those steps that prove most for the pool as a whole, and by number. */
function listRules(scales: readonly Scale[], kMax: number): readonly Rule[] {
  const score = ({ patches, flights, spare }: Scale) => (patches + flights) / Math.max(spare, Number.MIN_VALUE);
  const steps = scales
    .filter(({ step }) => step > 0)
    .sort((a, b) => score(b) - score(a) || a.step - b.step)
    .slice(0, mostSteps);
  const rooms = [...scales.filter(({ step }) => step === 0), ...steps].map((scale) => ({
    weightOf: ({ room }: { readonly room: PoolFigures["spare"] }) => weigh(scale, room),
    limit: scale.spare,
  }));
  return [...rooms, { weightOf: () => 1, limit: Math.max(1, kMax) }];
}

/** γ in seconds. */
function findGap({ limits, reserve }: Problem, { pool, movable }: PoolFigures): number {
  const kept = reserve[pool];
  if (limits.maintenancePerPool !== null || limits.maintenancePerDomain !== null) return 0;
  if (kept !== undefined && (kept.cpu > 0 || kept.memory > 0)) return 0;
  let shortest = Number.POSITIVE_INFINITY;
  for (const vm of movable) shortest = Math.min(shortest, vm.migrateSeconds);
  return shortest === Number.POSITIVE_INFINITY ? 0 : shortest;
}

/** Hosts by how many of their like can be in patch at once, the fewest first; of more than two such groups the ends. */
function explainSets(args: {
  readonly pool: PoolFigures;
  readonly scales: readonly Scale[];
  readonly rules: readonly Rule[];
  readonly kinds: readonly HostKind[];
  readonly gap: number;
}): string {
  const { pool, scales, rules, kinds, gap } = args;
  const resource = findScarce(scales);
  const smallest = new Map<number, number>();
  for (const { hosts, weights } of kinds) {
    let together = pool.pending.length;
    for (const [i, { limit }] of rules.entries())
      if (at(weights, i) > 0) together = Math.min(together, Math.max(1, Math.floor(limit / at(weights, i))));
    for (const { host } of hosts)
      smallest.set(together, Math.min(host[resource], smallest.get(together) ?? Number.POSITIVE_INFINITY));
  }
  const groups = [...smallest].sort(([a], [b]) => a - b);
  const [[fewest, large], [most, small]] = [groups.at(0) ?? [1, 0], groups.at(-1) ?? [1, 0]];
  let said = countOf(fewest, "host");
  if (groups.length > 1) {
    const to = groups.length > 2 ? "to" : "or";
    said = `${said} of ${showAmount(resource, large)} ${to} ${showNumber(most)} of ${showAmount(resource, small)}`;
  }
  const wait = gap === 0 ? "" : `; ${showSeconds(gap)} at least pass before the next can be empty`;
  return `room: ${said} at a time is all that ${showSpare(pool, resource)} allows, and pool ${pool.pool} has ${showNumber(pool.pending.length)} to patch${wait}`;
}

/** The resource of which patches ask most for what is spare. */
function findScarce(scales: readonly Scale[]): Resource {
  let scarce: Resource = "memory";
  let most = 0;
  for (const { resource, step, patches, spare } of scales) {
    const asked = patches / Math.max(spare, Number.MIN_VALUE);
    if (step === 0 && asked > most) [scarce, most] = [resource, asked];
  }
  return scarce;
}
