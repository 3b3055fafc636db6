import { z } from "zod";
import { Act, ActOutcome, Patch } from "../domain/act.ts";
import { failureCodes } from "../domain/errors.ts";
import { type Estate, Host, Outage, Pool, Vm } from "./estate.ts";
import { Fault } from "./fault.ts";

const versions = z.record(z.string(), z.string());

/** What a machine gathers while the world goes on. */
const life = {
  /** Versions of the code that runs; behind `installed` until a reboot. */
  runs: versions,
  bootedAt: z.number(),
  boots: z.number().int(),
  outages: z.array(Outage),
};

const Snapshot = z.object({ name: z.string(), at: z.number(), installed: versions, patches: z.array(Patch) });

export const LivingHost = Host.extend(life);
export type LivingHost = z.infer<typeof LivingHost>;
export const LivingVm = Vm.extend({ ...life, snapshots: z.array(Snapshot) });
export type LivingVm = z.infer<typeof LivingVm>;
export type Machine = LivingHost | LivingVm;

export const Trouble = z.object({ code: z.enum(failureCodes), message: z.string() });
export type Trouble = z.infer<typeof Trouble>;

export const Task = z.object({
  id: z.string(),
  tag: z.string(),
  act: Act,
  state: z.enum(["running", "done", "failed"]),
  startedAt: z.number(),
  /** When it will end by itself; null: never (fault `never-back`). */
  dueAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** It will fail at `dueAt`, after this share of the work. */
  doom: z.object({ trouble: Trouble, share: z.number() }).nullable(),
  stuckBy: z.string().nullable(),
  error: Trouble.nullable(),
  outcome: ActOutcome.nullable(),
});
export type Task = z.infer<typeof Task>;

/** One line of the log. `event` begun/done/failed are acts; the others are what followed from them. */
export const LogEntry = z.object({
  seq: z.number().int(),
  /** ISO time of the world's clock. */
  at: z.string(),
  event: z.enum(["begun", "done", "failed", "down", "up", "moved", "changed", "fault", "faults-cleared"]),
  task: z.string().optional(),
  tag: z.string().optional(),
  act: Act.optional(),
  machine: z.string().optional(),
  text: z.string(),
});
export type LogEntry = z.infer<typeof LogEntry>;

/** The whole truth of the estate; what is saved and loaded. */
export const Truth = z.object({
  estate: z.string(),
  now: z.number(),
  pools: z.record(z.string(), Pool),
  hosts: z.record(z.string(), LivingHost),
  vms: z.record(z.string(), LivingVm),
  tasks: z.array(Task),
  faults: z.array(Fault),
  faultCount: z.number().int(),
  log: z.array(LogEntry),
});
export type Truth = z.infer<typeof Truth>;

/** The truth at the first moment: nothing happened yet, all machines booted a week ago. */
export function newTruth(estate: Estate, now: number): Truth {
  const weekMs = 7 * 24 * 3600_000;
  const begin = <T extends Estate["hosts"][string] | Estate["vms"][string]>(machine: T) => {
    const old = Object.fromEntries(machine.patches.map((patch) => [patch.name, patch.from]));
    const installed = { ...old, ...machine.installed };
    return { ...machine, installed, runs: { ...installed }, bootedAt: now - weekMs, boots: 1, outages: [] };
  };
  const each = <T, U>(record: Record<string, T>, change: (value: T) => U) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
  const own = structuredClone(estate);
  return {
    estate: own.name,
    now,
    pools: own.pools,
    hosts: each(own.hosts, begin),
    vms: each(own.vms, (vm) => ({ ...begin(vm), snapshots: [] })),
    tasks: [],
    faults: [],
    faultCount: 0,
    log: [],
  };
}
