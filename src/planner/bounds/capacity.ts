import { type Claim, noClaim } from "./claim.ts";
import { countOf, showAmount, showNumber, showSpare } from "./figures-text.ts";
import { type PoolFigures, type Resource, resources } from "./pool-figures.ts";

/**
 * Term B of planning.md 3, capacity × time: for each resource
 * T ≥ ( Σ P·C' + Σ over movable VMs that start on hosts to be emptied of t·d ) / S and T ≥ E0 + Σ P·C' / S.
 * Proof: at any instant the room of the hosts in patch and the second copies of VMs in flight are no more than S,
 * the reserve being free besides; integrate over [0, T]. Each of those VMs is in flight for t at least, and all
 * patches lie in [E0, T].
 */
export function boundCapacityTime(pool: PoolFigures): Claim {
  let best: Claim = noClaim;
  for (const resource of resources) {
    const spare = pool.spare[resource];
    if (spare <= 0) continue;
    let patches = 0;
    let flights = 0;
    for (const { seconds, room, vms } of pool.pending) {
      patches += seconds * Math.max(0, room[resource]);
      for (const vm of vms) flights += vm.migrateSeconds * vm[resource];
    }
    const seconds = Math.max(Math.ceil((patches + flights) / spare), pool.firstEvacuation + Math.ceil(patches / spare));
    if (seconds > best.seconds) best = { seconds, explain: () => explainCapacity(pool, resource) };
  }
  return best;
}

/** Hosts that may be out of service at once, on average, as far as the spare room goes. */
function explainCapacity(pool: PoolFigures, resource: Resource): string {
  let rooms = 0;
  for (const { room } of pool.pending) rooms += room[resource];
  const atOnce = rooms === 0 ? 0 : (pool.spare[resource] * pool.pending.length) / rooms;
  const hosts = countOf(pool.pending.length, "host");
  return `capacity: pool ${pool.pool} has ${showSpare(pool, resource)}, room for about ${showNumber(atOnce)} of its ${hosts} to be out of service at a time`;
}

/** One dual-feasible function, laid over the movable VMs of a pool. */
export interface SizeLimit {
  readonly resource: Resource;
  /** Smaller VMs count nothing; those that leave less than this beside them on the largest host count as a host. */
  readonly threshold: number;
  /** The smallest VM that counts; the threshold where there is none. */
  readonly smallest: number;
  /** S_l · C: exact, since all sizes are whole. */
  readonly spareTimesRoom: number;
  /** C: the largest room of a host. */
  readonly largest: number;
  /** Σ t·f·C over the movable VMs that start on hosts to be emptied. */
  readonly flights: number;
}

interface SizeClass {
  readonly size: number;
  count: number;
  /** Σ t of those that start on hosts to be emptied. */
  seconds: number;
}

/**
 * The dual-feasible functions of planning.md 3, B2: C = the largest C', threshold l ≤ C/2, and
 * f(x) = 1 if x > C − l, 0 if x < l, else x/C.
 * Proof that whatever fits a host has Σ f ≤ 1: beside a VM larger than C − l only VMs smaller than l fit; without
 * one, Σ f ≤ Σ x / C ≤ 1. So hosts in patch + Σ f of all VMs and second copies ≤ hosts.
 *
 * l = every size ≤ C/2 and l = C/2 are enough: from any other l upwards to the next size ≤ C/2 (or to C/2), no VM
 * loses its place and some may come to count 1. The thresholds "just above C − size" of planning.md give no more.
 * A reserve may lie scattered over the hosts: it is not subtracted here.
 */
export function limitSizes(pool: PoolFigures, resource: Resource): readonly SizeLimit[] {
  let largest = 0;
  for (const room of pool.rooms) largest = Math.max(largest, room[resource]);
  if (largest <= 0) return [];
  const classes = classesOf(pool, resource);
  const thresholds = classes.flatMap(({ size }) => (size > 0 && size < largest / 2 ? [size] : []));
  return [...thresholds, largest / 2].map((threshold) => {
    let taken = 0;
    let flights = 0;
    let smallest = Number.POSITIVE_INFINITY;
    for (const { size, count, seconds } of classes) {
      if (size >= threshold) smallest = Math.min(smallest, size);
      const value = size > largest - threshold ? largest : size < threshold ? 0 : size;
      taken += count * value;
      flights += seconds * value;
    }
    if (smallest === Number.POSITIVE_INFINITY) smallest = threshold;
    return { resource, threshold, smallest, largest, flights, spareTimesRoom: pool.hosts.length * largest - taken };
  });
}

function classesOf(pool: PoolFigures, resource: Resource): readonly SizeClass[] {
  const classes = new Map<number, SizeClass>();
  const classOf = (size: number): SizeClass => {
    const known = classes.get(size) ?? { size, count: 0, seconds: 0 };
    classes.set(size, known);
    return known;
  };
  for (const vm of pool.movable) classOf(vm[resource]).count++;
  for (const { vms } of pool.pending) for (const vm of vms) classOf(vm[resource]).seconds += vm.migrateSeconds;
  return [...classes.values()];
}

/** Term B2 of planning.md 3: as B, with hosts that count 1 and VMs that count f. */
export function boundBigVms(pool: PoolFigures, limits: readonly SizeLimit[]): Claim {
  let patches = 0;
  for (const { seconds } of pool.pending) patches += seconds;
  let best: Claim = noClaim;
  for (const limit of limits) {
    const { spareTimesRoom, largest, flights } = limit;
    if (spareTimesRoom <= 0) continue;
    const seconds = Math.max(
      Math.ceil((patches * largest + flights) / spareTimesRoom),
      pool.firstEvacuation + Math.ceil((patches * largest) / spareTimesRoom),
    );
    if (seconds > best.seconds) best = { seconds, explain: () => explainBigVms(pool, limit) };
  }
  return best;
}

export function explainBigVms(pool: PoolFigures, { resource, smallest, spareTimesRoom, largest }: SizeLimit): string {
  const room = showNumber(spareTimesRoom / largest);
  return `big VMs: those of ${showAmount(resource, smallest)} and more fill the hosts of pool ${pool.pool} so that only about ${room} of ${showNumber(pool.hosts.length)} can be out of service at a time`;
}
