import type { Act, ActKind } from "../domain/act.ts";
import { PatchError } from "../domain/errors.ts";
import type { ClusterFacts, MachineFacts, PoolFacts, Unread } from "../domain/facts.ts";
import type { Cluster } from "../domain/inventory.ts";
import { isSimulated } from "./check-drivers.ts";
import { hypervisors } from "./hypervisor/registry.ts";
import type { HypervisorConnection } from "./hypervisor/types.ts";
import type { Operation } from "./operation.ts";
import { patchers } from "./patcher/registry.ts";
import type { PatcherConnection } from "./patcher/types.ts";
import { transports } from "./transport/registry.ts";
import type { Transport } from "./transport/types.ts";

/** Machines surveyed at the same time: enough to be quick, few enough for a small jump host. */
const surveysAtOnce = 8;

/** All drivers of all clusters behind one door: connects on demand, keeps connections, closes them. */
export interface Fleet {
  /** True when nothing of the cluster is real. */
  simulated(cluster: Cluster): boolean;
  /** Reads pools and machines. What cannot be read is in `unread`, with what to do; it never throws for that. */
  gather(name: string, cluster: Cluster, signal: AbortSignal): Promise<ClusterFacts>;
  operation<K extends ActKind>(name: string, cluster: Cluster, act: Extract<Act, { do: K }>): Operation<K> | null;
  close(): Promise<void>;
}

export function openFleet(now: () => number): Fleet {
  const pools = new Map<string, HypervisorConnection>();
  const machines = new Map<string, { readonly patcher: PatcherConnection; readonly transport: Transport | null }>();

  const poolOf = (name: string, cluster: Cluster, pool: string): HypervisorConnection | null => {
    const key = `${name}/${pool}`;
    const known = pools.get(key);
    const entry = cluster.pools[pool];
    const driver = entry && hypervisors.get(entry.driver);
    if (known || !entry || !driver) return known ?? null;
    const connection = driver.connect({ pool, config: driver.configSchema.parse(entry.config) });
    pools.set(key, connection);
    return connection;
  };

  const machineOf = (name: string, cluster: Cluster, machine: string): PatcherConnection | null => {
    const key = `${name}/${machine}`;
    const known = machines.get(key);
    const entry = cluster.hosts[machine] ?? cluster.vms[machine];
    const driver = entry?.patcher && patchers.get(entry.patcher.driver);
    if (known || !entry?.patcher || !driver) return known?.patcher ?? null;
    const way = entry.transport && transports.get(entry.transport.driver);
    const transport = way ? way.connect({ machine, config: way.configSchema.parse(entry.transport) }) : null;
    const config = driver.configSchema.parse(entry.patcher);
    const patcher = driver.connect({ machine, config, transport, healthChecks: entry.health });
    machines.set(key, { patcher, transport });
    return patcher;
  };

  return {
    simulated: isSimulated,
    async gather(name, cluster, signal) {
      const unread: Unread[] = [];
      const read = async <T>(where: string, work: (() => Promise<T>) | undefined): Promise<readonly T[]> => {
        try {
          return work ? [await work()] : [];
        } catch (error) {
          unread.push(gap(where, error));
          return [];
        }
      };
      const poolNames = Object.keys(cluster.pools).sort();
      const machineNames = [...Object.entries(cluster.hosts), ...Object.entries(cluster.vms)]
        .filter(([, machine]) => machine.patcher)
        .map(([machine]) => machine)
        .sort();
      const poolFacts: PoolFacts[] = await some(poolNames, (pool) =>
        read(pool, bind(poolOf(name, cluster, pool)?.discover, signal)),
      );
      const machineFacts: MachineFacts[] = await some(machineNames, (machine) =>
        read(machine, bind(machineOf(name, cluster, machine)?.survey, signal)),
      );
      return {
        cluster: name,
        readAt: new Date(now()).toISOString(),
        simulated: isSimulated(cluster),
        pools: poolFacts,
        machines: machineFacts,
        unread,
      };
    },
    operation<K extends ActKind>(name: string, cluster: Cluster, act: Extract<Act, { do: K }>): Operation<K> | null {
      const connection = "machine" in act ? machineOf(name, cluster, act.machine) : poolOf(name, cluster, act.pool);
      return connection?.operations[act.do as K] ?? null;
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
      await Promise.all([...machines.values()].map(({ patcher }) => patcher.close()));
      await Promise.all([...machines.values()].map(({ transport }) => transport?.close()));
    },
  };
}

function bind<T>(
  read: ((signal: AbortSignal) => Promise<T>) | undefined,
  signal: AbortSignal,
): (() => Promise<T>) | undefined {
  return read && (() => read(signal));
}

/** A failure of a driver as a gap in the facts. A bug is not a gap. */
function gap(where: string, error: unknown): Unread {
  if (!(error instanceof PatchError)) throw error;
  return { where, code: error.code, message: error.message, next: error.next };
}

/** Runs `work` for all items, a few at a time, and flattens the answers in the items' order. */
async function some<I, T>(items: readonly I[], work: (item: I) => Promise<readonly T[]>): Promise<T[]> {
  const answers: (readonly T[])[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const i = next;
      next += 1;
      const item = items[i];
      if (item !== undefined) answers[i] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(surveysAtOnce, items.length) }, lane));
  return answers.flat();
}
