import { z } from "zod";
import { Act } from "./act.ts";
import { Schedule } from "./schedule.ts";

/** From the outside in: who manages, what carries, what runs on it. The order of the list is the default order (rule R1). */
export const layers = [
  "management",
  "firmware",
  "storage",
  "hypervisor",
  "host-os",
  "guest-tools",
  "guest-os",
  "virtual-hardware",
  "storage-format",
] as const;
export type Layer = (typeof layers)[number];

/** How sure a rule is: shown beside every reason. */
export const strengths = ["vendor", "recommended", "inference", "capacity", "policy"] as const;
export type Strength = (typeof strengths)[number];

/** Why something is where it is: a rule applied to these machines, in one sentence. */
export const Reason = z.object({
  rule: z.string(),
  strength: z.enum(strengths),
  text: z.string(),
  source: z.string(),
  /** Product and versions the rule speaks of, in words. */
  scope: z.string().default(""),
});
export type Reason = z.infer<typeof Reason>;

export const Outage = z.object({
  machine: z.string(),
  /** Predicted seconds of the world's clock. */
  seconds: z.number().nonnegative(),
  why: z.string(),
});
export type Outage = z.infer<typeof Outage>;

/**
 * The way back for a step, written to the ledger before the act.
 * `switch`: flipped only for the run, always put back, in success too.
 * `change`: what the run is for; taken back only when people say "roll back".
 */
export const Undo = z.object({
  kind: z.enum(["switch", "change"]),
  acts: z.array(Act),
  text: z.string(),
  until: z.string(),
  loses: z.string(),
});
export type Undo = z.infer<typeof Undo>;

export const Step = z.object({
  id: z.string(),
  stage: z.string(),
  act: Act,
  title: z.string(),
  /** Predicted seconds of the world's clock. */
  seconds: z.number().nonnegative(),
  /** Predicted seconds from the start of the plan, without the pauses between windows. */
  start: z.number().nonnegative(),
  end: z.number().nonnegative(),
  /** Ids of steps that must be done before it begins. */
  after: z.array(z.string()),
  outages: z.array(Outage),
  undo: Undo.nullable(),
  /** Id of the step whose ledger entry this step closes (leave-maintenance closes enter-maintenance). */
  closes: z.string().nullable(),
});
export type Step = z.infer<typeof Step>;

/** The steps of one machine (or pool) in one layer, shown together. */
export const Stage = z.object({
  id: z.string(),
  layer: z.enum(layers),
  target: z.string(),
  title: z.string(),
  /** Why it stands after the stages before it. */
  reasons: z.array(Reason),
  /** What will change, shortest form: `openssl 3.0.20 → 3.0.22`. */
  patches: z.array(z.object({ name: z.string(), from: z.string(), to: z.string(), kind: z.string() })),
  backOut: z.object({ possible: z.boolean(), text: z.string() }),
});
export type Stage = z.infer<typeof Stage>;

/** One stage before another, with the rule that says so. Either end may be a meeting point of many edges, which is no stage. */
export const PlanEdge = z.object({ before: z.string(), after: z.string(), reason: Reason });
export type PlanEdge = z.infer<typeof PlanEdge>;

/** Goes up when a field goes or changes its meaning (docs/plan-format.md). */
export const planFormat = 2;

export const Plan = z.object({
  format: z.literal(planFormat),
  cluster: z.string(),
  /** SHA-256 over everything below. Approvals are bound to it. */
  digest: z.string(),
  simulated: z.boolean(),
  clockRate: z.number().positive(),
  platforms: z.array(z.string()),
  stages: z.array(Stage),
  /** In the order of their start. */
  steps: z.array(Step),
  edges: z.array(PlanEdge),
  /** Decisions about the whole plan: circles broken, switches, what is not moved back. */
  decisions: z.array(Reason),
  /** Machines with nothing to do or left out, each with the reason. */
  untouched: z.array(z.object({ machine: z.string(), why: z.string() })),
  /** VMs that stay up: live migration, no reboot. */
  noDowntime: z.array(z.object({ machine: z.string(), why: z.string() })),
  seconds: z.number().nonnegative(),
  schedule: Schedule,
  estimateSources: z.array(z.string()),
  /** Seconds between a downtime warning and the downtime. */
  warnAheadSeconds: z.number().nonnegative(),
});
export type Plan = z.infer<typeof Plan>;

/** All predicted outages, step by step, in the order of the plan. */
export function planOutages(plan: Plan): readonly Outage[] {
  return plan.steps.flatMap((step) => step.outages);
}

/** Why a machine is left alone that has all its patches: the one reason that leaves nothing undone. */
export const nothingPending = "nothing pending";
