import { type Refusal, refuse } from "../../domain/outcome.ts";
import type { Plan } from "../../domain/plan.ts";
import type { JournalLine, LedgerEntry, Run, RunHead, RunState, StepRecord } from "../../domain/run.ts";

/** A run after an event, with the lines to be written beside it; or why not. */
export type Moved = { readonly ok: true; readonly run: Run; readonly lines: readonly JournalLine[] } | Refusal;

export interface Context {
  readonly plan: Plan | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** One line of the journal. `by` is a Slack user id or `tuesday`. */
export function line(
  context: Context,
  kind: string,
  text: string,
  more: Partial<Pick<JournalLine, "by" | "show" | "data">> = {},
): JournalLine {
  return {
    at: context.now,
    kind,
    text,
    by: more.by ?? "tuesday",
    show: more.show ?? "journal",
    ...(more.data ? { data: more.data } : {}),
  };
}

export function moved(run: Run, ...lines: readonly JournalLine[]): Moved {
  return { ok: true, run, lines };
}

/** Unexpected events are refusals, never throws: a late click or a late worker is everyday life. */
export function wrongState(run: Run, event: string, expected: readonly RunState[]): Refusal {
  return refuse(
    "wrong-state",
    `"${event}" is not possible: run ${run.head.id} is ${run.head.state}, not ${expected.join(" or ")}.`,
    "look at the run card for what is possible now",
  );
}

/** Has the independent checker passed the very plan that was approved? */
export function isChecked({ head }: Run): boolean {
  return head.digest !== null && head.checked === head.digest;
}

/** Is a step of the plan under way, so that nothing else may begin? */
export function stepUnderWay(run: Run): boolean {
  return Object.values(run.steps).some(isUnderWay);
}

/** Is there still something to be put back? */
export function undoOpen(run: Run): boolean {
  return run.head.undo.some(({ record }) => record.state === "pending" || isUnderWay(record));
}

function isUnderWay(record: StepRecord): boolean {
  return record.state === "intended" || record.state === "acting";
}

export function withHead(run: Run, head: Partial<RunHead>): Run {
  return { ...run, head: { ...run.head, ...head } };
}

export function withStep(run: Run, id: string, record: StepRecord): Run {
  return { ...run, steps: { ...run.steps, [id]: record } };
}

export function withEntry(run: Run, id: string, change: Partial<LedgerEntry>): Run {
  return { ...run, ledger: run.ledger.map((entry) => (entry.id === id ? { ...entry, ...change } : entry)) };
}
