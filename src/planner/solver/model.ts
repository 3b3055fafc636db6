import type { Problem, ProblemHost, ProblemVm } from "../../domain/problem.ts";

/**
 * One part of a problem that can be planned on its own, as arrays by index: searching asks for millions of
 * numbers a second. Hosts and movable VMs are numbered in the order of their names' first appearance; VMs that
 * never move are subtracted from their hosts.
 */
export interface Model {
  readonly hostIds: readonly string[];
  readonly vmIds: readonly string[];
  readonly hosts: number;
  readonly vms: number;
  readonly groups: number;
  /** What a host has for VMs that move. */
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  /** Seconds out of service; 0: nothing that needs an empty host. */
  readonly patch: Int32Array;
  readonly pool: Int32Array;
  readonly domain: Int32Array;
  readonly vmCpu: Float64Array;
  readonly vmMemory: Float64Array;
  readonly vmSeconds: Int32Array;
  readonly vmHost: Int32Array;
  /** Place of a VM among all by size, smallest first: the larger of its shares of cpu and memory. */
  readonly sizeRank: Int32Array;
  /** Anti-affinity group of a VM, or -1. */
  readonly vmGroup: Int32Array;
  /** Members that never move, by group and host: `group * hosts + host`. */
  readonly fixedMembers: Int32Array;
  readonly slotsPerHost: number;
  readonly slotsGlobal: number;
  readonly patchesPerPool: number;
  readonly patchesPerDomain: number;
  /** Seconds until patches that others wait for are in where no host is emptied: nothing begins before. */
  readonly offset: number;
  /** Hosts that must be patched before a host may be. */
  readonly before: readonly (readonly number[])[];
  readonly newerOnly: Int32Array;
  /** By pool: room beyond what the VMs need; hosts in patch take theirs from it, a reserve is subtracted. */
  readonly spareCpu: Float64Array;
  readonly spareMemory: Float64Array;
  /** Does any pool keep a reserve? Without one, room on the hosts is all that counts. */
  readonly hasReserve: boolean;
  /** By host: groups with members that go down with it, and how many. */
  readonly goesDown: readonly (readonly { readonly group: number; readonly members: number }[])[];
  /** By group of `goesDown`: how many members may be down at once. */
  readonly mayBeDown: readonly number[];
}

function indexOf(ids: readonly string[]): ReadonlyMap<string, number> {
  return new Map(ids.map((id, i) => [id, i]));
}

/** The arrays for these hosts and VMs of a problem. */
export function modelOf(problem: Problem, hosts: readonly ProblemHost[], vms: readonly ProblemVm[]): Model {
  const movable = vms.filter((vm) => vm.migratable);
  const fixed = vms.filter((vm) => !vm.migratable);
  const host = indexOf(hosts.map((one) => one.id));
  const pools = indexOf([...new Set(hosts.map((one) => one.pool))]);
  const domains = indexOf([...new Set(hosts.flatMap((one) => one.domain ?? []))]);
  const cpu = Float64Array.from(hosts, (one) => one.cpu);
  const memory = Float64Array.from(hosts, (one) => one.memory);
  for (const vm of fixed) {
    const at = host.get(vm.host) ?? 0;
    cpu[at] = (cpu[at] ?? 0) - vm.cpu;
    memory[at] = (memory[at] ?? 0) - vm.memory;
  }
  const used = new Set(vms.flatMap((vm) => vm.group ?? []));
  const groups = problem.groups.filter((group) => group.antiAffinity && used.has(group.id));
  const group = indexOf(groups.map((one) => one.id));
  const fixedMembers = new Int32Array(groups.length * hosts.length);
  for (const vm of fixed) {
    const of = vm.group === null ? undefined : group.get(vm.group);
    if (of !== undefined) fixedMembers[of * hosts.length + (host.get(vm.host) ?? 0)] = 1;
  }
  const { limits } = problem;
  return {
    hostIds: hosts.map((one) => one.id),
    vmIds: movable.map((vm) => vm.id),
    hosts: hosts.length,
    vms: movable.length,
    groups: groups.length,
    cpu,
    memory,
    patch: Int32Array.from(hosts, (one) => one.patchSeconds ?? 0),
    pool: Int32Array.from(hosts, (one) => pools.get(one.pool) ?? 0),
    domain: Int32Array.from(hosts, (one) => (one.domain === null ? -1 : (domains.get(one.domain) ?? -1))),
    vmCpu: Float64Array.from(movable, (vm) => vm.cpu),
    vmMemory: Float64Array.from(movable, (vm) => vm.memory),
    vmSeconds: Int32Array.from(movable, (vm) => Math.max(1, vm.migrateSeconds)),
    vmHost: Int32Array.from(movable, (vm) => host.get(vm.host) ?? 0),
    vmGroup: Int32Array.from(movable, (vm) => (vm.group === null ? -1 : (group.get(vm.group) ?? -1))),
    sizeRank: sizeRanks(movable, hosts),
    fixedMembers,
    slotsPerHost: limits.migrationsPerHost,
    slotsGlobal: limits.migrationsGlobal ?? Number.MAX_SAFE_INTEGER,
    patchesPerPool: limits.maintenancePerPool ?? Number.MAX_SAFE_INTEGER,
    patchesPerDomain: limits.maintenancePerDomain ?? Number.MAX_SAFE_INTEGER,
    offset: inPlaceFirst(problem, hosts, host),
    before: predecessors(problem, hosts, host),
    newerOnly: Int32Array.from(hosts, (one) => (problem.newerOnly.includes(one.pool) ? 1 : 0)),
    hasReserve: Object.values(problem.reserve).some(({ cpu, memory }) => cpu > 0 || memory > 0),
    ...spareOf(problem, hosts, movable, host, pools, cpu, memory),
    ...downWith(problem, hosts, fixed, host),
  };
}

function sizeRanks(vms: readonly ProblemVm[], hosts: readonly ProblemHost[]): Int32Array {
  const cpu = hosts.reduce((sum, one) => sum + one.cpu, 0) || 1;
  const memory = hosts.reduce((sum, one) => sum + one.memory, 0) || 1;
  const size = vms.map((vm) => Math.max(vm.cpu / cpu, vm.memory / memory));
  const bySize = vms.map((_, i) => i).sort((a, b) => (size[a] ?? 0) - (size[b] ?? 0) || b - a);
  const ranks = new Int32Array(vms.length);
  bySize.forEach((vm, rank) => {
    ranks[vm] = rank;
  });
  return ranks;
}

function inPlaceFirst(problem: Problem, hosts: readonly ProblemHost[], host: ReadonlyMap<string, number>): number {
  let offset = 0;
  for (const [first, then] of problem.precedes) {
    const waits = hosts[host.get(then) ?? -1]?.patchSeconds;
    if (waits) offset = Math.max(offset, hosts[host.get(first) ?? -1]?.inPlaceSeconds ?? 0);
  }
  return offset;
}

function predecessors(problem: Problem, hosts: readonly ProblemHost[], host: ReadonlyMap<string, number>) {
  const before: number[][] = hosts.map(() => []);
  for (const [first, then] of problem.precedes) {
    const a = host.get(first);
    const b = host.get(then);
    if (a !== undefined && b !== undefined && hosts[a]?.patchSeconds) before[b]?.push(a);
  }
  return before;
}

function spareOf(
  problem: Problem,
  hosts: readonly ProblemHost[],
  movable: readonly ProblemVm[],
  host: ReadonlyMap<string, number>,
  pools: ReadonlyMap<string, number>,
  cpu: Float64Array,
  memory: Float64Array,
) {
  const spareCpu = new Float64Array(pools.size);
  const spareMemory = new Float64Array(pools.size);
  hosts.forEach((one, i) => {
    const at = pools.get(one.pool) ?? 0;
    spareCpu[at] = (spareCpu[at] ?? 0) + (cpu[i] ?? 0);
    spareMemory[at] = (spareMemory[at] ?? 0) + (memory[i] ?? 0);
  });
  for (const vm of movable) {
    const at = pools.get(hosts[host.get(vm.host) ?? 0]?.pool ?? "") ?? 0;
    spareCpu[at] = (spareCpu[at] ?? 0) - vm.cpu;
    spareMemory[at] = (spareMemory[at] ?? 0) - vm.memory;
  }
  for (const [pool, at] of pools) {
    spareCpu[at] = (spareCpu[at] ?? 0) - (problem.reserve[pool]?.cpu ?? 0);
    spareMemory[at] = (spareMemory[at] ?? 0) - (problem.reserve[pool]?.memory ?? 0);
  }
  return { spareCpu, spareMemory };
}

/** Which groups lose members with which host; only VMs that never move go down (planning.md 2.1, rules 6 and 8). */
function downWith(
  problem: Problem,
  hosts: readonly ProblemHost[],
  fixed: readonly ProblemVm[],
  host: ReadonlyMap<string, number>,
) {
  const goesDown: { group: number; members: number }[][] = hosts.map(() => []);
  const mayBeDown: number[] = [];
  const groups = new Map(problem.groups.filter((group) => group.minUp > 0).map((group) => [group.id, group]));
  const known = new Map<string, number>();
  for (const vm of fixed) {
    const group = vm.group === null ? undefined : groups.get(vm.group);
    const at = host.get(vm.host);
    if (!group || at === undefined || !hosts[at]?.patchSeconds) continue;
    let number = known.get(group.id);
    if (number === undefined) {
      number = mayBeDown.length;
      known.set(group.id, number);
      mayBeDown.push(group.members.length - group.minUp);
    }
    const entry = goesDown[at]?.find((one) => one.group === number);
    if (entry) entry.members += 1;
    else goesDown[at]?.push({ group: number, members: 1 });
  }
  return { goesDown, mayBeDown };
}
