import type { ClusterFacts } from "../domain/facts.ts";
import type { Cluster } from "../domain/inventory.ts";
import { done, type Result, refuse } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan.ts";
import { checkedPlan, type Planner } from "../planner/checked-plan.ts";
import type { Drivers } from "./ports.ts";

/** A plan that has passed the independent checker, with what it was made of. */
export interface Made {
  readonly plan: Plan;
  readonly cluster: Cluster;
  readonly facts: ClusterFacts;
}

/** Reads the facts of a cluster, plans and has the plan checked. Used for the first plan and again after the approval. */
export async function makePlan(
  ports: { readonly drivers: Drivers; readonly durable: boolean; readonly planner?: Planner },
  name: string,
  cluster: Cluster | null,
  signal: AbortSignal,
): Promise<Result<Made>> {
  if (cluster === null) {
    return refuse("unknown-cluster", `There is no cluster ${name} in the inventory.`, "use /patch help for the names");
  }
  if (!ports.durable && !ports.drivers.simulated(cluster)) {
    return refuse(
      "try-out-redis",
      `${name} has real machines, and this Tuesday runs on the try-out Redis, which forgets everything when it stops.`,
      "install redis-server, or set REDIS_URL to a Redis that keeps its data, and start again",
    );
  }
  const facts = await ports.drivers.gather(name, cluster, signal);
  const made = checkedPlan(name, cluster, facts, ports.planner);
  return made.ok ? done({ plan: made.value, cluster, facts }) : made;
}
