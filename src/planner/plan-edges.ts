import type { ClusterFacts } from "../domain/facts.ts";
import type { Cluster } from "../domain/inventory.ts";
import type { PlanEdge } from "../domain/timed-plan.ts";
import { draftStages } from "./draft.ts";
import { orderStages } from "./order.ts";
import { reasonFor } from "./rules/apply.ts";
import { readWorld } from "./world.ts";

/** Every order edge of a plan with its reason; empty where the rules contradict each other, and there is no plan. */
export function planEdges(name: string, cluster: Cluster, facts: ClusterFacts): readonly PlanEdge[] {
  const world = readWorld(name, cluster, facts);
  const ordered = orderStages(world, draftStages(world).drafts);
  if (!ordered.ok) return [];
  return ordered.edges.map(({ before, after, rule, text }) => ({ before, after, reason: reasonFor(rule, text) }));
}
