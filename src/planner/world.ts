import type { ClusterFacts, HostFacts, MachineFacts, PoolFacts, VmFacts } from "../domain/facts.ts";
import type { Cluster, Group, GroupKind, Host, Vm } from "../domain/inventory.ts";

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

export type WorldGroup = Group & { readonly name: string; readonly need: number };

/** Inventory and facts of one cluster joined by name; every list sorted, so that plans are deterministic. */
export interface World {
  readonly name: string;
  readonly cluster: Cluster;
  readonly facts: ClusterFacts;
  readonly pools: readonly PoolFacts[];
  readonly hosts: readonly WorldHost[];
  readonly vms: readonly WorldVm[];
  readonly groups: readonly WorldGroup[];
}

/** Joins what people wrote with what drivers read. Machines the drivers could not read stay in, with nulls. */
export function readWorld(name: string, cluster: Cluster, given: ClusterFacts): World {
  const facts = inOrder(given);
  const { pools } = facts;
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
    groups: sortedEntries(withLooseControllers(cluster)).map(([groupName, group]) => ({
      ...group,
      members: [...group.members].sort(compareNames),
      name: groupName,
      need: Math.max(group.minUp ?? leastUp(group), controllersUp(group)),
    })),
  };
}

/** The same facts with every list in one order: drivers answer in any, and the digest must not depend on it. */
function inOrder(facts: ClusterFacts): ClusterFacts {
  return {
    ...facts,
    pools: byName(facts.pools, (pool) => pool.pool).map((pool) => ({
      ...pool,
      switches: byName(pool.switches, (one) => one.name),
      busyWith: byName(pool.busyWith, (task) => task),
      hosts: byName(pool.hosts, (host) => host.host),
      vms: byName(pool.vms, (vm) => vm.vm),
    })),
    machines: byName(facts.machines, (machine) => machine.machine).map((machine) => ({
      ...machine,
      busyWith: byName(machine.busyWith, (task) => task),
      pending: { ...machine.pending, patches: byName(machine.pending.patches, (one) => `${one.name} ${one.from}`) },
    })),
    unread: byName(facts.unread, (gap) => `${gap.where} ${gap.code} ${gap.message}`),
  };
}

/** Does the plan reboot this machine? Its patches ask for it, and the policy allows it. */
export function willReboot(world: World, machine: MachineFacts | null): boolean {
  return machine?.pending.reboot.needed === true && world.cluster.policy.reboots === "when-needed";
}

/** Domain controllers that nobody put in a group may well serve one domain: never together (rule R58). */
function withLooseControllers({ groups, vms }: Cluster): Cluster["groups"] {
  const grouped = new Set(
    Object.values(groups)
      .filter(({ kind }) => kind === "domain-controllers")
      .flatMap(({ members }) => members),
  );
  const members = Object.keys(vms).filter(
    (name) => vms[name]?.roles.includes("domain-controller") && !grouped.has(name),
  );
  if (members.length < 2) return groups;
  return { ...groups, "domain controllers without a group": { kind: "domain-controllers", members, remote: [] } };
}

/** Kinds that vote: the majority must stay up (rules R62, R64, R65, R66). */
const voting: readonly GroupKind[] = ["quorum", "mongodb", "rabbitmq", "etcd"];
/** Kinds that can spare one member, however many they have (rules R59, R60, R61, R63). */
const oneAway: readonly GroupKind[] = [
  "sql-availability-group",
  "sql-failover-cluster",
  "exchange-dag",
  "elasticsearch",
];

function leastUp({ kind, members }: Group): number {
  if (voting.includes(kind)) return Math.floor(members.length / 2) + 1;
  return oneAway.includes(kind) ? members.length - 1 : 1;
}

/** Domain controllers are never down two at once, whatever minUp says (rule R58). */
function controllersUp({ kind, members }: Group): number {
  return kind === "domain-controllers" ? members.length - 1 : 0;
}

/** Is a machine out of service already: off, offline, in somebody's maintenance, or cordoned (rules R48, R66)? */
export function isDown(world: World, machine: string): boolean {
  if (world.facts.machines.some((one) => one.machine === machine && one.cordonedBy)) return true;
  const vm = world.vms.find((candidate) => candidate.name === machine);
  if (vm?.seen) return !vm.seen.running;
  const host = world.hosts.find((candidate) => candidate.name === machine);
  return host?.seen ? !host.seen.online || host.seen.maintenance : false;
}

function sortedEntries<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).sort(([a], [b]) => compareNames(a, b));
}

function byName<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  return [...items].sort((a, b) => compareNames(nameOf(a), nameOf(b)));
}

/**
 * `xen-2` before `xen-10`: numbers inside names count as numbers. The same on every machine: no locale.
 * Zero only for equal names: `xen-01` and `xen-1` are two machines.
 */
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
  return left.length - right.length || (a < b ? -1 : a > b ? 1 : 0);
}
