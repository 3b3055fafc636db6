import type { Plan } from "../../src/domain/plan.ts";
import { buildPlan } from "../../src/planner/build-plan.ts";
import { type Scene, type Sketch, scene } from "./builders.ts";

const isScene = (given: Sketch | Scene): given is Scene => "facts" in given;

/** The planner's plan with a bound of half its length, so that texts about bounds do not depend on the planner. */
export function timedPlanOf(given: Sketch | Scene, name = "c"): Plan {
  const { cluster, facts } = isScene(given) ? given : scene(given);
  const made = buildPlan(name, cluster, facts);
  if (!made.ok) throw new Error(`refused: ${made.message}`);
  return withHalfBound(made.value);
}

export function withHalfBound(plan: Plan): Plan {
  const schedule = {
    ...plan.schedule,
    lowerBound: Math.round(plan.schedule.makespan / 2),
    binding: { term: "one-at-a-time" as const, text: "hosts of xen-pool go one after another" },
    migrationBound: 1,
  };
  return { ...plan, schedule };
}
