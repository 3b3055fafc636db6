import { z } from "zod";

/**
 * `rolling-patch-instance/1` (planning.md 2.2): the form in which a rolling-patch problem is put into a file.
 * Only the fields a plan needs are kept; provenance, dirty rates, guest patches and NUMA places are dropped.
 */
export const instanceFormat = "rolling-patch-instance/1";

const Id = z.string().min(1, "must not be empty; give it a name");
const Whole = z.int().min(0);

/** A limit that is unknown to us would be broken without a word: it is refused. */
export const InstanceLimits = z.strictObject({
  migrationsPerHost: z.int().min(1),
  migrationsGlobal: z.int().min(1).nullish(),
  maintenancePerPool: z.int().min(1).nullish(),
});
export type InstanceLimits = z.infer<typeof InstanceLimits>;

export const InstanceHost = z.object({
  id: Id,
  pool: Id,
  rack: Id.nullish(),
  /** vCPUs. */
  cpu: Whole,
  /** Usable memory. */
  memMb: Whole,
  /** Seconds; missing when nothing is pending. */
  patch: z.object({ patchS: Whole, rebootS: Whole, evacuate: z.boolean() }).nullish(),
});
export type InstanceHost = z.infer<typeof InstanceHost>;

export const InstanceVm = z.object({
  id: Id,
  host: Id,
  cpu: Whole,
  memMb: Whole,
  migratable: z.boolean().optional(),
  /** Seconds of one live migration, and milliseconds that the guest stands still in it. */
  migS: Whole.optional(),
  stopMs: Whole.optional(),
  group: Id.nullish(),
});
export type InstanceVm = z.infer<typeof InstanceVm>;

export const InstanceGroup = z.object({ id: Id, antiAffinity: z.boolean(), minUp: Whole, members: z.array(Id) });
export type InstanceGroup = z.infer<typeof InstanceGroup>;

export interface Instance {
  readonly name: string;
  readonly limits: InstanceLimits;
  readonly hosts: readonly InstanceHost[];
  readonly vms: readonly InstanceVm[];
  readonly groups: readonly InstanceGroup[];
}
