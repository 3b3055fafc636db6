import type { Plan } from "../../../domain/plan.ts";
import { listBy } from "../spans.ts";
import type { PlanReport } from "./report.ts";

/** The order of the list, what each step waits for, and the order of the stages. */
export function checkOrder(plan: Plan, report: PlanReport): void {
  checkSequence(plan, report);
  checkAfter(plan, report);
  checkEdges(plan, report);
}

/** A run goes through the list from the top: it must be the order in which the steps begin. */
function checkSequence({ steps }: Plan, report: PlanReport): void {
  steps.forEach((step, i) => {
    const before = steps[i - 1];
    if (before && before.start > step.start)
      report(
        "sequence",
        step.start,
        step.id,
        `${step.id} begins at ${step.start} and stands behind ${before.id}, which begins at ${before.start}`,
      );
  });
}

function checkAfter({ steps }: Plan, report: PlanReport): void {
  const places = new Map(steps.map((step, i) => [step.id, { step, i }]));
  steps.forEach((step, i) => {
    for (const id of step.after) {
      const needed = places.get(id);
      if (!needed) report("after", step.start, step.id, `${step.id} waits for ${id}, which is no step`);
      else if (needed.i >= i)
        report("after", step.start, step.id, `${step.id} waits for ${id}, which stands behind it in the list`);
      else if (needed.step.end > step.start)
        report(
          "after",
          step.start,
          step.id,
          `${step.id} begins at ${step.start}, before ${id}, for which it waits, ends at ${needed.step.end}`,
        );
    }
  });
}

/** When a stage, or everything that meets in a point between stages, is over; and since which step. */
interface Over {
  readonly at: number;
  readonly place: number;
  readonly stage: string;
}

/**
 * Every step of the stage before is over when the first of the stage after begins, in time and in the list.
 * An end of an edge that is no stage, or a stage without steps, is a point: it is over when all before it are.
 */
function checkEdges({ steps, stages, edges }: Plan, report: PlanReport): void {
  const own = listBy(
    steps.map((step, place) => ({ step, place })),
    ({ step }) => step.stage,
  );
  const known = new Set(stages.map(({ id }) => id));
  const into = listBy(edges, ({ after }) => after);
  const from = new Set(edges.map(({ before }) => before));
  for (const { before, after } of edges)
    for (const id of [before, after])
      if (!known.has(id) && !(into.has(id) && from.has(id)))
        report("stage-order", null, id, `an order edge (${before} before ${after}) names ${id}, which is no stage`);
  const overs = new Map<string, Over | null>();
  const overOf = (id: string, way: ReadonlySet<string>): Over | null => {
    const told = overs.get(id);
    if (told !== undefined) return told;
    let latest: Over | null = null;
    const mine = own.get(id) ?? [];
    for (const { step, place } of mine) latest = laterOf(latest, { at: step.end, place, stage: id });
    if (mine.length === 0 && !way.has(id))
      for (const { before } of into.get(id) ?? []) latest = laterOf(latest, overOf(before, new Set([...way, id])));
    overs.set(id, latest);
    return latest;
  };
  for (const { before, after, reason } of edges) {
    const over = overOf(before, new Set());
    const mine = own.get(after) ?? [];
    const [first] = mine;
    if (!over || !first || over.stage === after) continue;
    const begin = Math.min(...mine.map(({ step }) => step.start));
    if (begin >= over.at && first.place > over.place) continue;
    const why = `${reason.rule}: ${reason.text}`;
    report(
      "stage-order",
      begin,
      after,
      `${after} begins at ${begin}, before ${over.stage} is over at ${over.at} (${why})`,
    );
  }
}

function laterOf(a: Over | null, b: Over | null): Over | null {
  if (a === null || b === null) return a ?? b;
  return { at: Math.max(a.at, b.at), place: Math.max(a.place, b.place), stage: a.at >= b.at ? a.stage : b.stage };
}
