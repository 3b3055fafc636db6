import type { Calendar } from "../../domain/calendar.ts";
import { done, type Result } from "../../domain/outcome.ts";
import type { Plan, Reason } from "../../domain/plan.ts";
import type { WindowSpan } from "../../domain/schedule.ts";
import { fitIntoWindows } from "../calendar/fit.ts";
import { windowSpans } from "../calendar/window-spans.ts";
import { blocksOf, type StepBlock } from "./blocks.ts";

export interface InWindows {
  /** The windows that are used, in order. */
  readonly windows: readonly WindowSpan[];
  /** Which machines are done in which of them. */
  readonly decisions: readonly Reason[];
}

/** Most plans need a few windows; only what does not fit asks for those of a whole year. */
const spansAtFirst = [6, 60, Number.POSITIVE_INFINITY] as const;

/** Names of blocks in one sentence before the rest is counted. */
const namesShown = 6;

/**
 * The windows of the calendar that the blocks of a plan go into, each whole in one of them, from `startAt` on
 * (milliseconds since 1970). Refuses what does not fit, by name. Seconds of a plan become wall-clock time by `clockRate`.
 */
export function putIntoWindows(
  plan: Pick<Plan, "steps" | "stages" | "clockRate">,
  calendar: Calendar | undefined,
  startAt: number,
): Result<InWindows> {
  if (!calendar) return done({ windows: [], decisions: [] });
  const pieces = blocksOf(plan);
  const blocks = pieces.map(({ name, start, end }) => ({ id: name, seconds: (end - start) / plan.clockRate }));
  let fitted: ReturnType<typeof fitIntoWindows> | null = null;
  let spans: readonly WindowSpan[] = [];
  for (const count of spansAtFirst) {
    spans = windowSpans(calendar, startAt, Number.isFinite(count) ? { count } : {});
    fitted = fitIntoWindows({ blocks, spans, notBeforeMs: startAt });
    if (fitted.ok) break;
  }
  if (!fitted?.ok) return fitted ?? done({ windows: [], decisions: [] });
  const names = new Map<number, string[]>();
  for (const { span, id } of fitted.value) names.set(span, [...(names.get(span) ?? []), id]);
  const used = [...names].flatMap(([i, ids]) => (spans[i] ? [{ span: spans[i], ids }] : []));
  const spanOf = new Map(fitted.value.map(({ span }, i) => [pieces[i], span]));
  const left = switchesLeftOff(pieces, (piece) => spanOf.get(piece) ?? 0);
  return done({
    windows: used.map(({ span }) => span),
    decisions: [
      ...used.map(({ span, ids }) => calendarReason(`in the window ${span.text}: ${listed(ids)}`)),
      ...left.map((name) =>
        calendarReason(`${name} stays off between the windows: hosts are patched before and after`),
      ),
    ],
  });
}

/** Switches that go off in one window and on again in a later one: `ha of xen-pool`. */
function switchesLeftOff(pieces: readonly StepBlock[], spanOf: (piece: StepBlock) => number): readonly string[] {
  const offAt = new Map<string, number>();
  const left: string[] = [];
  for (const piece of pieces)
    for (const { act } of piece.steps) {
      if (act.do !== "set-switch") continue;
      const name = `${act.name} of ${act.pool}`;
      if (!act.on) offAt.set(name, spanOf(piece));
      else if ((offAt.get(name) ?? spanOf(piece)) < spanOf(piece)) left.push(name);
    }
  return left;
}

function listed(ids: readonly string[]): string {
  const more = ids.length > namesShown ? ` and ${ids.length - namesShown} more` : "";
  return `${ids.slice(0, namesShown).join(", ")}${more}`;
}

function calendarReason(text: string): Reason {
  return {
    rule: "calendar",
    strength: "policy",
    text,
    source: "policy.calendar in the inventory",
    scope: "this cluster",
  };
}
