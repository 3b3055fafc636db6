import type { ProblemVm } from "../../domain/problem.ts";
import { at } from "./machines.ts";
import { compareNames, type PoolFigures } from "./pool-figures.ts";

/**
 * One pool as arrays, for searches: which VM stands where. VMs of one class are the same to every rule (sizes and
 * anti-affinity group), stand side by side in the list and may be swapped without a difference.
 */
export interface Yard {
  readonly hosts: number;
  readonly cpuRoom: Float64Array;
  readonly memoryRoom: Float64Array;
  readonly vms: readonly ProblemVm[];
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  /** First VM of the class that each VM belongs to. */
  readonly classStart: readonly number[];
  /** Anti-affinity group of each VM, or −1. */
  readonly group: readonly number[];
  /** Where each VM stands at the start. */
  readonly start: readonly number[];
  /** `group * hosts + host`: there stands a member that never moves. */
  readonly blocked: Uint8Array;
}

/** `stopped` VMs are left out: shut down, they take no room. */
export function layOut(pool: PoolFigures, stopped: ReadonlySet<string>): Yard {
  const hostIndex = new Map(pool.hosts.map((host, i) => [host.id, i]));
  const groupIndex = indexGroups(pool);
  const groupOf = (vm: ProblemVm) => (vm.group === null ? -1 : (groupIndex.get(vm.group) ?? -1));
  const share = (vm: ProblemVm) => Math.max(vm.cpu / (pool.capacity.cpu || 1), vm.memory / (pool.capacity.memory || 1));
  const vms = pool.movable
    .filter((vm) => !stopped.has(vm.id))
    .sort(
      (a, b) =>
        share(b) - share(a) ||
        b.cpu - a.cpu ||
        b.memory - a.memory ||
        groupOf(a) - groupOf(b) ||
        compareNames(a.id, b.id),
    );
  const classStart: number[] = [];
  vms.forEach((vm, i) => {
    const last = vms[i - 1];
    const same = last && last.cpu === vm.cpu && last.memory === vm.memory && groupOf(last) === groupOf(vm);
    classStart.push(same ? (classStart[i - 1] ?? i) : i);
  });
  const blocked = new Uint8Array(groupIndex.size * pool.hosts.length);
  pool.pinned.forEach((vm) => {
    const group = groupOf(vm);
    if (group >= 0) blocked[group * pool.hosts.length + (hostIndex.get(vm.host) ?? 0)] = 1;
  });
  return {
    hosts: pool.hosts.length,
    cpuRoom: Float64Array.from(pool.rooms, ({ cpu }) => cpu),
    memoryRoom: Float64Array.from(pool.rooms, ({ memory }) => memory),
    vms,
    cpu: Float64Array.from(vms, (vm) => vm.cpu),
    memory: Float64Array.from(vms, (vm) => vm.memory),
    classStart,
    group: vms.map(groupOf),
    start: vms.map((vm) => hostIndex.get(vm.host) ?? 0),
    blocked,
  };
}

/** Anti-affinity groups of the pool. One that is broken at the start is left out: who is together need not part at once. */
function indexGroups(pool: PoolFigures): ReadonlyMap<string, number> {
  const seen = new Map<string, Set<string>>();
  const broken = new Set<string>();
  for (const vm of [...pool.movable, ...pool.pinned]) {
    if (vm.group === null || !pool.groups.get(vm.group)?.antiAffinity) continue;
    const hosts = seen.get(vm.group) ?? new Set();
    if (hosts.has(vm.host)) broken.add(vm.group);
    seen.set(vm.group, hosts.add(vm.host));
  }
  const names = [...seen.keys()].filter((id) => !broken.has(id)).sort(compareNames);
  return new Map(names.map((id, i) => [id, i]));
}

/** Room left on each host of an arrangement. */
export function measureFree(yard: Yard, places: readonly number[]): { cpu: Float64Array; memory: Float64Array } {
  const cpu = Float64Array.from(yard.cpuRoom);
  const memory = Float64Array.from(yard.memoryRoom);
  places.forEach((host, vm) => {
    cpu[host] = at(cpu, host) - at(yard.cpu, vm);
    memory[host] = at(memory, host) - at(yard.memory, vm);
  });
  return { cpu, memory };
}

/** May `vm` come to `host`, as far as its group goes? `places`: −1 for VMs that stand nowhere yet. */
export function keepsApart(yard: Yard, places: readonly number[], vm: number, host: number): boolean {
  const group = yard.group[vm] ?? -1;
  if (group < 0) return true;
  if (yard.blocked[group * yard.hosts + host] === 1) return false;
  for (let other = 0; other < places.length; other++)
    if (other !== vm && places[other] === host && yard.group[other] === group) return false;
  return true;
}
