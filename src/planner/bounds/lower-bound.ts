import type { Problem } from "../../domain/problem.ts";
import type { boundTerms } from "../../domain/schedule.ts";
import { boundBigVms, boundCapacityTime, limitSizes } from "./capacity.ts";
import { type Claim, noClaim } from "./claim.ts";
import { boundChains, boundCriticalHost } from "./critical-host.ts";
import { boundGroups } from "./groups.ts";
import { boundHostSets } from "./host-sets.ts";
import { boundMixes, measureMixes } from "./mixed-sizes.ts";
import { measurePools, type PoolFigures, resources } from "./pool-figures.ts";
import { boundSteps, measureScales } from "./scales.ts";
import { boundSlots, countSlots } from "./slots.ts";
import { boundDomains, boundGaps, boundWaves, measureWaves } from "./waves.ts";

export type BoundTerm = (typeof boundTerms)[number];

/**
 * The letters of planning.md 3 in the words of the schedule, and three of our own: B3 for big VMs by cpu and memory
 * together, B4 for capacity in steps of a VM's size, G for sets of hosts. Also the order in which equal ones are named.
 */
const termOf = {
  A: "critical-host",
  B: "capacity-time",
  B2: "big-vms",
  B3: "big-vms",
  B4: "capacity-time",
  C: "waves",
  D: "gap-between-waves",
  E: "migration-slots",
  F: "groups",
  G: "host-sets",
} as const satisfies Record<string, BoundTerm>;
type Letter = keyof typeof termOf;
const letters: readonly Letter[] = ["A", "B", "B2", "B3", "B4", "C", "D", "E", "F", "G"];

/** The bound of one pool by itself; all times in seconds. */
export interface PoolBound {
  readonly pool: string;
  readonly seconds: number;
  readonly term: BoundTerm;
  readonly terms: Readonly<Record<Letter, number>>;
  /** Hosts that can be in patch at once, at most; 0 says that there is no plan. */
  readonly kMax: number;
  /** γ: seconds between the first return of a full wave and the next patch. */
  readonly gamma: number;
  /** E0: no patch of the pool starts before. */
  readonly firstEvacuation: number;
}

export interface LowerBound {
  /** No plan ends before; pools run side by side. Where no plan exists at all the number says nothing. */
  readonly seconds: number;
  /** `pool` is null for a limit that lies across pools. */
  readonly binding: { readonly term: BoundTerm; readonly pool: string | null; readonly text: string };
  readonly pools: readonly PoolBound[];
}

/**
 * Seconds that every plan for the problem needs at least (planning.md 3), and which limit says so. Each term has its
 * proof where it is computed. Pools are independent but for `precedes`, `migrationsGlobal`, domains and groups that
 * lie across pools; those are bounded over all pools once more.
 */
export function lowerBound(problem: Problem): LowerBound {
  const figures = measurePools(problem);
  const pools: PoolBound[] = [];
  let seconds = 0;
  let term: BoundTerm = "critical-host";
  let pool: string | null = null;
  let claim: Claim = noClaim;
  for (const one of figures) {
    const bound = boundPool(problem, one);
    pools.push(bound.figures);
    if (bound.claim.seconds <= seconds) continue;
    [seconds, term, pool, claim] = [bound.claim.seconds, bound.figures.term, one.pool, bound.claim];
  }
  for (const [wide, found] of boundAcrossPools(problem, figures))
    if (found.seconds > seconds) [seconds, term, pool, claim] = [found.seconds, wide, null, found];
  return { seconds, binding: { term, pool, text: claim.explain() }, pools };
}

function boundPool(problem: Problem, pool: PoolFigures): { readonly figures: PoolBound; readonly claim: Claim } {
  const sizeLimits = resources.flatMap((resource) => limitSizes(pool, resource));
  const mixes = [...measureMixes(pool, "cpu", "memory"), ...measureMixes(pool, "memory", "cpu")];
  const width = measureWaves(problem, pool, sizeLimits, mixes);
  const scales = measureScales(pool);
  const { limits } = problem;
  const slots = countSlots(pool.hosts.length, limits.migrationsPerHost, limits.migrationsGlobal);
  const claims: Readonly<Record<Letter, Claim>> = {
    A: boundCriticalHost(pool),
    B: boundCapacityTime(pool),
    B2: boundBigVms(pool, sizeLimits),
    B3: boundMixes(pool, mixes),
    B4: boundSteps(pool, scales),
    C: boundWaves(problem, pool, width),
    D: boundGaps(pool, width),
    E: boundSlots(pool.pending, slots, `in pool ${pool.pool}`),
    F: boundGroups(pool.groups, pool.pending),
    G: boundHostSets(problem, pool, scales, width.hosts),
  };
  let best: Letter = "A";
  for (const letter of letters) if (claims[letter].seconds > claims[best].seconds) best = letter;
  const { A, B, B2, B3, B4, C, D, E, F, G } = claims;
  const terms = {
    A: A.seconds,
    B: B.seconds,
    B2: B2.seconds,
    B3: B3.seconds,
    B4: B4.seconds,
    C: C.seconds,
    D: D.seconds,
    E: E.seconds,
    F: F.seconds,
    G: G.seconds,
  };
  const { seconds } = claims[best];
  const figures = {
    pool: pool.pool,
    seconds,
    term: termOf[best],
    terms,
    kMax: width.hosts,
    gamma: width.gap,
    firstEvacuation: pool.firstEvacuation,
  };
  return { figures, claim: claims[best] };
}

function boundAcrossPools(problem: Problem, pools: readonly PoolFigures[]): readonly (readonly [BoundTerm, Claim])[] {
  const pending = pools.flatMap((pool) => pool.pending);
  const overall = problem.limits.migrationsGlobal;
  return [
    ["critical-host", boundChains(problem, pending)],
    ["waves", boundDomains(problem, pending)],
    ["migration-slots", overall === null ? noClaim : boundSlots(pending, Math.max(1, overall), "in all pools")],
    ["groups", boundGroups(pools[0]?.groups ?? new Map(), pending)],
  ];
}
