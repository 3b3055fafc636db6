import type { Pace } from "../../../domain/pace.ts";
import type { Plan } from "../../../domain/plan.ts";
import { checkEdges } from "./edges.ts";
import type { PlanReport } from "./report.ts";

/** The order of the list, what each step waits for, and the order of the stages. */
export function checkOrder(plan: Plan, pace: Pace, report: PlanReport): void {
  checkSequence(plan, report);
  checkAfter(plan, report);
  checkEdges(plan, pace, report);
}

/** A run goes through the list from the top: it must be the order in which the steps begin. */
function checkSequence({ steps }: Plan, report: PlanReport): void {
  steps.forEach((step, i) => {
    const before = steps[i - 1];
    if (before && before.start > step.start)
      report(
        "sequence",
        step.start,
        step.id,
        `${step.id} begins at ${step.start} and stands behind ${before.id}, which begins at ${before.start}`,
      );
  });
}

function checkAfter({ steps }: Plan, report: PlanReport): void {
  const places = new Map(steps.map((step, i) => [step.id, { step, i }]));
  steps.forEach((step, i) => {
    for (const id of step.after) {
      const needed = places.get(id);
      if (!needed) report("after", step.start, step.id, `${step.id} waits for ${id}, which is no step`);
      else if (needed.i >= i)
        report("after", step.start, step.id, `${step.id} waits for ${id}, which stands behind it in the list`);
      else if (needed.step.end > step.start)
        report(
          "after",
          step.start,
          step.id,
          `${step.id} begins at ${step.start}, before ${id}, for which it waits, ends at ${needed.step.end}`,
        );
    }
  });
}
