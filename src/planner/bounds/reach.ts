import { at } from "./machines.ts";
import type { Budget } from "./pack.ts";
import { keepsApart, measureFree, type Yard } from "./yard.ts";

/** What a search of the arrangements that live migrations can reach has found. */
export interface Reach {
  /** `yes`: one leaves the host empty. `no`: all were looked at, none does. */
  readonly found: "yes" | "no" | "gave-up";
  /** Arrangements seen, VMs of one class not told apart. */
  readonly seen: number;
  /** VMs (places in the yard) that stood on the host in every arrangement seen. */
  readonly stuck: readonly number[];
  /** The largest room that any other host ever had free, by resource. */
  readonly cpuGap: number;
  readonly memoryGap: number;
}

/**
 * Can the VMs of a pool be moved, one live migration after another, until one host is empty? `no` is a proof that no
 * plan empties it, with any number of migrations at once (planning.md 3, feasibility, made exact for small pools).
 *
 * 1. Parallel moves reach nothing more. Take a plan, put its migrations in order of their start, and let each happen
 *    at once when it starts. At that instant the VM occupies its target in the plan as well, together with everything
 *    that stands there in our arrangement: whoever is there in ours has begun to come there, or has not yet begun to
 *    leave, and so occupies the host in the plan too. So capacity and anti-affinity hold in ours as they do in the
 *    plan. When a host is in patch in the plan, nobody is on it or in flight from or to it; so it is empty in ours.
 * 2. Patches only take room away: to ignore the hosts that are in patch, the limits, the order and the reserve allows
 *    more arrangements, never fewer.
 * 3. Every move can be undone at once, its source has room for who just left. So what can be reached does not depend
 *    on what happened before, and without limits a host that can be emptied here can be patched at any time.
 * 4. VMs of one class are interchangeable: arrangements that differ only in which twin stands where are seen as one.
 *    Swapping twins turns a way to one into a way to the other's twin, and which hosts are empty stays the same.
 *
 * Looked at first: arrangements with fewest VMs on the host.
 */
export function reachEmpty(yard: Yard, empty: number, budget: Budget): Reach {
  const first = sortTwins(yard, yard.start.slice());
  const seen = new Set([nameOf(first)]);
  const waiting: number[][][] = [];
  const stuck = new Set(yard.start.keys());
  let cpuGap = 0;
  let memoryGap = 0;
  const put = (places: number[]) => {
    const count = places.filter((host) => host === empty).length;
    while (waiting.length <= count) waiting.push([]);
    waiting[count]?.push(places);
  };
  put(first);
  const answer = (found: Reach["found"]): Reach => ({ found, seen: seen.size, stuck: [...stuck], cpuGap, memoryGap });
  for (;;) {
    const places = waiting.find((list) => list.length > 0)?.pop();
    if (!places) return answer("no");
    if (!places.includes(empty)) return answer("yes");
    if (budget.left-- <= 0) return answer("gave-up");
    for (const vm of stuck) if (places[vm] !== empty) stuck.delete(vm);
    const free = measureFree(yard, places);
    for (let host = 0; host < yard.hosts; host++) {
      if (host === empty) continue;
      cpuGap = Math.max(cpuGap, at(free.cpu, host));
      memoryGap = Math.max(memoryGap, at(free.memory, host));
    }
    for (const next of listMoves(yard, places, free)) {
      const name = nameOf(next);
      if (seen.has(name)) continue;
      seen.add(name);
      put(next);
    }
  }
}

function listMoves(
  yard: Yard,
  places: readonly number[],
  free: { readonly cpu: Float64Array; readonly memory: Float64Array },
): readonly number[][] {
  const moves: number[][] = [];
  for (let vm = 0; vm < places.length; vm++) {
    // A twin on the same host has been moved already.
    if (yard.classStart[vm] !== vm && places[vm - 1] === places[vm]) continue;
    for (let host = 0; host < yard.hosts; host++) {
      if (host === places[vm] || at(free.cpu, host) < at(yard.cpu, vm)) continue;
      if (at(free.memory, host) < at(yard.memory, vm) || !keepsApart(yard, places, vm, host)) continue;
      const next = places.slice();
      next[vm] = host;
      moves.push(sortTwins(yard, next));
    }
  }
  return moves;
}

/** Twins in the order of their hosts. In place. */
function sortTwins({ classStart }: Yard, places: number[]): number[] {
  for (let from = 0; from < places.length; ) {
    let to = from + 1;
    while (classStart[to] === from) to++;
    if (to > from + 1) {
      const hosts = places.slice(from, to).sort((a, b) => a - b);
      for (let i = from; i < to; i++) places[i] = hosts[i - from] ?? 0;
    }
    from = to;
  }
  return places;
}

function nameOf(places: readonly number[]): string {
  return String.fromCharCode(...places);
}
