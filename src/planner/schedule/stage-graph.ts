import { isMilestone } from "../rules/rule.ts";

/** One stage before another. Either end may be a milestone. */
export interface StageEdge {
  readonly before: string;
  readonly after: string;
}

/** Seconds that pass between the end of one stage and the begin of one that waits for it. */
export type Pauses = (before: string, after: string) => number;

/** A stage that another one waits for directly. */
export interface Awaited {
  readonly stage: string;
  readonly lag: number;
}

/** Ends of edges that are no stage, or one in which nothing is done: they are looked through. */
function hasNoSteps(id: string, stages: ReadonlyMap<string, number>): boolean {
  return isMilestone(id) || !stages.has(id);
}

/**
 * What every stage waits for, without what follows from the rest: of "all hosts before all guests" only the last
 * hosts are left. `stages`: those with steps, in an order in which none stands before what it waits for.
 */
export function waitsOfStages(
  stages: readonly string[],
  edges: readonly StageEdge[],
  pauses: Pauses,
): ReadonlyMap<string, readonly Awaited[]> {
  const index = new Map(stages.map((id, i) => [id, i]));
  const direct = directWaits(edges, (id) => hasNoSteps(id, index));
  const words = Math.ceil(stages.length / 32);
  const before = stages.map(() => new Uint32Array(words));
  const waits = new Map<string, readonly Awaited[]>();
  for (const [i, stage] of stages.entries()) {
    const own = before[i] ?? new Uint32Array(0);
    const awaited = [...direct(stage)].flatMap((one) => {
      const at = index.get(one);
      return at === undefined || at >= i ? [] : [{ stage: one, lag: pauses(one, stage), at }];
    });
    for (const { at } of awaited) {
      const earlier = before[at];
      if (earlier) for (let w = 0; w < words; w += 1) own[w] = (own[w] ?? 0) | (earlier[w] ?? 0);
      own[at >> 5] = (own[at >> 5] ?? 0) | (1 << (at & 31));
    }
    const implied = (one: { readonly at: number; readonly lag: number }) =>
      awaited.some((other) => {
        if (other.at <= one.at || other.lag < one.lag) return false;
        const bits = before[other.at]?.[one.at >> 5] ?? 0;
        return (bits & (1 << (one.at & 31))) !== 0;
      });
    waits.set(
      stage,
      awaited.filter((one) => !implied(one)).map(({ stage: id, lag }) => ({ stage: id, lag })),
    );
  }
  return waits;
}

/** What a stage waits for, with points looked through. */
function directWaits(
  edges: readonly StageEdge[],
  isPoint: (id: string) => boolean,
): (stage: string) => ReadonlySet<string> {
  const into = new Map<string, string[]>();
  for (const { before, after } of edges) {
    const known = into.get(after);
    if (known) known.push(before);
    else into.set(after, [before]);
  }
  const known = new Map<string, Set<string>>();
  const expand = (id: string): ReadonlySet<string> => {
    const done = known.get(id);
    if (done) return done;
    const found = new Set<string>();
    known.set(id, found);
    for (const before of into.get(id) ?? []) {
      if (!isPoint(before)) found.add(before);
      else for (const stage of expand(before)) found.add(stage);
    }
    return found;
  };
  return expand;
}

/** All stages and milestones that come before one of these. */
export function earlierThan(ids: readonly string[], edges: readonly StageEdge[]) {
  return reach(ids, edges, (edge) => [edge.after, edge.before]);
}

/** All that come after. */
export function laterThan(ids: readonly string[], edges: readonly StageEdge[]) {
  return reach(ids, edges, (edge) => [edge.before, edge.after]);
}

function reach(
  ids: readonly string[],
  edges: readonly StageEdge[],
  ends: (edge: StageEdge) => readonly [from: string, to: string],
): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const edge of edges) {
    const [from, to] = ends(edge);
    const known = next.get(from);
    if (known) known.push(to);
    else next.set(from, [to]);
  }
  const found = new Set<string>();
  const open = [...ids];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const to of next.get(at) ?? []) {
      if (found.has(to)) continue;
      found.add(to);
      open.push(to);
    }
  return found;
}
