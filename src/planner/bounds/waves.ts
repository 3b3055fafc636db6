import type { Problem } from "../../domain/problem.ts";
import { explainBigVms, type SizeLimit } from "./capacity.ts";
import { type Claim, noClaim } from "./claim.ts";
import { countOf, showNumber, showSeconds, showSpare } from "./figures-text.ts";
import { boundMachines } from "./machines.ts";
import { explainMix, type Mix } from "./mixed-sizes.ts";
import { compareNames, firstOf, type PendingHost, type PoolFigures, type Resource, resources } from "./pool-figures.ts";

/** How many hosts of a pool can be empty and in patch at once, at most. */
export interface WaveWidth {
  /** k_max of planning.md 3, C (i) to (iv). 0: no host at all, there is no plan. */
  readonly hosts: number;
  /** γ of planning.md 3, D: seconds between the first return of a wave and the next patch. */
  readonly gap: number;
  /** What allows no more, in words. */
  readonly explain: () => string;
}

/**
 * k_max, an upper limit on hosts in patch at once, proved by:
 * (i) hosts in patch have Σ C' ≤ S, so k of them need the k smallest to fit;
 * (ii) hosts in patch ≤ ⌊S_l⌋ for every dual-feasible function (see limitSizes);
 * (iii) the movable members of an anti-affinity group stand on hosts of their own, none of them in patch. Members
 *   that never move are not counted: they may stand on a host in patch;
 * (iv) the limits of the policy, per pool and per domain.
 * (v) instead of exact packing, which needs a solver, weights that see cpu and memory together (see measureMixes):
 *   they give one less in azure-100-tight p1, as exact packing does, and in 88 of the 303 pools of azure-10000-u75.
 */
export function measureWaves(
  problem: Problem,
  pool: PoolFigures,
  sizeLimits: readonly SizeLimit[],
  mixes: readonly Mix[],
): WaveWidth {
  const count = pool.pending.length;
  let hosts = count;
  let explain = () => `waves: all ${countOf(count, "host")} of pool ${pool.pool} at once`;
  const lower = (limit: number, text: () => string) => {
    if (limit < hosts) [hosts, explain] = [Math.max(0, limit), text];
  };
  const bySpare = resources.map((resource) => ({ resource, ...fitSpare(pool, resource) }));
  for (const { resource, fitting } of bySpare)
    lower(fitting, () => {
      const said = `${countOf(fitting, "host")} at a time is all that ${showSpare(pool, resource)} allows`;
      return `capacity: ${said}, and pool ${pool.pool} has ${showNumber(count)} to patch`;
    });
  for (const limit of sizeLimits)
    lower(Math.floor(limit.spareTimesRoom / limit.largest), () => explainBigVms(pool, limit));
  for (const mix of mixes) lower(mix.hosts, () => explainMix(pool, mix));
  const group = largestGroup(pool);
  lower(pool.hosts.length - group.members, () => explainGroup(pool, group));
  lower(problem.limits.maintenancePerPool ?? count, () => {
    const limit = problem.limits.maintenancePerPool ?? 0;
    return `limit: ${countOf(limit, "host")} of pool ${pool.pool} in patch at once, and ${showNumber(count)} to patch`;
  });
  lower(countDomains(problem, pool), () => {
    const limit = problem.limits.maintenancePerDomain ?? 0;
    return `limit: ${countOf(limit, "host")} of one domain in patch at once, ${showNumber(count)} of pool ${pool.pool} to patch`;
  });
  let gap = 0;
  for (const { resource, fitting, missing } of bySpare)
    if (fitting === hosts && hosts > 0 && missing > 0)
      gap = Math.max(gap, measureGap(problem, pool, resource, missing));
  return { hosts, gap, explain };
}

/**
 * (i): the number of hosts, and what one more would lack for the VMs (δ of term D; 0 when there is enough). The reserve
 * counts for the number only: it may lie on the next host itself, which can be empty long before its turn.
 */
function fitSpare({ pending, spare, reserve }: PoolFigures, resource: Resource): { fitting: number; missing: number } {
  const rooms = Float64Array.from(pending, ({ room }) => Math.max(0, room[resource])).sort();
  let sum = 0;
  let fitting = 0;
  for (const room of rooms) {
    sum += room;
    if (sum > spare[resource]) return { fitting, missing: Math.max(0, sum - spare[resource] - reserve[resource]) };
    fitting++;
  }
  return { fitting, missing: 0 };
}

/**
 * γ = ⌊max( shortest migration, δ / (K · fastest d/t) )⌋ seconds.
 * Proof: while k_max hosts are in patch the others cannot hold everything, so at least δ of what stands on any
 * further host has not begun to leave. After the first return it leaves through K slots.
 */
function measureGap(problem: Problem, pool: PoolFigures, resource: Resource, missing: number): number {
  let shortest = Number.POSITIVE_INFINITY;
  let fastest = 0;
  for (const vm of pool.movable) {
    shortest = Math.min(shortest, vm.migrateSeconds);
    if (vm[resource] > 0) fastest = Math.max(fastest, vm[resource] / vm.migrateSeconds);
  }
  if (shortest === Number.POSITIVE_INFINITY) return 0;
  const slots = Math.max(1, problem.limits.migrationsPerHost);
  const byDemand = fastest > 0 && fastest < Number.POSITIVE_INFINITY ? missing / (slots * fastest) : 0;
  return Math.floor(Math.max(shortest, byDemand));
}

function largestGroup({ groups, movable }: PoolFigures): { id: string; members: number } {
  const counts = new Map<string, number>();
  for (const vm of movable) if (vm.group !== null) counts.set(vm.group, (counts.get(vm.group) ?? 0) + 1);
  let largest = { id: "", members: 0 };
  for (const [id, members] of counts) {
    if (!groups.get(id)?.antiAffinity || members < largest.members) continue;
    if (members > largest.members || compareNames(id, largest.id) < 0) largest = { id, members };
  }
  return largest;
}

function explainGroup(pool: PoolFigures, group: { readonly id: string; readonly members: number }): string {
  const rest = countOf(pool.hosts.length - group.members, "host");
  return `anti-affinity: the ${group.members} members of group ${group.id} stand on hosts of their own, which leaves ${rest} of ${pool.hosts.length} in pool ${pool.pool} to patch at a time`;
}

function countDomains({ limits }: Problem, { pending }: PoolFigures): number {
  const limit = limits.maintenancePerDomain;
  if (limit === null) return pending.length;
  let total = 0;
  for (const [domain, list] of byDomain(pending)) total += domain === null ? list.length : Math.min(limit, list.length);
  return total;
}

function byDomain(pending: readonly PendingHost[]): ReadonlyMap<string | null, readonly PendingHost[]> {
  const domains = new Map<string | null, PendingHost[]>();
  for (const one of pending) {
    const list = domains.get(one.host.domain);
    if (list) list.push(one);
    else domains.set(one.host.domain, [one]);
  }
  return domains;
}

/** Term C: the patches of a pool are jobs on k_max machines, none before E0; those of one domain on as many as its limit. */
export function boundWaves(problem: Problem, pool: PoolFigures, width: WaveWidth): Claim {
  if (pool.pending.length === 0) return noClaim;
  const jobs = pool.pending.map(({ seconds }) => seconds);
  const seconds = pool.firstEvacuation + boundMachines(jobs, Math.max(1, width.hosts));
  const domains = boundDomains(problem, pool.pending);
  return domains.seconds > seconds ? domains : { seconds, explain: width.explain };
}

/** Term C of one failure domain, which may lie across pools. */
export function boundDomains({ limits }: Problem, pending: readonly PendingHost[]): Claim {
  const limit = limits.maintenancePerDomain;
  if (limit === null) return noClaim;
  let best: Claim = noClaim;
  for (const [domain, list] of [...byDomain(pending)].sort(([a], [b]) => compareNames(a ?? "", b ?? ""))) {
    if (domain === null) continue;
    const jobs = list.map(({ seconds }) => seconds);
    const seconds = firstOf(list) + boundMachines(jobs, Math.max(1, limit));
    const explain = () =>
      `limit: ${countOf(limit, "host")} of domain ${domain} in patch at once, ${list.length} to patch`;
    if (seconds > best.seconds) best = { seconds, explain };
  }
  return best;
}

/**
 * Term D: γ seconds between waves. k = 1: T ≥ E0 + ΣP + (N−1)γ. k ≥ 2: T ≥ E0 + F(N−1) + P_min with F(m) = 0 for
 * m < k and F(m) = min( P_min + γ + F(m−k), P_min + F(m−k+1) ).
 * Proof: order the patches by start and look at the first k. If all overlap, the next starts P_min + γ after the
 * first at the earliest and m−k remain; if not, the k-th starts P_min after the first and m−k+1 remain; induction.
 */
export function boundGaps(pool: PoolFigures, { hosts, gap, explain }: WaveWidth): Claim {
  const { pending, firstEvacuation } = pool;
  if (pending.length === 0) return noClaim;
  const width = Math.max(1, hosts);
  let sum = 0;
  let shortest = Number.POSITIVE_INFINITY;
  for (const { seconds } of pending) {
    sum += seconds;
    shortest = Math.min(shortest, seconds);
  }
  const words = () => `${explain()}; ${showSeconds(gap)} pass before the next can be empty`;
  if (width === 1) return { seconds: firstEvacuation + sum + (pending.length - 1) * gap, explain: words };
  const starts = new Float64Array(pending.length);
  for (let m = width; m < pending.length; m++) {
    const together = shortest + gap + (starts[m - width] ?? 0);
    const apart = shortest + (starts[m - width + 1] ?? 0);
    starts[m] = Math.min(together, apart);
  }
  return { seconds: firstEvacuation + (starts[pending.length - 1] ?? 0) + shortest, explain: words };
}
