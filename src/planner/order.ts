import { Bug } from "../domain/errors.ts";
import { layers } from "../domain/plan.ts";
import type { Draft } from "./draft.ts";
import { edgesOfRules, preferencesOfRules, ruleYields, separationsOfRules } from "./rules/apply.ts";
import { type Edge, isMilestone } from "./rules/rule.ts";
import { compareNames, type World } from "./world.ts";

export interface RuledEdge extends Edge {
  readonly rule: string;
}

/** A default that was dropped because it closed a circle with another rule. */
export interface Yielded {
  readonly edge: RuledEdge;
  readonly to: RuledEdge;
}

export type Order =
  | { readonly ok: true; readonly drafts: readonly Draft[] }
  /** Edges in a circle, each ending where the next begins; the last one ends where the first begins. */
  | { readonly ok: false; readonly ring: readonly RuledEdge[] };

type Ordered =
  | {
      readonly ok: true;
      readonly drafts: readonly Draft[];
      readonly edges: readonly RuledEdge[];
      readonly yielded: readonly Yielded[];
    }
  | Extract<Order, { ok: false }>;

/**
 * The stages in order with every edge of every rule. Defaults in a circle with other rules give way; two rules
 * that contradict each other are a circle. Separations follow the order that the other rules give. `more`: what no
 * rule says and the order keeps all the same (a canary, the turns of hosts); it is not among the edges of the answer.
 */
export function orderStages(world: World, drafts: readonly Draft[], more: readonly Edge[] = []): Ordered {
  let edges = edgesOfRules(world, drafts);
  const ranks = preferencesOfRules(world, drafts);
  const yielded: Yielded[] = [];
  const kept = more.map((edge): RuledEdge => ({ ...edge, rule: "T1" }));
  for (;;) {
    const ordered = order(drafts, [...edges, ...kept], ranks);
    if (ordered.ok) return { ...ordered, edges: [...edges, ...separationsOfRules(world, ordered.drafts)], yielded };
    const defaults = ordered.ring.filter((edge) => ruleYields(edge.rule));
    // The stage is let out of the wave, not the wave let loose.
    const weak = defaults.find((edge) => !isMilestone(edge.after)) ?? defaults[0];
    const strong = ordered.ring.find((edge) => !ruleYields(edge.rule));
    if (!weak || !strong) return ordered;
    yielded.push({ edge: weak, to: strong });
    edges = edges.filter((edge) => edge !== weak);
  }
}

export type Ranks = ReadonlyMap<string, readonly number[]>;

interface Node {
  readonly id: string;
  readonly draft: Draft | null;
  waitsFor: number;
  readonly next: Node[];
}

/**
 * Topological order. Among the stages that may come next: the outer layer first, then one pool after
 * another, then what a rule prefers, then by name, so that the same input always gives the same order.
 */
export function order(drafts: readonly Draft[], edges: readonly RuledEdge[], ranks: Ranks = new Map()): Order {
  const nodes = nodesOf(drafts, edges);
  const ready: Node[] = [];
  const waiting = new Set(nodes.values());
  const ordered: Draft[] = [];
  const release = (node: Node): void => {
    waiting.delete(node);
    // A milestone is no stage: it lets through at once what waits for it.
    if (node.draft === null) for (const next of node.next) arrive(next);
    else insert(ready, node, ranks);
  };
  const arrive = (node: Node): void => {
    node.waitsFor -= 1;
    if (node.waitsFor === 0) release(node);
  };
  for (const node of [...nodes.values()]) if (node.waitsFor === 0 && waiting.has(node)) release(node);
  for (let node = ready.shift(); node; node = ready.shift()) {
    if (node.draft) ordered.push(node.draft);
    for (const next of node.next) arrive(next);
  }
  return waiting.size === 0 ? { ok: true, drafts: ordered } : { ok: false, ring: ringIn(waiting, edges, ranks) };
}

function nodesOf(drafts: readonly Draft[], edges: readonly RuledEdge[]): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>(
    drafts.map((draft) => [draft.id, { id: draft.id, draft, waitsFor: 0, next: [] }]),
  );
  const at = (id: string): Node => {
    const known = nodes.get(id);
    if (known) return known;
    if (!isMilestone(id)) throw new Bug(`an edge of a stage that is not there: ${id}`);
    const milestone: Node = { id, draft: null, waitsFor: 0, next: [] };
    nodes.set(id, milestone);
    return milestone;
  };
  for (const { before, after } of edges) {
    at(before).next.push(at(after));
    at(after).waitsFor += 1;
  }
  return nodes;
}

/** Keeps the list sorted: the first one is always the next stage. */
function insert(ready: Node[], node: Node, ranks: Ranks): void {
  let [low, high] = [0, ready.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = ready[middle];
    if (other && compareNodes(other, node, ranks) < 0) low = middle + 1;
    else high = middle;
  }
  ready.splice(low, 0, node);
}

function compareNodes(left: Node, right: Node, ranks: Ranks): number {
  const [a, b] = [left.draft, right.draft];
  if (!a || !b) return compareNames(left.id, right.id);
  return (
    layers.indexOf(a.layer) - layers.indexOf(b.layer) ||
    compareNames(a.layer === "guest-os" ? "" : (a.pool ?? ""), b.layer === "guest-os" ? "" : (b.pool ?? "")) ||
    compareRanks(ranks.get(a.id), ranks.get(b.id)) ||
    compareNames(a.target, b.target) ||
    compareNames(a.id, b.id)
  );
}

function compareRanks(a: readonly number[] = [], b: readonly number[] = []): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const gap = (a[i] ?? 0) - (b[i] ?? 0);
    if (gap !== 0) return gap;
  }
  return 0;
}

/** Walks backwards from any stuck stage until one repeats: everything stuck has a stuck predecessor. */
function ringIn(stuck: ReadonlySet<Node>, edges: readonly RuledEdge[], ranks: Ranks): readonly RuledEdge[] {
  const ids = new Set([...stuck].map(({ id }) => id));
  const into = new Map<string, RuledEdge>();
  for (const edge of edges) if (ids.has(edge.before) && !into.has(edge.after)) into.set(edge.after, edge);
  const [first] = [...stuck].sort((a, b) => compareNodes(a, b, ranks));
  const path: RuledEdge[] = [];
  let at = first?.id ?? "";
  for (;;) {
    const back = into.get(at);
    if (!back) throw new Bug("a stuck stage without a stuck predecessor");
    path.unshift(back);
    const closed = path.findIndex((edge) => edge.after === back.before);
    if (closed >= 0) return path.slice(0, closed + 1);
    at = back.before;
  }
}

/** Names of the stages in a circle, each before the next; milestones have no name that helps anybody. */
export function ringNames(ring: readonly RuledEdge[]): readonly string[] {
  return ring
    .map(({ before }) => before)
    .filter((id) => !isMilestone(id))
    .map((id) => id.slice(id.indexOf("/") + 1));
}
