import type { ClusterFacts, HostFacts, MachineFacts, PoolFacts, VmFacts } from "../../../domain/facts.ts";
import type { Cluster } from "../../../domain/inventory.ts";

/** What inventory and facts say, by name. */
export interface Known {
  readonly cluster: Cluster;
  readonly facts: ClusterFacts;
  readonly pools: ReadonlyMap<string, PoolFacts>;
  /** Hosts and VMs as their pool tells; those without a hypervisor are not in it. */
  readonly hosts: ReadonlyMap<string, { readonly pool: PoolFacts; readonly seen: HostFacts }>;
  readonly vms: ReadonlyMap<string, { readonly pool: PoolFacts; readonly seen: VmFacts }>;
  /** Pools whose CPUs are a limit: all figures are known, and no host has given out more than it has. */
  readonly countsCpus: ReadonlySet<string>;
  /** Surveys of the patchers. */
  readonly machines: ReadonlyMap<string, MachineFacts>;
}

export function readKnown(cluster: Cluster, facts: ClusterFacts): Known {
  const { pools } = facts;
  return {
    cluster,
    facts,
    pools: new Map(pools.map((pool) => [pool.pool, pool])),
    hosts: new Map(pools.flatMap((pool) => pool.hosts.map((seen) => [seen.host, { pool, seen }] as const))),
    vms: new Map(pools.flatMap((pool) => pool.vms.map((seen) => [seen.vm, { pool, seen }] as const))),
    countsCpus: new Set(pools.filter(countsCpus).map(({ pool }) => pool)),
    machines: new Map(facts.machines.map((machine) => [machine.machine, machine])),
  };
}

/** vCPUs are shared between VMs nearly everywhere; a pool that does so already lives with it. */
function countsCpus({ hosts, vms }: PoolFacts): boolean {
  const given = new Map<string, number>();
  for (const { host, running, cpus } of vms)
    if (running) given.set(host, (given.get(host) ?? 0) + (cpus ?? Number.POSITIVE_INFINITY));
  return hosts.every(({ host, cpus }) => cpus !== null && cpus !== undefined && (given.get(host) ?? 0) <= cpus);
}

/** Is it a machine of the inventory? Own keys only: "constructor" is no machine. */
export function inInventory({ cluster }: Known, machine: string): boolean {
  return Object.hasOwn(cluster.hosts, machine) || Object.hasOwn(cluster.vms, machine);
}

/** Has a VM this role, as the inventory says? A VM that only the platform knows has none. */
export function hasRole({ cluster }: Known, vm: string, role: Cluster["vms"][string]["roles"][number]): boolean {
  return Object.hasOwn(cluster.vms, vm) && cluster.vms[vm]?.roles.includes(role) === true;
}

/** The same text for the same value, whatever the order of its keys. Plain loops: it reads the whole of large plans. */
export function sameText(value: unknown): string {
  if (value === undefined || value === null) return "null";
  if (typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) {
    let list = "";
    for (const item of value) list += list === "" ? sameText(item) : `,${sameText(item)}`;
    return `[${list}]`;
  }
  const record = value as Readonly<Record<string, unknown>>;
  let text = "";
  for (const key of Object.keys(record).sort())
    text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${sameText(record[key])}`;
  return `{${text}}`;
}
