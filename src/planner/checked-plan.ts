import type { ClusterFacts } from "../domain/facts.ts";
import type { Cluster } from "../domain/inventory.ts";
import { type Refusal, type Result, refuse } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan.ts";
import { clockWords } from "../domain/time-words.ts";
import { buildPlan, type PlanTerms } from "./build-plan.ts";
import { checkPlan, type PlanViolation } from "./check.ts";

/** Who makes plans. There is one; tests put a broken one in its place. */
export type Planner = typeof buildPlan;

/** The only door to plans: what the independent checker objects to comes out of it as a refusal, never as a plan. */
export function checkedPlan(
  name: string,
  cluster: Cluster,
  facts: ClusterFacts,
  planner: Planner = buildPlan,
  terms: Partial<PlanTerms> = {},
): Result<Plan> {
  const made = planner(name, cluster, facts, terms);
  if (!made.ok) return made;
  return whyUnfit(made.value, cluster, facts) ?? made;
}

/** More objections than this help nobody; the first ones are told. */
const mostTold = 20;

/** Why this plan must not be carried out on this estate, with every objection; null when there is none. */
export function whyUnfit(plan: Plan, cluster: Cluster, facts: ClusterFacts): Refusal | null {
  const { ok, violations, count } = checkPlan({ plan, cluster, facts });
  if (ok) return null;
  const [only] = violations;
  const what =
    count === 1 && only
      ? `The plan for ${plan.cluster} does not pass the independent check: ${sentence(only)}.`
      : `The plan for ${plan.cluster} does not pass the independent check: ${count} objections. It is neither shown nor started.`;
  return refuse(
    "plan-check",
    what,
    `this is a mistake of Tuesday, not yours: keep the facts (npm run plan -- --cluster ${plan.cluster} --save-facts facts.json) and report it with them`,
    violations.slice(0, mostTold).map((violation) => ({
      reason: "plan-check",
      where: violation.where,
      message: sentence(violation),
      next: "nothing was changed; report it",
    })),
  );
}

function sentence({ at, text }: PlanViolation): string {
  return at === null ? text : `${clockWords(at)} after the start: ${text}`;
}
