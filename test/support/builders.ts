import type { Patch } from "../../src/domain/act.ts";
import type { Capability, ClusterFacts, MachineFacts, Pending, PoolFacts, VmFacts } from "../../src/domain/facts.ts";
import { Cluster } from "../../src/domain/inventory.ts";

/** Inventory and facts of one invented cluster: all the planner needs. */
export interface Scene {
  readonly cluster: Cluster;
  readonly facts: ClusterFacts;
}

export interface PatchState {
  /** Names of pending packages. Default: one. */
  readonly patches?: readonly string[];
  readonly reboot?: boolean;
  readonly backOut?: boolean;
  /** False: no patcher, so no facts about it. */
  readonly patcher?: boolean;
  readonly busyWith?: readonly string[];
  readonly dependsOn?: readonly string[];
}

export interface HostSketch extends PatchState {
  readonly gib?: number;
  readonly master?: boolean;
  readonly online?: boolean;
  readonly maintenance?: boolean;
}

export interface VmSketch extends PatchState {
  readonly on: string;
  readonly gib?: number;
  readonly running?: boolean;
  readonly stuck?: boolean;
  readonly snapshot?: boolean;
  readonly roles?: readonly string[];
  readonly manages?: string;
}

export interface PoolSketch {
  readonly family?: string;
  readonly liveMigration?: boolean;
  readonly snapshots?: boolean;
  readonly busyWith?: readonly string[];
  /** Switches that must be off during the run. */
  readonly switches?: readonly string[];
  readonly hosts: Readonly<Record<string, HostSketch>>;
  readonly vms?: Readonly<Record<string, VmSketch>>;
}

export interface Sketch {
  readonly pools?: Readonly<Record<string, PoolSketch>>;
  /** Hosts without a hypervisor. */
  readonly bare?: Readonly<Record<string, HostSketch>>;
  readonly groups?: Readonly<Record<string, { kind: string; members: readonly string[]; minUp?: number }>>;
  readonly policy?: Readonly<Record<string, unknown>>;
}

const yesOr = (ok: boolean, why: string): Capability => (ok ? { ok: true } : { ok: false, why });

export function patch(name: string, more: Partial<Patch> = {}): Patch {
  return { name, from: "1.0", to: "1.1", kind: "security", source: "test", oldAvailable: true, ...more };
}

export function pending(state: PatchState = {}): Pending {
  const { patches = ["openssl"], reboot = patches.length > 0, backOut = true } = state;
  return {
    patches: patches.map((name) => patch(name)),
    reboot: { needed: reboot, why: reboot ? "new kernel" : "no kernel among the patches" },
    estimate: { patchSeconds: 100, rebootSeconds: 200, source: "test" },
    backOut: backOut
      ? { possible: true, method: "old packages again", until: "the mirror drops them", loses: "nothing" }
      : { possible: false, why: "no way back" },
  };
}

export function machineFacts(machine: string, state: PatchState = {}): MachineFacts {
  return { machine, system: "Test OS 1", pending: pending(state), busyWith: [...(state.busyWith ?? [])] };
}

function vmFacts(vm: string, sketch: VmSketch): VmFacts {
  const { on, gib = 4, running = true, stuck = false, snapshot = true } = sketch;
  return {
    vm,
    host: on,
    running,
    memoryMiB: gib * 1024,
    os: "Test OS 1",
    migratable: yesOr(!stuck, "a GPU is passed through"),
    snapshotable: yesOr(snapshot, "it is a member of a quorum"),
    snapshots: [],
  };
}

function poolFacts(pool: string, sketch: PoolSketch): PoolFacts {
  const { family = "xapi", liveMigration = true, snapshots = true, hosts, vms = {} } = sketch;
  return {
    pool,
    platform: `Test ${family}`,
    family,
    simulated: false,
    clockRate: 1,
    capabilities: {
      liveMigration: yesOr(liveMigration, "no shared storage"),
      maintenance: { ok: true },
      snapshot: yesOr(snapshots, "the storage cannot"),
    },
    switches: (sketch.switches ?? []).map((name) => ({
      name,
      on: true,
      offDuringRun: true,
      why: "it fences",
      rule: "R20",
    })),
    busyWith: [...(sketch.busyWith ?? [])],
    estimate: { migrateSeconds: 60, migratePauseSeconds: 2, startVmSeconds: 40, source: "test" },
    hosts: Object.entries(hosts).map(([host, { gib = 64, master = false, online = true, maintenance = false }]) => ({
      host,
      poolMaster: master,
      online,
      maintenance,
      memoryMiB: gib * 1024,
    })),
    vms: Object.entries(vms).map(([vm, one]) => vmFacts(vm, one)),
  };
}

const patcher = { driver: "test" };

function reach({ patcher: has = true, dependsOn = [] }: PatchState) {
  return { dependsOn, ...(has ? { patcher } : {}) };
}

/** Builds a cluster from a sketch. Defaults: 64 GiB hosts, 4 GiB VMs, one patch that needs a reboot on everything. */
export function scene(sketch: Sketch): Scene {
  const { pools = {}, bare = {}, groups = {}, policy = {} } = sketch;
  const hosts = Object.entries(pools).flatMap(([pool, one]) =>
    Object.entries(one.hosts).map(([name, host]) => [name, { pool, ...reach(host) }] as const),
  );
  const vms = Object.entries(pools).flatMap(([pool, one]) =>
    Object.entries(one.vms ?? {}).map(([name, vm]) => {
      const { roles = [], manages } = vm;
      return [name, { pool, roles, ...(manages ? { manages } : {}), ...reach(vm) }] as const;
    }),
  );
  const machines = [
    ...Object.entries(bare),
    ...Object.values(pools).flatMap((one) => [...Object.entries(one.hosts), ...Object.entries(one.vms ?? {})]),
  ];
  return {
    cluster: Cluster.parse({
      policy: { operators: "ops", approvers: "ops", ...policy },
      pools: Object.fromEntries(Object.keys(pools).map((name) => [name, { driver: "test" }])),
      hosts: Object.fromEntries([
        ...hosts,
        ...Object.entries(bare).map(([name, host]) => [name, reach(host)] as const),
      ]),
      vms: Object.fromEntries(vms),
      groups,
    }),
    facts: {
      cluster: "c",
      readAt: "2026-11-22T00:00:00.000Z",
      simulated: true,
      pools: Object.entries(pools).map(([name, one]) => poolFacts(name, one)),
      machines: machines.filter(([, { patcher: has = true }]) => has).map(([name, state]) => machineFacts(name, state)),
      unread: [],
    },
  };
}
