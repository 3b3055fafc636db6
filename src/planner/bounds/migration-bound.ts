import type { Problem, ProblemVm } from "../../domain/problem.ts";
import { measurePools, type PendingHost, type PoolFigures, type Resource, resources } from "./pool-figures.ts";

/**
 * Migrations that every plan needs at least (planning.md 3, Migrations): each movable VM that starts on a host to be
 * emptied moves once, and per pool R moves come on top.
 */
export function migrationBound(problem: Problem): number {
  let total = 0;
  for (const pool of measurePools(problem)) {
    for (const { vms } of pool.pending) total += vms.length;
    total += countExtraMoves(pool);
  }
  return total;
}

/**
 * R of one pool = min over the hosts h to be emptied of max over resources of min over y ≥ 0 of 2y + the VMs of h
 * that do not fit, smallest first, into the spare room of the hosts that are never emptied + their y largest VMs.
 * Proof: when the first host starts its patch, each of its VMs that is not on a never-emptied host sits on one that
 * must be emptied later and moves again (+1). To push a VM off a never-emptied host costs two moves that the count of
 * first moves does not know: off, and again when the host it went to is emptied.
 */
export function countExtraMoves(pool: PoolFigures): number {
  if (pool.pending.length === 0) return 0;
  let best = Number.POSITIVE_INFINITY;
  const rests = resources.map((resource) => measureRest(pool, resource));
  for (const host of pool.pending) {
    let most = 0;
    for (const rest of rests) most = Math.max(most, fewestMoves(host, rest, best));
    best = Math.min(best, most);
  }
  return best;
}

/** The hosts that are never emptied: Q, and the sizes of their movable VMs, largest first. */
interface Rest {
  readonly resource: Resource;
  readonly spare: number;
  readonly sizes: Float64Array;
}

function measureRest(pool: PoolFigures, resource: Resource): Rest {
  let spare = 0;
  pool.hosts.forEach((host, i) => {
    if (host.patchSeconds === null) spare += pool.rooms[i]?.[resource] ?? 0;
  });
  const sizes = Float64Array.from(pool.settled, (vm) => vm[resource])
    .sort()
    .reverse();
  for (const size of sizes) spare -= size;
  return { resource, spare, sizes };
}

/** `enough`: a count from which the exact figure makes no difference. */
function fewestMoves(host: PendingHost, { resource, spare, sizes }: Rest, enough: number): number {
  const own = Float64Array.from(host.vms, (vm: ProblemVm) => vm[resource]).sort();
  let room = spare;
  let fewest = Number.POSITIVE_INFINITY;
  for (let pushed = 0; 2 * pushed < Math.min(fewest, enough); pushed++) {
    fewest = Math.min(fewest, 2 * pushed + countUnfit(own, room));
    if (pushed >= sizes.length) break;
    room += sizes[pushed] ?? 0;
  }
  return fewest;
}

function countUnfit(smallestFirst: Float64Array, room: number): number {
  let left = room;
  let fitting = 0;
  for (const size of smallestFirst) {
    left -= size;
    if (left < 0) break;
    fitting++;
  }
  return smallestFirst.length - fitting;
}

/**
 * Seconds of downtime of all VMs together that no plan avoids (planning.md 3, Downtime): one pause for each movable VM
 * on a host to be emptied, and the patch of its host for each VM that never moves. Guests' own reboots are apart.
 */
export function downtimeBound(problem: Problem): number {
  const patch = new Map(problem.hosts.map((host) => [host.id, host.patchSeconds]));
  let milliseconds = 0;
  for (const vm of problem.vms) {
    const seconds = patch.get(vm.host) ?? null;
    if (seconds !== null) milliseconds += vm.migratable ? vm.pauseMs : 1000 * seconds;
  }
  return milliseconds / 1000;
}
