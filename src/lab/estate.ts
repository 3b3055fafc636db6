import { z } from "zod";
import { Patch } from "../domain/act.ts";
import { Capability, Pending } from "../domain/facts.ts";

/** Moments are milliseconds of the world's clock since 1970. `to: null` means it still lasts. */
export const Outage = z.object({ from: z.number(), to: z.number().nullable(), why: z.string() });
export type Outage = z.infer<typeof Outage>;

const yes = { ok: true } as const;
const versions = z.record(z.string(), z.string()).default({});

/** What hosts and VMs have in common. */
const machine = {
  pool: z.string(),
  system: z.string().default("Debian 12 (simulated)"),
  /** Beside the versions named here, every pending patch brings its `from`. */
  installed: versions,
  patches: z.array(Patch).default([]),
  /** What installing the pending patches needs. Without a reboot, an installed version runs at once. */
  needsReboot: z
    .object({ needed: z.boolean(), why: z.string() })
    .default({ needed: false, why: "no patch asks for it" }),
  backOut: Pending.shape.backOut.default({
    possible: true,
    method: "install the old versions again",
    until: "the old versions leave the mirror",
    loses: "nothing",
  }),
  patchSeconds: z.number().positive().default(180),
  rebootSeconds: z.number().positive().default(40),
};

export const Host = z.strictObject({
  ...machine,
  poolMaster: z.boolean().default(false),
  memoryMiB: z.number().positive().default(65536),
  maintenance: z.boolean().default(false),
});

export const Vm = z.strictObject({
  ...machine,
  host: z.string(),
  power: z.enum(["on", "off"]).default("on"),
  memoryMiB: z.number().positive().default(4096),
  migratable: Capability.default(yes),
  snapshotable: Capability.default(yes),
});

export const Switch = z.object({
  name: z.string(),
  on: z.boolean(),
  offDuringRun: z.boolean(),
  why: z.string(),
  rule: z.string(),
});

export const Pool = z.strictObject({
  platform: z.string().default("Simulated hypervisor 1.0 (simulated)"),
  family: z.string().default("simulated"),
  /** The machine whose absence makes the pool's interface unreachable: pool master or management VM. */
  managedBy: z.string().nullable().default(null),
  snapshotBlocksMigration: z.boolean().default(false),
  switches: z.array(Switch).default([]),
  migrateSeconds: z.number().positive().default(60),
  migratePauseSeconds: z.number().nonnegative().default(0.3),
  startVmSeconds: z.number().positive().default(45),
  stopVmSeconds: z.number().positive().default(30),
  snapshotSeconds: z.number().positive().default(15),
  switchSeconds: z.number().positive().default(3),
});
export type Pool = z.infer<typeof Pool>;

/** An estate as it is at the beginning. Machine names are unique over hosts and VMs. */
export const Estate = z.strictObject({
  name: z.string(),
  pools: z.record(z.string(), Pool),
  hosts: z.record(z.string(), Host),
  vms: z.record(z.string(), Vm).default({}),
});
export type Estate = z.infer<typeof Estate>;
/** What a person writes: everything with a default may be left out. */
export type EstateInput = z.input<typeof Estate>;
