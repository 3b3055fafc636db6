import type { Calendar } from "../../domain/calendar.ts";
import type { WindowSpan } from "../../domain/schedule.ts";
import { spanText } from "./span-text.ts";
import { cutOut, mergeStretches, type Stretch } from "./stretches.ts";
import { blackoutStretch, dateAt, opensOn, windowOn } from "./wall-clock.ts";

const dayMs = 24 * 60 * 60_000;

/** How far ahead windows are looked for: a year, and some weeks for a blackout at its end. */
export const horizonDays = 400;

/** A window is at most 168 hours long, so one that is open now began within these days. */
const lookBackDays = 9;

/** What a blackout leaves of a window is kept from this length on: in less, no machine is patched. */
export const leastPartMinutes = 15;

export interface SpanLimit {
  /** At most so many spans. Default: as many as there are. */
  readonly count?: number;
  /** Only spans that begin before this instant, in milliseconds since 1970. Default: `horizonDays` ahead. */
  readonly untilMs?: number;
}

/**
 * The stretches in which steps may start, in order of time: windows without blackouts, merged where they
 * overlap or touch. The first is the one open at `fromMs` (milliseconds since 1970), whole, so that it reads
 * the same whenever it is asked for; or else the next. None begins more than `horizonDays` ahead; an empty
 * list means that no window opens until then, and the caller refuses.
 * A calendar that is always open is one span from some days before `fromMs` to the horizon.
 */
export function windowSpans(calendar: Calendar, fromMs: number, limit: SpanLimit = {}): readonly WindowSpan[] {
  const count = limit.count ?? Number.POSITIVE_INFINITY;
  const untilMs = Math.min(limit.untilMs ?? Number.POSITIVE_INFINITY, fromMs + horizonDays * dayMs);
  const holes = mergeStretches(calendar.blackouts.map((one) => blackoutStretch(one, calendar.timeZone)));
  let wanted: readonly Stretch[] = [];
  // Most questions are about the next few weeks; the whole year is searched only when it must be.
  for (const aheadDays of [30, 120, horizonDays + lookBackDays]) {
    const found = openStretches(calendar, holes, { fromMs, aheadDays });
    wanted = found.filter(({ from }) => from < untilMs).slice(0, count);
    // Something comes after them, so the last of them is found to its end.
    if (found.length > wanted.length) break;
  }
  return wanted.map(({ from, to }) => ({ from, to, text: spanText({ from, to }, calendar.timeZone) }));
}

interface Search {
  readonly fromMs: number;
  readonly aheadDays: number;
}

/** Windows without holes that end after `fromMs` and open at most `aheadDays` days later; the last may not be found to its end. */
function openStretches(calendar: Calendar, holes: readonly Stretch[], { fromMs, aheadDays }: Search): Stretch[] {
  const { timeZone, windows } = calendar;
  const today = dateAt(fromMs, timeZone);
  const all: Stretch[] = [];
  for (let day = -lookBackDays; day <= aheadDays; day += 1) {
    const date = today.add({ days: day });
    for (const window of windows) if (opensOn(window.days, date)) all.push(windowOn(date, window, timeZone));
  }
  return mergeStretches(all)
    .flatMap((whole) => withoutHoles(whole, holes))
    .filter(({ to }) => to > fromMs);
}

function withoutHoles(whole: Stretch, holes: readonly Stretch[]): readonly Stretch[] {
  const parts = cutOut(whole, holes);
  const isCut = parts.length !== 1 || parts[0]?.from !== whole.from || parts[0].to !== whole.to;
  return isCut ? parts.filter(({ from, to }) => to - from >= leastPartMinutes * 60_000) : parts;
}
