import type { Plan, Reason, Step } from "./plan.ts";
import type { Schedule } from "./schedule.ts";

/** The plan of format 2, until src/domain/plan.ts has it. */
export interface ScopedReason extends Reason {
  readonly scope: string;
}

export interface PlanEdge {
  readonly before: string;
  readonly after: string;
  readonly reason: ScopedReason;
}

export interface TimedStep extends Step {
  readonly start: number;
  readonly end: number;
  readonly after: readonly string[];
}

export type TimedPlan = Omit<Plan, "format" | "steps"> & {
  readonly steps: readonly TimedStep[];
  readonly schedule: Schedule;
  readonly edges: readonly PlanEdge[];
};
