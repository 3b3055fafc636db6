import type { ProblemVm } from "../../domain/problem.ts";
import { countOf, showAmount } from "./figures-text.ts";
import { type PendingHost, type PoolFigures, resources } from "./pool-figures.ts";

/** The question of all obstacles: can `target` be empty, with all VMs but the stopped ones on the other hosts? */
export interface Emptying {
  readonly pool: PoolFigures;
  readonly target: PendingHost;
  readonly stopped: ReadonlySet<string>;
}

/** Why a host can never be empty, as the end of a sentence `host h1 cannot be emptied: …`; null: nothing found. */
export type Obstacle = string | null;

/**
 * Obstacles that need no search, cheapest to understand first. Each is a proof. `passed`: rooms of hosts that sizes do
 * not hinder, for hosts of one pool and the same stopped VMs; for hosts alike the answer is the same.
 */
export function findQuickObstacle(emptying: Emptying, passed = new Set<string>()): Obstacle {
  const other = findLonely(emptying) ?? findShortage(emptying) ?? findCrowdedGroup(emptying);
  const { cpu, memory } = emptying.target.room;
  if (other !== null || passed.has(`${cpu} ${memory}`)) return other;
  const fragments = findFragments(emptying);
  if (fragments === null) passed.add(`${cpu} ${memory}`);
  return fragments;
}

/** A VM on the host that no other host could take, were that host empty. */
function findLonely({ pool, target, stopped }: Emptying): Obstacle {
  for (const vm of target.vms) {
    if (stopped.has(vm.id)) continue;
    const gap = { cpu: 0, memory: 0 };
    const fits = pool.rooms.some((room, i) => {
      if (pool.hosts[i]?.id === target.host.id) return false;
      for (const one of resources) gap[one] = Math.max(gap[one], room[one]);
      return vm.cpu <= room.cpu && vm.memory <= room.memory;
    });
    if (!fits) return explainLonely(vm, gap, pool.hosts.length - 1);
  }
  return null;
}

function explainLonely(vm: ProblemVm, gap: { readonly cpu: number; readonly memory: number }, others: number): string {
  if (others === 0) return `${vm.id} has nowhere to go, its pool has no other host`;
  for (const one of resources)
    if (vm[one] > gap[one])
      return `${vm.id} needs ${showAmount(one, vm[one])}, the largest of the other hosts has room for ${showAmount(one, gap[one])} when it is empty`;
  const needs = resources.map((one) => showAmount(one, vm[one])).join(" and ");
  return `${vm.id} needs ${needs}, no other host has both, even when it is empty`;
}

/** (a) of planning.md 3, feasibility: C' ≤ S, all VMs and the reserve must fit on the other hosts in sum. */
function findShortage({ pool, target, stopped }: Emptying): Obstacle {
  for (const one of resources) {
    const { needed, offered } = sumUp({ pool, target, stopped }, one);
    if (needed > offered) {
      const others = pool.hosts.length - 1;
      const offer = others === 1 ? "the other host offers" : `the other ${others} hosts together offer`;
      return `what runs in pool ${pool.pool} needs ${showAmount(one, needed)}${reserveText(pool, one)}, ${offer} ${showAmount(one, offered)}`;
    }
  }
  return null;
}

/** What movable VMs and the reserve need, and what the other hosts offer. */
export function sumUp({ pool, target, stopped }: Emptying, resource: "cpu" | "memory") {
  let rooms = 0;
  for (const room of pool.rooms) rooms += room[resource];
  let off = 0;
  if (stopped.size > 0) for (const vm of pool.movable) if (stopped.has(vm.id)) off += vm[resource];
  // S = rooms − demand − reserve.
  return { needed: rooms - pool.spare[resource] - off, offered: rooms - target.room[resource] };
}

function reserveText({ reserve }: PoolFigures, resource: "cpu" | "memory"): string {
  return reserve[resource] > 0 ? `, with the ${showAmount(resource, reserve[resource])} that must stay free` : "";
}

/** Members of an anti-affinity group need hosts of their own, where no member stands that never moves. */
function findCrowdedGroup({ pool, target, stopped }: Emptying): Obstacle {
  if (pool.groups.size === 0) return null;
  const members = new Map<string, { moving: number; readonly hosts: Set<string>; readonly fixed: Set<string> }>();
  const together = new Set<string>();
  const add = (vm: ProblemVm, moving: boolean) => {
    if (vm.group === null || !pool.groups.get(vm.group)?.antiAffinity) return;
    const known = members.get(vm.group) ?? { moving: 0, hosts: new Set(), fixed: new Set() };
    members.set(vm.group, known);
    if (known.hosts.has(vm.host)) together.add(vm.group);
    known.hosts.add(vm.host);
    if (!moving) known.fixed.add(vm.host);
    else if (!stopped.has(vm.id)) known.moving++;
  };
  for (const vm of pool.movable) add(vm, true);
  for (const vm of pool.pinned) add(vm, false);
  for (const [id, { moving, fixed }] of members) {
    // Who is together at the start need not part at once: such a group proves nothing.
    if (together.has(id)) continue;
    const hosts = pool.hosts.filter((host) => host.id !== target.host.id && !fixed.has(host.id)).length;
    if (moving > hosts)
      return `the ${moving} members of group ${id} that move need hosts of their own, ${hosts} would be left for them`;
  }
  return null;
}

/**
 * (b): dual-feasible functions (limitSizes in capacity.ts), with what each single host can take at most: nothing when
 * it is smaller than the threshold, x/C when it is smaller than a VM that counts as a whole host, else 1.
 */
function findFragments({ pool, target, stopped }: Emptying): Obstacle {
  const others = pool.rooms.filter((_, i) => pool.hosts[i]?.id !== target.host.id);
  const vms = pool.movable.filter((vm) => !stopped.has(vm.id));
  for (const one of resources) {
    const rooms = countValues(others.map((room) => room[one]));
    const sizes = countValues(vms.map((vm) => vm[one]));
    let largest = 0;
    for (const [room] of rooms) largest = Math.max(largest, room);
    const small = [...sizes.keys()].filter((size) => size > 0 && size < largest / 2);
    for (const threshold of [...small, largest / 2]) {
      let [taken, offered] = [0, 0];
      for (const [size, count] of sizes)
        taken += count * (size > largest - threshold ? largest : size < threshold ? 0 : size);
      for (const [room, count] of rooms)
        offered += count * (room < threshold ? 0 : room > largest - threshold ? largest : room);
      if (taken <= offered) continue;
      const big = [...sizes].filter(([size]) => size >= threshold && size > 0);
      const smallest = showAmount(one, Math.min(...big.map(([size]) => size)));
      let count = 0;
      for (const [, same] of big) count += same;
      return `the ${countOf(count, "VM")} of ${smallest} and more cannot be arranged on ${countOf(others.length, "other host")}: the room left beside them is too small for one more`;
    }
  }
  return null;
}

function countValues(values: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
