import { Bug } from "../domain/errors.ts";
import { layers } from "../domain/plan.ts";
import type { Draft } from "./draft.ts";
import { rules } from "./rules/index.ts";
import type { Edge } from "./rules/rule.ts";
import { compareNames, type World } from "./world.ts";

export interface RuledEdge extends Edge {
  readonly rule: string;
}

/** The stages in order with every edge of every rule. Separations follow the order that the other rules give. */
export function orderStages(
  world: World,
  drafts: readonly Draft[],
): (Extract<Order, { ok: true }> & { readonly edges: readonly RuledEdge[] }) | Extract<Order, { ok: false }> {
  const edges = rules.flatMap((rule) =>
    (rule.edges?.(world, drafts) ?? []).map((edge) => ({ ...edge, rule: rule.id })),
  );
  const ordered = order(drafts, edges);
  if (!ordered.ok) return ordered;
  const apart = rules.flatMap((rule) =>
    (rule.separates?.(world, ordered.drafts) ?? []).map((edge) => ({ ...edge, rule: rule.id })),
  );
  return { ...ordered, edges: [...edges, ...apart] };
}

export type Order =
  | { readonly ok: true; readonly drafts: readonly Draft[] }
  /** Targets in a circle, each before the next, with the rules that say so. */
  | { readonly ok: false; readonly members: readonly string[]; readonly rules: readonly string[] };

/**
 * Topological order. Among the stages that may come next: the outer layer first, then one pool after
 * another, then by name, so that the same input always gives the same order.
 */
export function order(drafts: readonly Draft[], edges: readonly RuledEdge[]): Order {
  const waiting = [...drafts].sort(compareDrafts);
  const ordered: Draft[] = [];
  const placed = new Set<string>();
  const befores = new Map<string, string[]>();
  for (const edge of edges) {
    const known = befores.get(edge.after);
    if (known) known.push(edge.before);
    else befores.set(edge.after, [edge.before]);
  }
  while (waiting.length > 0) {
    const i = waiting.findIndex((draft) => (befores.get(draft.id) ?? []).every((before) => placed.has(before)));
    const [next] = i < 0 ? [] : waiting.splice(i, 1);
    if (!next) return circleIn(waiting, edges);
    ordered.push(next);
    placed.add(next.id);
  }
  return { ok: true, drafts: ordered };
}

function compareDrafts(a: Draft, b: Draft): number {
  return (
    layers.indexOf(a.layer) - layers.indexOf(b.layer) ||
    compareNames(a.layer === "guest-os" ? "" : (a.pool ?? ""), b.layer === "guest-os" ? "" : (b.pool ?? "")) ||
    compareNames(a.target, b.target) ||
    compareNames(a.id, b.id)
  );
}

/** Walks backwards from any stuck stage until one repeats: everything in `waiting` has an unplaced predecessor. */
function circleIn(waiting: readonly Draft[], edges: readonly RuledEdge[]): Order {
  const stuck = new Set(waiting.map((draft) => draft.id));
  const path: string[] = [];
  const why: string[] = [];
  let at = waiting[0]?.id ?? "";
  while (!path.includes(at)) {
    path.unshift(at);
    const back = edges.find((edge) => edge.after === at && stuck.has(edge.before));
    if (!back) throw new Bug("a stuck stage without an unplaced predecessor");
    why.unshift(back.rule);
    at = back.before;
  }
  const members = path.slice(0, path.indexOf(at) + 1);
  return {
    ok: false,
    members: members.map((id) => id.slice(id.indexOf("/") + 1)),
    rules: [...new Set(why.slice(0, members.length))],
  };
}
