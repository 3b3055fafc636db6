import { z } from "zod";
import { Patch } from "./act.ts";
import { platformProducts } from "./products.ts";
import { estimateSources } from "./schedule.ts";

/** A yes, or a no with its reason. Capabilities are data: callers ask for them, never for a driver's name. */
export const Capability = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), why: z.string() }),
]);
export type Capability = z.infer<typeof Capability>;

/** Who gave the figures; missing: the driver, from the platform or its own experience. */
const estimateMore = { kind: z.enum(estimateSources).optional() };

/** What waits to be installed on a machine, and what that needs. */
export const Pending = z.object({
  patches: z.array(Patch),
  /** Does installing them need the machine to reboot? With the reason: the patch itself is asked first (rule R36). */
  reboot: z.object({ needed: z.boolean(), why: z.string() }),
  /** Estimates in seconds of the world's clock, and where they come from. */
  estimate: z.object({
    patchSeconds: z.number().nonnegative(),
    rebootSeconds: z.number().nonnegative(),
    source: z.string(),
    ...estimateMore,
    /** What nine of ten stay below, where the source knows. */
    p90: z.object({ patchSeconds: z.number().nonnegative(), rebootSeconds: z.number().nonnegative() }).optional(),
  }),
  /** How the patches can be taken back, until when, and what that loses; or why not. */
  backOut: z.discriminatedUnion("possible", [
    z.object({ possible: z.literal(true), method: z.string(), until: z.string(), loses: z.string() }),
    z.object({ possible: z.literal(false), why: z.string() }),
  ]),
});
export type Pending = z.infer<typeof Pending>;

/** Survey of one machine by its patcher. */
export const MachineFacts = z.object({
  machine: z.string(),
  /** Product and version as a person knows it, e.g. `Debian 12.11`, `XCP-ng 8.3 (simulated)`. */
  system: z.string(),
  pending: Pending,
  /** What else is at work on the machine right now (package lock held, another update running). */
  busyWith: z.array(z.string()),
  /** Who has taken it out of service (cordon, drained node), where the platform tells: it counts as down (rules R48, R66). */
  cordonedBy: z.string().nullable().optional(),
  /** A reboot that waits from before this plan; Windows may need two (rule R55). */
  rebootPending: z.boolean().optional(),
  /** Groups of which it is the primary right now, where somebody can tell; wins over the inventory. */
  primaryOf: z.array(z.string()).optional(),
});
export type MachineFacts = z.infer<typeof MachineFacts>;

export const HostFacts = z.object({
  host: z.string(),
  /** First to be patched in its pool, where the platform has such a role (rule R19). */
  poolMaster: z.boolean(),
  online: z.boolean(),
  /** Already in maintenance mode, and by whom if the platform tells: somebody else's work is respected. */
  maintenance: z.boolean(),
  maintenanceBy: z.string().nullable().optional(),
  memoryMiB: z.number().nonnegative(),
  cpus: z.number().nonnegative().nullable().optional(),
  /** Rack, room or fault domain, where the platform tells (rule R67). */
  domain: z.string().nullable().optional(),
});
export type HostFacts = z.infer<typeof HostFacts>;

export const VmFacts = z.object({
  vm: z.string(),
  host: z.string(),
  running: z.boolean(),
  memoryMiB: z.number().nonnegative(),
  cpus: z.number().nonnegative().nullable().optional(),
  os: z.string(),
  migratable: Capability,
  snapshotable: Capability,
  /** Names of snapshots that exist. */
  snapshots: z.array(z.string()),
});
export type VmFacts = z.infer<typeof VmFacts>;

/** What the rules want to be true before a run or before each host. The rule that asks has the words for people. */
export const checkNames = [
  "admission-control-off",
  "backups-done",
  "balanced-again",
  "ceph-healthy",
  "clock-in-sync",
  "clustered-roles-healthy",
  "deployments-disabled",
  "disks-healthy",
  "evacuation-possible",
  "evc-on",
  "failover-done",
  "heal-entries-zero",
  "module-builds",
  "ncc-passes",
  "no-cd-inserted",
  "no-fault-tolerance",
  "no-mirror-rebuild",
  "no-reboot-pending",
  "no-resync",
  "no-tasks",
  "node-drained",
  "recovery-told",
  "same-build",
  "shards-allocated",
  "transport-drained",
] as const;
export type CheckName = (typeof checkNames)[number];

/** What a hypervisor driver discovers about one pool. */
export const PoolFacts = z.object({
  pool: z.string(),
  /** e.g. `XCP-ng 8.3` */
  platform: z.string(),
  /** Platform family for the scope of rules, e.g. `xapi`, `vsphere`. Data from the driver, never compared with driver ids. */
  family: z.string(),
  /** Which product of the family, and its version; null or missing: nobody told, so every one is possible. */
  product: z.enum(platformProducts).nullable().optional(),
  version: z.string().nullable().optional(),
  /** Answers to the checks of the rules; a check without an answer is put to people. */
  checks: z.array(z.object({ name: z.enum(checkNames), ok: z.boolean(), why: z.string() })).optional(),
  simulated: z.boolean(),
  /** Seconds of the world's clock per second of ours; 1 everywhere but in a simulation. */
  clockRate: z.number().positive(),
  capabilities: z.object({
    liveMigration: Capability,
    maintenance: Capability,
    snapshot: Capability,
  }),
  /** Switches that must be off during the run, with their state now. */
  switches: z.array(
    z.object({ name: z.string(), on: z.boolean(), offDuringRun: z.boolean(), why: z.string(), rule: z.string() }),
  ),
  /** Somebody else's tasks in the pool right now. */
  busyWith: z.array(z.string()),
  estimate: z.object({
    migrateSeconds: z.number().nonnegative(),
    /** Pause a VM sees when it is migrated live. */
    migratePauseSeconds: z.number().nonnegative(),
    startVmSeconds: z.number().nonnegative(),
    source: z.string(),
    ...estimateMore,
    p90: z.object({ migrateSeconds: z.number().nonnegative() }).optional(),
  }),
  hosts: z.array(HostFacts),
  vms: z.array(VmFacts),
});
export type PoolFacts = z.infer<typeof PoolFacts>;

/** A machine or pool that did not answer, or answered nonsense. */
export interface Unread {
  readonly where: string;
  readonly code: string;
  readonly message: string;
  readonly next: string;
}

/** Everything the planner knows about a cluster at one moment. */
export interface ClusterFacts {
  readonly cluster: string;
  /** ISO time of the reading. */
  readonly readAt: string;
  /** True when every driver of the cluster is a simulated one; real and simulated are never mixed. */
  readonly simulated: boolean;
  readonly pools: readonly PoolFacts[];
  readonly machines: readonly MachineFacts[];
  readonly unread: readonly Unread[];
}
