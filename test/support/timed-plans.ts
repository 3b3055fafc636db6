import type { Plan } from "../../src/domain/plan.ts";
import type { Schedule } from "../../src/domain/schedule.ts";
import type { PlanEdge, TimedPlan, TimedStep } from "../../src/domain/timed-plan.ts";
import { buildPlan } from "../../src/planner/build-plan.ts";
import { planEdges } from "../../src/planner/plan-edges.ts";
import { type Scene, type Sketch, scene } from "./builders.ts";

const isScene = (given: Sketch | Scene): given is Scene => "facts" in given;

/** A plan with times and edges: one step after another, as runs carry plans out. */
export function timedPlanOf(given: Sketch | Scene, name = "c"): TimedPlan {
  const { cluster, facts } = isScene(given) ? given : scene(given);
  const made = buildPlan(name, cluster, facts);
  if (!made.ok) throw new Error(`refused: ${made.message}`);
  return timed(made.value, planEdges(name, cluster, facts));
}

/** Times for a plan whose steps run one after another. */
export function timed(plan: Plan, edges: readonly PlanEdge[] = []): TimedPlan {
  let at = 0;
  const steps = plan.steps.map((step, i): TimedStep => {
    const start = at;
    at += step.seconds;
    const before = plan.steps[i - 1];
    return { ...step, start, end: at, after: before ? [before.id] : [] };
  });
  const schedule: Schedule = {
    stepsAtOnce: 1,
    makespan: at,
    lowerBound: Math.round(at / 2),
    binding: { term: "one-at-a-time", text: "hosts of xen-pool go one after another" },
    migrations: plan.steps.filter((step) => step.act.do === "migrate").length,
    migrationBound: 1,
    downtimes: steps.flatMap((step) => step.outages.map((outage) => ({ ...outage, step: step.id, start: step.start }))),
    windows: [],
    estimates: [],
    seed: 1,
  };
  return { ...plan, steps, schedule, edges };
}
