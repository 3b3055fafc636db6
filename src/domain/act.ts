import { z } from "zod";

/** Parts of a machine that have an order of their own; a patch that names none is part of the operating system. */
export const components = [
  "firmware-tooling",
  "firmware",
  "storage-agent",
  "guest-tools",
  "virtual-hardware",
  "cluster-level",
  "datacenter-level",
  "functional-level",
  "storage-format",
  "nsx-finalize",
] as const;
export type Component = (typeof components)[number];

/** One package, bundle or update going from a version to a version. */
export const Patch = z.object({
  name: z.string(),
  from: z.string(),
  to: z.string(),
  /** `security` when the source says so, else `bugfix`; `unknown` when the source does not say. */
  kind: z.enum(["security", "bugfix", "unknown"]),
  /** Where it comes from, e.g. `Debian-Security:12/oldstable-security`. */
  source: z.string(),
  /** Can `from` be installed again from a source the machine sees today? */
  oldAvailable: z.boolean(),
  component: z.enum(components).optional(),
  /** The vendor's bundle it comes in; firmware and hypervisor of one bundle share one reboot (rule R13). */
  bundle: z.string().optional(),
  /** `cpu-vulnerability`: the fix needs the host, its microcode and the guest (rules R16-R18). */
  class: z.enum(["cpu-vulnerability"]).optional(),
  cves: z.array(z.string()).optional(),
  /** How it goes in without a reboot, where it does (rules R36, R37). */
  method: z.enum(["live-patch", "hotpatch", "package"]).optional(),
});
export type Patch = z.infer<typeof Patch>;

const pool = z.string();
const host = z.string();
const vm = z.string();
const machine = z.string();

/**
 * What a step does, as data. Drivers declare which acts they can perform; nothing else in the
 * product knows how. `migrate` and `stop-vm` name hosts because the planner, not the driver, chooses.
 */
export const Act = z.discriminatedUnion("do", [
  z.object({ do: z.literal("set-switch"), pool, name: z.string(), on: z.boolean() }),
  z.object({ do: z.literal("migrate"), pool, vm, from: host, to: host }),
  z.object({ do: z.literal("enter-maintenance"), pool, host }),
  z.object({ do: z.literal("leave-maintenance"), pool, host }),
  z.object({ do: z.literal("stop-vm"), pool, vm }),
  z.object({ do: z.literal("start-vm"), pool, vm, host }),
  z.object({ do: z.literal("snapshot"), pool, vm, name: z.string() }),
  z.object({ do: z.literal("revert-snapshot"), pool, vm, name: z.string() }),
  z.object({ do: z.literal("remove-snapshot"), pool, vm, name: z.string() }),
  z.object({ do: z.literal("patch"), machine, patches: z.array(Patch) }),
  /** Back-out of `patch`: every patch goes from `to` back to `from`. */
  z.object({ do: z.literal("revert-patches"), machine, patches: z.array(Patch) }),
  z.object({ do: z.literal("reboot"), machine }),
  z.object({ do: z.literal("check-health"), machine }),
]);
export type Act = z.infer<typeof Act>;
export type ActKind = Act["do"];
export type ActOf<K extends ActKind> = Extract<Act, { do: K }>;

/** The machine or pool an act is about, for cards and locks. */
export function actTarget(act: Act): string {
  switch (act.do) {
    case "set-switch":
      return act.pool;
    case "migrate":
    case "stop-vm":
    case "start-vm":
    case "snapshot":
    case "revert-snapshot":
    case "remove-snapshot":
      return act.vm;
    case "enter-maintenance":
    case "leave-maintenance":
      return act.host;
    case "patch":
    case "revert-patches":
    case "reboot":
    case "check-health":
      return act.machine;
    default:
      return act satisfies never;
  }
}

/** What an act turned out to have done, read back from the world. */
export const ActOutcome = z.object({
  /** One sentence in the past tense, e.g. `18 packages upgraded`. */
  summary: z.string(),
  /** Versions read back after the act. */
  changes: z.array(z.object({ name: z.string(), from: z.string(), to: z.string() })),
  /** Outages as measured at the machine, in seconds of the world's clock. */
  downtimes: z.array(z.object({ machine: z.string(), seconds: z.number().nonnegative() })),
  /** What the act could not finish and a person should know, e.g. a service that still runs old code. */
  leftUndone: z.array(z.string()),
});
export type ActOutcome = z.infer<typeof ActOutcome>;
