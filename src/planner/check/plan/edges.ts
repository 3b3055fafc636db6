import type { Pace } from "../../../domain/pace.ts";
import type { Plan, PlanEdge, Step } from "../../../domain/plan.ts";
import { listBy } from "../spans.ts";
import type { PlanReport } from "./report.ts";

/** When a stage, or everything that meets in a point between stages, is over; and at which place of the list. */
interface Over {
  readonly at: number;
  readonly place: number;
  readonly stage: string;
}

interface Placed {
  readonly step: Step;
  readonly place: number;
}

/**
 * Every step of the stage before is over when the first of the stage after begins, in time and in the list, and
 * the pause that the policy wants has passed.
 */
export function checkEdges({ steps, stages, edges }: Plan, pace: Pace, report: PlanReport): void {
  const own = listBy(
    steps.map((step, place): Placed => ({ step, place })),
    ({ step }) => step.stage,
  );
  checkEnds(new Set(stages.map(({ id }) => id)), edges, report);
  const overOf = overs(own, edges);
  const layerOf = new Map(stages.map(({ id, layer }) => [id, layer]));
  for (const { before, after, reason } of edges) {
    const over = overOf(before);
    const mine = own.get(after) ?? [];
    const [first] = mine;
    if (!over || !first || over.stage === after) continue;
    const begin = Math.min(...mine.map(({ step }) => step.start));
    const why = `${reason.rule}: ${reason.text}`;
    const late = `${after} begins at ${begin}`;
    if (begin < over.at || first.place < over.place)
      report("stage-order", begin, after, `${late}, before ${over.stage} is over at ${over.at} (${why})`);
    const soak = layerOf.get(over.stage) === layerOf.get(after) ? 0 : pace.soakMinutes;
    const minutes = Math.max(soak, reason.rule === "pace" ? (pace.canary?.soakMinutes ?? 0) : 0);
    if (begin >= over.at && begin < over.at + minutes * 60)
      report(
        "pace",
        begin,
        after,
        `${late}, and ${minutes} min must pass after ${over.stage}, which ends at ${over.at}`,
      );
  }
}

/** An end that is no stage is a point at which edges meet: it has edges on both sides. */
function checkEnds(stages: ReadonlySet<string>, edges: readonly PlanEdge[], report: PlanReport): void {
  const [into, from] = [new Set(edges.map(({ after }) => after)), new Set(edges.map(({ before }) => before))];
  for (const { before, after } of edges)
    for (const id of [before, after])
      if (!stages.has(id) && !(into.has(id) && from.has(id)))
        report("stage-order", null, id, `an order edge (${before} before ${after}) names ${id}, which is no stage`);
}

/** Also of points, and of stages without steps: they are over when all before them are. */
function overs(own: ReadonlyMap<string, readonly Placed[]>, edges: readonly PlanEdge[]): (id: string) => Over | null {
  const into = listBy(edges, ({ after }) => after);
  const found = new Map<string, Over | null>();
  const overOf = (id: string): Over | null => {
    const told = found.get(id);
    if (told !== undefined) return told;
    // Points in a circle wait for nothing but the stages in it.
    found.set(id, null);
    const mine = own.get(id) ?? [];
    let latest: Over | null = null;
    for (const { step, place } of mine) latest = laterOf(latest, { at: step.end, place, stage: id });
    if (mine.length === 0) for (const { before } of into.get(id) ?? []) latest = laterOf(latest, overOf(before));
    found.set(id, latest);
    return latest;
  };
  return overOf;
}

function laterOf(a: Over | null, b: Over | null): Over | null {
  if (a === null || b === null) return a ?? b;
  return { at: Math.max(a.at, b.at), place: Math.max(a.place, b.place), stage: a.at >= b.at ? a.stage : b.stage };
}
