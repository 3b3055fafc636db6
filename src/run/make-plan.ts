import type { Cluster } from "../domain/inventory.ts";
import { type Result, refuse } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan.ts";
import { buildPlan } from "../planner/build-plan.ts";
import type { Drivers } from "./ports.ts";

/** Reads the facts of a cluster and plans. Used for the first plan and again after the approval. */
export async function makePlan(
  ports: { readonly drivers: Drivers; readonly durable: boolean },
  name: string,
  cluster: Cluster | null,
  signal: AbortSignal,
): Promise<Result<Plan>> {
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
  return buildPlan(name, cluster, await ports.drivers.gather(name, cluster, signal));
}
