import { z } from "zod";

/** The limits that a plan cannot beat, in the words of planning.md 3. */
export const boundTerms = [
  "critical-host",
  "capacity-time",
  "big-vms",
  "waves",
  "gap-between-waves",
  "migration-slots",
  "groups",
  "host-sets",
  "one-at-a-time",
] as const;

/** One stretch of downtime of a machine; seconds from the start of the plan. */
export const Downtime = z.object({
  machine: z.string(),
  step: z.string(),
  start: z.number(),
  seconds: z.number().nonnegative(),
  why: z.string(),
});
export type Downtime = z.infer<typeof Downtime>;

/** A stretch of wall-clock time in which steps may start and end; plan seconds count on through the pauses between. */
export const WindowSpan = z.object({
  /** Milliseconds since 1970. */
  from: z.number(),
  to: z.number(),
  /** As people read it: `Tue 12 Jan 2027 22:00-02:00 Europe/Berlin`. */
  text: z.string(),
});
export type WindowSpan = z.infer<typeof WindowSpan>;

export const estimateSources = ["default", "vendor", "history", "driver"] as const;

/** Where an estimate comes from, with its figures in seconds. */
export const Estimate = z.object({
  what: z.string(),
  p50: z.number().nonnegative(),
  /** Null where the source gives one figure only. */
  p90: z.number().nonnegative().nullable(),
  source: z.enum(estimateSources),
  text: z.string(),
});
export type Estimate = z.infer<typeof Estimate>;

/** When the steps of a plan run, and how near that is to what is possible at all. */
export const Schedule = z.object({
  /** How many steps may be under way at once. 1: one after another, as runs carry plans out. */
  stepsAtOnce: z.number().int().positive(),
  /** Seconds from the first start to the last end, without pauses between windows. */
  makespan: z.number().nonnegative(),
  lowerBound: z.number().nonnegative(),
  /** Which bound binds, and one sentence for people. */
  binding: z.object({ term: z.enum(boundTerms), text: z.string() }),
  migrations: z.number().int().nonnegative(),
  migrationBound: z.number().int().nonnegative(),
  downtimes: z.array(Downtime),
  /** The windows this plan uses, in order; empty when the policy names none. */
  windows: z.array(WindowSpan),
  estimates: z.array(Estimate),
  seed: z.number().int(),
});
export type Schedule = z.infer<typeof Schedule>;
