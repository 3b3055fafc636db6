import type { Patch } from "../../src/domain/act.ts";
import type {
  Capability,
  ClusterFacts,
  HostFacts,
  MachineFacts,
  Pending,
  PoolFacts,
  VmFacts,
} from "../../src/domain/facts.ts";
import { Cluster } from "../../src/domain/inventory.ts";

/** Inventory and facts of one invented cluster: all the planner needs. */
export interface Scene {
  readonly cluster: Cluster;
  readonly facts: ClusterFacts;
}

export interface PatchState {
  /** Pending packages, by name or with more about them. Default: one. */
  readonly patches?: readonly (string | (Partial<Patch> & { readonly name: string }))[];
  readonly reboot?: boolean;
  readonly backOut?: boolean;
  /** False: no patcher, so no facts about it. */
  readonly patcher?: boolean;
  readonly busyWith?: readonly string[];
  readonly dependsOn?: readonly string[];
  /** Software by name, or with its version and what it serves. */
  readonly runs?: readonly (string | { product: string; version?: string; serves?: readonly string[] })[];
  readonly cordonedBy?: string;
  readonly rebootPending?: boolean;
  readonly primaryOf?: readonly string[];
}

export interface HostSketch extends PatchState {
  readonly gib?: number;
  readonly master?: boolean;
  readonly online?: boolean;
  readonly maintenance?: boolean;
  readonly maintenanceBy?: string;
  readonly domain?: string;
}

export interface VmSketch extends PatchState {
  readonly on: string;
  readonly gib?: number;
  readonly running?: boolean;
  readonly stuck?: boolean;
  readonly snapshot?: boolean;
  readonly roles?: readonly string[];
  readonly manages?: string;
  readonly os?: string;
}

export interface PoolSketch {
  readonly family?: string;
  readonly liveMigration?: boolean;
  readonly snapshots?: boolean;
  readonly busyWith?: readonly string[];
  /** Switches that must be off during the run. */
  readonly switches?: readonly string[];
  readonly product?: PoolFacts["product"];
  readonly version?: string;
  readonly checks?: PoolFacts["checks"];
  readonly storage?: Readonly<Record<string, unknown>>;
  readonly vcfDomain?: "management" | "workload";
  readonly hosts: Readonly<Record<string, HostSketch>>;
  readonly vms?: Readonly<Record<string, VmSketch>>;
}

export interface Sketch {
  readonly pools?: Readonly<Record<string, PoolSketch>>;
  /** Hosts without a hypervisor. */
  readonly bare?: Readonly<Record<string, HostSketch>>;
  readonly groups?: Readonly<
    Record<
      string,
      { kind: string; members: readonly string[]; minUp?: number; primary?: string; remote?: readonly string[] }
    >
  >;
  readonly policy?: Readonly<Record<string, unknown>>;
}

const yesOr = (ok: boolean, why: string): Capability => (ok ? { ok: true } : { ok: false, why });

export function patch(name: string, more: Partial<Patch> = {}): Patch {
  return { name, from: "1.0", to: "1.1", kind: "security", source: "test", oldAvailable: true, ...more };
}

export function pending(state: PatchState = {}): Pending {
  const { patches = ["openssl"], reboot = patches.length > 0, backOut = true } = state;
  return {
    patches: patches.map((one) => (typeof one === "string" ? patch(one) : patch(one.name, one))),
    reboot: { needed: reboot, why: reboot ? "new kernel" : "no kernel among the patches" },
    estimate: { patchSeconds: 100, rebootSeconds: 200, source: "test" },
    backOut: backOut
      ? { possible: true, method: "old packages again", until: "the mirror drops them", loses: "nothing" }
      : { possible: false, why: "no way back" },
  };
}

export function machineFacts(machine: string, state: PatchState = {}): MachineFacts {
  const { busyWith = [], cordonedBy, rebootPending, primaryOf } = state;
  return {
    machine,
    system: "Test OS 1",
    pending: pending(state),
    busyWith: [...busyWith],
    ...(cordonedBy === undefined ? {} : { cordonedBy }),
    ...(rebootPending === undefined ? {} : { rebootPending }),
    ...(primaryOf === undefined ? {} : { primaryOf: [...primaryOf] }),
  };
}

function vmFacts(vm: string, sketch: VmSketch): VmFacts {
  const { on, gib = 4, running = true, stuck = false, snapshot = true } = sketch;
  return {
    vm,
    host: on,
    running,
    memoryMiB: gib * 1024,
    os: sketch.os ?? "Test OS 1",
    migratable: yesOr(!stuck, "a GPU is passed through"),
    snapshotable: yesOr(snapshot, "it is a member of a quorum"),
    snapshots: [],
  };
}

function hostFacts(host: string, sketch: HostSketch): HostFacts {
  const { gib = 64, master = false, online = true, maintenance = false, maintenanceBy, domain } = sketch;
  return {
    host,
    poolMaster: master,
    online,
    maintenance,
    ...(maintenanceBy === undefined ? {} : { maintenanceBy }),
    memoryMiB: gib * 1024,
    ...(domain === undefined ? {} : { domain }),
  };
}

function poolFacts(pool: string, sketch: PoolSketch): PoolFacts {
  const { family = "xapi", liveMigration = true, snapshots = true, hosts, vms = {} } = sketch;
  return {
    pool,
    platform: `Test ${family}`,
    family,
    ...(sketch.product === undefined ? {} : { product: sketch.product }),
    ...(sketch.version === undefined ? {} : { version: sketch.version }),
    ...(sketch.checks === undefined ? {} : { checks: sketch.checks }),
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
    hosts: Object.entries(hosts).map(([host, one]) => hostFacts(host, one)),
    vms: Object.entries(vms).map(([vm, one]) => vmFacts(vm, one)),
  };
}

const patcher = { driver: "test" };

function reach({ patcher: has = true, dependsOn = [], runs = [] }: PatchState) {
  const products = runs.map((one) => (typeof one === "string" ? { product: one } : one));
  return { dependsOn, ...(has ? { patcher } : {}), ...(products.length > 0 ? { runs: products } : {}) };
}

function poolOf({ storage, vcfDomain }: PoolSketch) {
  return { driver: "test", ...(storage ? { storage } : {}), ...(vcfDomain ? { domain: vcfDomain } : {}) };
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
      pools: Object.fromEntries(Object.entries(pools).map(([name, one]) => [name, poolOf(one)])),
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
