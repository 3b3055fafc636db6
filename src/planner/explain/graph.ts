import { type Plan, type PlanEdge, type Step, strengths } from "../../domain/plan.ts";
import { compareNames } from "../world.ts";

/** The shortest chain of edges from one of `from` to one of `to`, strongest rules first; null when there is none. */
export function edgePath(
  edges: readonly PlanEdge[],
  from: readonly string[],
  to: readonly string[],
): readonly PlanEdge[] | null {
  const leaving = new Map<string, PlanEdge[]>();
  for (const edge of [...edges].sort(compareEdges)) {
    const known = leaving.get(edge.before);
    if (known) known.push(edge);
    else leaving.set(edge.before, [edge]);
  }
  const cameBy = new Map<string, PlanEdge | null>(from.map((id) => [id, null]));
  const queue = [...from];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    if (to.includes(at)) return walkBack(cameBy, at);
    for (const edge of leaving.get(at) ?? []) {
      if (cameBy.has(edge.after)) continue;
      cameBy.set(edge.after, edge);
      queue.push(edge.after);
    }
  }
  return null;
}

function walkBack(cameBy: ReadonlyMap<string, PlanEdge | null>, end: string): readonly PlanEdge[] {
  const path: PlanEdge[] = [];
  for (let edge = cameBy.get(end); edge; edge = cameBy.get(edge.before)) path.unshift(edge);
  return path;
}

/** Surer rules first; then by the rule's id, so that the same plan always gives the same answer. */
export function compareEdges(a: PlanEdge, b: PlanEdge): number {
  return (
    strengths.indexOf(a.reason.strength) - strengths.indexOf(b.reason.strength) ||
    compareNames(a.reason.rule, b.reason.rule) ||
    (a.before < b.before ? -1 : 1)
  );
}

/**
 * What a stage waits for directly. Edges may meet in points that are no stages (400 guests wait for "all
 * hosts are done"): those are looked through, so that only stages are named.
 */
export function edgesInto(plan: Plan): (stage: string) => readonly PlanEdge[] {
  const stages = new Set(plan.stages.map((stage) => stage.id));
  const into = new Map<string, PlanEdge[]>();
  for (const edge of plan.edges) {
    const known = into.get(edge.after);
    if (known) known.push(edge);
    else into.set(edge.after, [edge]);
  }
  return (stage) =>
    (into.get(stage) ?? []).flatMap((edge) =>
      stages.has(edge.before) ? [edge] : (into.get(edge.before) ?? []).map(({ before }) => ({ ...edge, before })),
    );
}

/** A path in which only stages are named: the two halves of a way through a meeting point become one edge. */
export function withoutMeetingPoints(plan: Plan, path: readonly PlanEdge[]): readonly PlanEdge[] {
  const stages = new Set(plan.stages.map((stage) => stage.id));
  return path.flatMap((edge, i) => {
    if (!stages.has(edge.before)) return [];
    const end = path.slice(i).find(({ after }) => stages.has(after));
    return [{ ...edge, after: end?.after ?? edge.after }];
  });
}

/** All edges between the same two stages as this one: several rules may say the same. */
export function twinsOf(edges: readonly PlanEdge[], edge: PlanEdge): readonly PlanEdge[] {
  return edges
    .filter(
      (other) => other.before === edge.before && other.after === edge.after && other.reason.rule !== edge.reason.rule,
    )
    .sort(compareEdges);
}

/** Steps in a chain of "must be done before", the first one of `from`, the last one of `to`; null when none leads there. */
export function stepPath(plan: Plan, from: ReadonlySet<string>, to: readonly Step[]): readonly Step[] | null {
  const byId = new Map(plan.steps.map((step) => [step.id, step]));
  const next = new Map<string, Step | null>(to.map((step) => [step.id, null]));
  const queue = [...to];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    if (from.has(at.id)) {
      const path: Step[] = [];
      for (let step: Step | null | undefined = at; step; step = next.get(step.id)) path.push(step);
      return path;
    }
    for (const id of at.after) {
      const before = byId.get(id);
      if (!before || next.has(id)) continue;
      next.set(id, at);
      queue.push(before);
    }
  }
  return null;
}
