import type { PoolFacts } from "../../domain/facts.ts";
import { faultsOn, freeMiB, hostOf, isUp, poolOf } from "../read.ts";
import type { Truth } from "../truth.ts";
import { canMigrate } from "./capabilities.ts";

type HostView = PoolFacts["hosts"][number] & { freeMiB: number; agentStartedAt: string };
export type PoolView = Omit<PoolFacts, "hosts"> & { now: string; hosts: HostView[] };

const yes = { ok: true } as const;

/** What the pool's interface tells. */
export function poolView(truth: Truth, name: string, rate: number): PoolView {
  const pool = poolOf(truth, name);
  const of = <T extends { pool: string }>(record: Record<string, T>) =>
    Object.entries(record).filter(([, each]) => each.pool === name);
  return {
    pool: name,
    platform: pool.platform,
    family: pool.family,
    simulated: true,
    now: new Date(truth.now).toISOString(),
    clockRate: rate,
    capabilities: { liveMigration: yes, maintenance: yes, snapshot: yes },
    switches: pool.switches,
    busyWith: faultsOn(truth, "busy", name).flatMap(({ what }) => (what.kind === "busy" ? [what.with] : [])),
    estimate: {
      migrateSeconds: pool.migrateSeconds,
      migratePauseSeconds: pool.migratePauseSeconds,
      startVmSeconds: pool.startVmSeconds,
      source: "the simulator's own settings",
    },
    hosts: of(truth.hosts).map(([host, each]) => ({
      host,
      poolMaster: each.poolMaster,
      online: isUp(each),
      maintenance: each.maintenance,
      memoryMiB: each.memoryMiB,
      freeMiB: freeMiB(truth, host),
      agentStartedAt: new Date(each.bootedAt).toISOString(),
    })),
    vms: of(truth.vms).map(([vm, each]) => ({
      vm,
      host: each.host,
      running: each.power === "on" && isUp(hostOf(truth, each.host)),
      memoryMiB: each.memoryMiB,
      os: each.system,
      migratable: canMigrate(truth, vm),
      snapshotable: each.snapshotable,
      snapshots: each.snapshots.map((snapshot) => snapshot.name),
    })),
  };
}
