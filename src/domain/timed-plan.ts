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

/** Steps one after another, until the planner gives times itself. */
export function timedFrom(plan: Plan, edges: readonly PlanEdge[]): TimedPlan {
  let at = 0;
  const steps = plan.steps.map((step, i): TimedStep => {
    const start = at;
    at += step.seconds;
    return { ...step, start, end: at, after: plan.steps.slice(Math.max(0, i - 1), i).map((one) => one.id) };
  });
  const downtimes = steps.flatMap((step) => step.outages.map((one) => ({ ...one, step: step.id, start: step.start })));
  const schedule: Schedule = {
    stepsAtOnce: 1,
    makespan: at,
    lowerBound: 0,
    binding: { term: "one-at-a-time", text: "not known" },
    migrations: plan.steps.filter((step) => step.act.do === "migrate").length,
    migrationBound: 0,
    downtimes,
    windows: [],
    estimates: [],
    seed: 1,
  };
  return { ...plan, steps, schedule, edges };
}
