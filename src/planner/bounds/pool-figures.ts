import type { Problem, ProblemHost, ProblemVm } from "../../domain/problem.ts";
import { boundMachines } from "./machines.ts";

export const resources = ["cpu", "memory"] as const;
export type Resource = (typeof resources)[number];
export type Amount = Readonly<Record<Resource, number>>;

/** A host that waits for a patch which needs it empty: a member of H* in planning.md 2.1. */
export interface PendingHost {
  readonly host: ProblemHost;
  /** P: seconds out of service. */
  readonly seconds: number;
  /** E: seconds that its movable VMs need at least to leave it. */
  readonly evacuation: number;
  /** C': capacity less what VMs that never move take; see roomOf. */
  readonly room: Amount;
  /** Movable VMs that start on it. */
  readonly vms: readonly ProblemVm[];
  /** VMs that never move and are down while it is patched. */
  readonly pinned: readonly ProblemVm[];
}

export interface GroupFigures {
  readonly id: string;
  readonly antiAffinity: boolean;
  readonly minUp: number;
  /** Members in all pools: those that the group names and those that name the group. */
  readonly size: number;
}

/** What all bounds of one pool start from. */
export interface PoolFigures {
  readonly pool: string;
  readonly hosts: readonly ProblemHost[];
  /** C' of every host, in the order of `hosts`. */
  readonly rooms: readonly Amount[];
  readonly pending: readonly PendingHost[];
  readonly movable: readonly ProblemVm[];
  /** VMs that never move, on all hosts. */
  readonly pinned: readonly ProblemVm[];
  /** Movable VMs on hosts that are never emptied. */
  readonly settled: readonly ProblemVm[];
  /** S: room that is free on all hosts together when nobody is in patch or in flight, less the reserve. */
  readonly spare: Amount;
  /** Room that must stay free. */
  readonly reserve: Amount;
  /** Capacity of all hosts together, as bought. */
  readonly capacity: Amount;
  /** E0: no patch starts before. */
  readonly firstEvacuation: number;
  /** All groups of the problem, by name. */
  readonly groups: ReadonlyMap<string, GroupFigures>;
}

/** Sorted by name, so that the order of the problem's lists changes nothing. */
export function measurePools(problem: Problem): readonly PoolFigures[] {
  const pools = new Map<string, ProblemHost[]>();
  for (const host of problem.hosts) {
    const list = pools.get(host.pool);
    if (list) list.push(host);
    else pools.set(host.pool, [host]);
  }
  const vmsOn = new Map<string, ProblemVm[]>();
  for (const vm of problem.vms) {
    const list = vmsOn.get(vm.host);
    if (list) list.push(vm);
    else vmsOn.set(vm.host, [vm]);
  }
  const slots = slotsOf(problem);
  const groups = measureGroups(problem);
  return [...pools]
    .sort(([a], [b]) => compareNames(a, b))
    .map(([pool, hosts]) => measurePool({ problem, pool, hosts, vmsOn, slots, groups }));
}

function measureGroups({ groups, vms }: Problem): ReadonlyMap<string, GroupFigures> {
  const members = new Map(groups.map((group) => [group.id, new Set(group.members)]));
  for (const vm of vms) if (vm.group !== null) members.get(vm.group)?.add(vm.id);
  return new Map(
    groups.map(({ id, antiAffinity, minUp }) => [id, { id, antiAffinity, minUp, size: members.get(id)?.size ?? 0 }]),
  );
}

function measurePool(args: {
  readonly problem: Problem;
  readonly pool: string;
  readonly hosts: readonly ProblemHost[];
  readonly vmsOn: ReadonlyMap<string, readonly ProblemVm[]>;
  readonly slots: number;
  readonly groups: ReadonlyMap<string, GroupFigures>;
}): PoolFigures {
  const { problem, pool, vmsOn, slots, groups } = args;
  const hosts = [...args.hosts].sort((a, b) => compareNames(a.id, b.id));
  const pending: PendingHost[] = [];
  const rooms: Amount[] = [];
  const movable: ProblemVm[] = [];
  const allPinned: ProblemVm[] = [];
  const settled: ProblemVm[] = [];
  const reserve = problem.reserve[pool] ?? { cpu: 0, memory: 0 };
  const spare = { cpu: -reserve.cpu, memory: -reserve.memory };
  const capacity = { cpu: 0, memory: 0 };
  for (const host of hosts) {
    const vms: ProblemVm[] = [];
    const pinned: ProblemVm[] = [];
    const here = [...(vmsOn.get(host.id) ?? [])].sort((a, b) => compareNames(a.id, b.id));
    for (const vm of here) (vm.migratable ? vms : pinned).push(vm);
    const load = { cpu: sumOf(vms, "cpu"), memory: sumOf(vms, "memory") };
    const room = { cpu: roomOf(host, "cpu", pinned, load), memory: roomOf(host, "memory", pinned, load) };
    for (const one of resources) {
      spare[one] += room[one] - load[one];
      capacity[one] += host[one];
    }
    rooms.push(room);
    for (const vm of vms) movable.push(vm);
    for (const vm of pinned) allPinned.push(vm);
    if (host.patchSeconds === null) {
      for (const vm of vms) settled.push(vm);
      continue;
    }
    const evacuation = boundMachines(
      vms.map((vm) => vm.migrateSeconds),
      slots,
    );
    pending.push({ host, seconds: host.patchSeconds, evacuation, room, vms, pinned });
  }
  const firstEvacuation = firstOf(pending);
  return {
    reserve,
    pool,
    hosts,
    rooms,
    pending,
    movable,
    pinned: allPinned,
    settled,
    spare,
    capacity,
    firstEvacuation,
    groups,
  };
}

/**
 * C' of one host. An estate may start with a host that is already overfull; nothing may come onto it, but what is
 * there need not leave at once. So it never holds more than its start load, and all proofs go through with that.
 */
function roomOf(host: ProblemHost, resource: Resource, pinned: readonly ProblemVm[], load: Amount): number {
  return Math.max(host[resource] - sumOf(pinned, resource), load[resource]);
}

export function sumOf(vms: readonly ProblemVm[], resource: Resource): number {
  let sum = 0;
  for (const vm of vms) sum += vm[resource];
  return sum;
}

/** Seconds before the first of these hosts can be empty. */
export function firstOf(pending: readonly PendingHost[]): number {
  let first = Number.POSITIVE_INFINITY;
  for (const one of pending) first = Math.min(first, one.evacuation);
  return pending.length === 0 ? 0 : first;
}

/** Migrations that one host can take part in at once. With none at all nothing moves: see proveInfeasible. */
function slotsOf({ limits }: Problem): number {
  return Math.max(1, Math.min(limits.migrationsPerHost, limits.migrationsGlobal ?? limits.migrationsPerHost));
}

/** By code units: the same on every machine, whatever its language. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
