import type { ClusterFacts, HostFacts, MachineFacts, PoolFacts, VmFacts } from "../domain/facts.ts";
import type { Cluster, Group, Host, Vm } from "../domain/inventory.ts";

export interface WorldHost {
  readonly name: string;
  readonly host: Host;
  readonly pool: PoolFacts | null;
  readonly seen: HostFacts | null;
  readonly machine: MachineFacts | null;
}

export interface WorldVm {
  readonly name: string;
  readonly vm: Vm;
  readonly pool: PoolFacts | null;
  readonly seen: VmFacts | null;
  readonly machine: MachineFacts | null;
}

/** Inventory and facts of one cluster joined by name; every list sorted, so that plans are deterministic. */
export interface World {
  readonly name: string;
  readonly cluster: Cluster;
  readonly facts: ClusterFacts;
  readonly pools: readonly PoolFacts[];
  readonly hosts: readonly WorldHost[];
  readonly vms: readonly WorldVm[];
  readonly groups: readonly (Group & { readonly name: string; readonly need: number })[];
}

/** Joins what people wrote with what drivers read. Machines the drivers could not read stay in, with nulls. */
export function readWorld(name: string, cluster: Cluster, facts: ClusterFacts): World {
  const pools = byName(facts.pools, (pool) => pool.pool);
  const machines = new Map(facts.machines.map((machine) => [machine.machine, machine]));
  return {
    name,
    cluster,
    facts,
    pools,
    hosts: sortedEntries(cluster.hosts).map(([hostName, host]) => {
      const pool = pools.find((candidate) => candidate.pool === host.pool) ?? null;
      const seen = pool?.hosts.find((candidate) => candidate.host === hostName) ?? null;
      return { name: hostName, host, pool, seen, machine: machines.get(hostName) ?? null };
    }),
    vms: sortedEntries(cluster.vms).map(([vmName, vm]) => {
      const pool = pools.find((candidate) => candidate.pool === vm.pool) ?? null;
      const seen = pool?.vms.find((candidate) => candidate.vm === vmName) ?? null;
      return { name: vmName, vm, pool, seen, machine: machines.get(vmName) ?? null };
    }),
    groups: sortedEntries(cluster.groups).map(([groupName, group]) => ({
      ...group,
      name: groupName,
      need: group.minUp ?? leastUp(group),
    })),
  };
}

/** Members that must stay up: a majority of a quorum (rule R66), one of anything else. */
function leastUp(group: Group): number {
  return group.kind === "quorum" ? Math.floor(group.members.length / 2) + 1 : 1;
}

function sortedEntries<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).sort(([a], [b]) => compareNames(a, b));
}

function byName<T>(items: readonly T[], nameOf: (item: T) => string): readonly T[] {
  return [...items].sort((a, b) => compareNames(nameOf(a), nameOf(b)));
}

/** `xen-2` before `xen-10`: numbers inside names count as numbers. The same on every machine: no locale. */
export function compareNames(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const x = left[i] ?? "";
    const y = right[i] ?? "";
    const bothNumbers = /^\d/.test(x) && /^\d/.test(y);
    if (bothNumbers && Number(x) !== Number(y)) return Number(x) - Number(y);
    if (!bothNumbers && x !== y) return x < y ? -1 : 1;
  }
  return left.length - right.length;
}
