import type { Refusal } from "../../../src/domain/outcome.ts";
import type { Plan } from "../../../src/domain/plan.ts";
import { buildPlan } from "../../../src/planner/build-plan.ts";
import { checkPlan } from "../../../src/planner/check.ts";
import { type Scene, type Sketch, scene } from "../../support/builders.ts";

const isScene = (given: Sketch | Scene): given is Scene => "facts" in given;
const toScene = (given: Sketch | Scene): Scene => (isScene(given) ? given : scene(given));

/** The plan, or a failed test with the refusal's words. What the independent checker objects to fails the test too. */
export function planOf(given: Sketch | Scene): Plan {
  const { cluster, facts } = toScene(given);
  const made = buildPlan(facts.cluster, cluster, facts);
  if (made.ok) {
    const { violations } = checkPlan({ plan: made.value, cluster, facts });
    if (violations.length > 0)
      throw new Error(`checker: ${violations.map(({ rule, text }) => `${rule}: ${text}`).join("; ")}`);
    return made.value;
  }
  throw new Error(`refused: ${made.message} ${(made.blockers ?? []).map((blocker) => blocker.message).join("; ")}`);
}

/** The refusal, or a failed test. */
export function refusalOf(given: Sketch | Scene): Refusal {
  const { cluster, facts } = toScene(given);
  const made = buildPlan(facts.cluster, cluster, facts);
  if (made.ok) throw new Error(`not refused: ${made.value.stages.map((stage) => stage.id).join(", ")}`);
  return made;
}

/** Targets of the stages in order, without the switches before and after. */
export function targets(plan: Plan): readonly string[] {
  return plan.stages.filter((stage) => !/\/(prepare|restore)$/.test(stage.id)).map((stage) => stage.target);
}

/** Rules that speak in the reasons of a machine's stage. */
export function rulesOf(plan: Plan, target: string): readonly string[] {
  return plan.stages
    .filter((stage) => stage.target === target)
    .flatMap((stage) => stage.reasons.map((reason) => reason.rule));
}

/** Steps as short words: `migrate a h1>h2`, `reboot h1`. */
export function stepWords(plan: Plan): readonly string[] {
  return plan.steps.map(({ act }) => {
    switch (act.do) {
      case "migrate":
        return `migrate ${act.vm} ${act.from}>${act.to}`;
      case "set-switch":
        return `${act.name} ${act.on ? "on" : "off"} ${act.pool}`;
      case "stop-vm":
      case "snapshot":
      case "revert-snapshot":
      case "remove-snapshot":
        return `${act.do} ${act.vm}`;
      case "start-vm":
        return `start-vm ${act.vm} ${act.host}`;
      case "enter-maintenance":
      case "leave-maintenance":
        return `${act.do} ${act.host}`;
      case "patch":
      case "revert-patches":
      case "reboot":
      case "check-health":
        return `${act.do} ${act.machine}`;
      default:
        return act satisfies never;
    }
  });
}

export function stepsOn(plan: Plan, stageTarget: string): readonly string[] {
  const stages = new Set(plan.stages.filter((stage) => stage.target === stageTarget).map((stage) => stage.id));
  const words = stepWords(plan);
  return plan.steps.flatMap((step, i) => (stages.has(step.stage) ? [words[i] ?? ""] : []));
}
