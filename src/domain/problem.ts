/**
 * The rolling-patch problem (planning.md 2.1): hosts in pools, VMs on hosts, every pending host patched once
 * while no movable VM is on it. What real estates add to the reference problem has a value that means "no limit".
 * Times are whole seconds, sizes whole units (vCPUs, MiB).
 */
export interface ProblemHost {
  readonly id: string;
  readonly pool: string;
  /** Rack, room or fault domain; null when unknown. */
  readonly domain: string | null;
  readonly cpu: number;
  readonly memory: number;
  /** Seconds that the host is out of service, empty of movable VMs; null when it needs no emptying. */
  readonly patchSeconds: number | null;
  /** Seconds of a patch that goes in beside running VMs; 0 when there is none. */
  readonly inPlaceSeconds: number;
}

export interface ProblemVm {
  readonly id: string;
  /** Where it runs at time 0. */
  readonly host: string;
  readonly cpu: number;
  readonly memory: number;
  /** False: never moves, is down while its host is patched, keeps its share of the host. */
  readonly migratable: boolean;
  /** Seconds of one live migration. */
  readonly migrateSeconds: number;
  /** Milliseconds that the guest stands still in one live migration. */
  readonly pauseMs: number;
  readonly group: string | null;
}

export interface ProblemGroup {
  readonly id: string;
  /** Never two members on one host. */
  readonly antiAffinity: boolean;
  /** Members that must be up at any instant. */
  readonly minUp: number;
  readonly members: readonly string[];
}

export interface ProblemLimits {
  /** Migrations that touch one host at once, in and out together. */
  readonly migrationsPerHost: number;
  /** Migrations at once in the whole problem; null: no limit. */
  readonly migrationsGlobal: number | null;
  /** Hosts of one pool in patch at once; null: no limit. */
  readonly maintenancePerPool: number | null;
  /** Hosts of one domain in patch at once; null: no limit. */
  readonly maintenancePerDomain: number | null;
}

export interface Problem {
  readonly hosts: readonly ProblemHost[];
  readonly vms: readonly ProblemVm[];
  readonly groups: readonly ProblemGroup[];
  readonly limits: ProblemLimits;
  /** Host pairs: the patch of the second starts when that of the first has ended. */
  readonly precedes: readonly (readonly [before: string, after: string])[];
  /** Pools whose VMs never move from a patched host to one that still waits for its patch (R22, R26, R29). */
  readonly newerOnly: readonly string[];
  /** Room that must stay free on the hosts in service at any instant, by pool (N+1). */
  readonly reserve: Readonly<Record<string, { readonly cpu: number; readonly memory: number }>>;
}

export interface MigrateAction {
  readonly type: "migrate";
  readonly vm: string;
  readonly src: string;
  readonly dst: string;
  readonly start: number;
  readonly end: number;
}

export interface PatchAction {
  readonly type: "patch";
  readonly host: string;
  readonly start: number;
  readonly end: number;
}

/** One entry of a solution; half-open intervals [start, end) in seconds from 0. */
export type ProblemAction = MigrateAction | PatchAction;
