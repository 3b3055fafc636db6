import { Temporal } from "temporal-polyfill";
import {
  type Blackout,
  type MonthlyRule,
  momentParts,
  monthWeeks,
  type Weekday,
  type Window,
  weekdays,
} from "../../domain/calendar.ts";
import type { Stretch } from "./stretches.ts";

/**
 * The first instant, in milliseconds since 1970, at which the wall clock shows this time or a later one.
 *
 * A time that exists twice (autumn) is its first, as in Temporal's disambiguation "compatible" and in RFC 5545
 * (tc39.es/proposal-temporal/docs/ambiguity.html). A time that does not exist (02:30 in the spring night) is the
 * first instant after the gap, 03:00; ICU calls this "next valid". "compatible" would keep the minutes (03:30):
 * a window agreed to end at 02:30 would go on past 03:00, and one from 02:30 to 03:15 would end before it begins.
 */
export function firstInstant(date: Temporal.PlainDate, time: string, timeZone: string): number {
  const wall = date.toPlainDateTime(time);
  const found = wall.toZonedDateTime(timeZone, { disambiguation: "compatible" });
  if (found.toPlainDateTime().equals(wall)) return found.epochMilliseconds;
  // "earlier" reads it with the offset from after the gap, and so lands before the gap; the gap comes next.
  const before = wall.toZonedDateTime(timeZone, { disambiguation: "earlier" });
  return (before.getTimeZoneTransition("next") ?? found).epochMilliseconds;
}

/** The same, but of a time that exists twice the second: blackouts are never shorter than what was said. */
function lastInstant(date: Temporal.PlainDate, time: string, timeZone: string): number {
  const wall = date.toPlainDateTime(time);
  const found = wall.toZonedDateTime(timeZone, { disambiguation: "later" });
  return found.toPlainDateTime().equals(wall) ? found.epochMilliseconds : firstInstant(date, time, timeZone);
}

/** The day on the wall clock at this instant. */
export function dateAt(ms: number, timeZone: string): Temporal.PlainDate {
  return zonedAt(ms, timeZone).toPlainDate();
}

export function zonedAt(ms: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
}

/**
 * The window that opens on this day. `end` is read on the wall clock (22:00-04:00 is 5 h long in the spring
 * night and 7 h in autumn), `hours` are real hours in every night. Without length where it lies in the gap.
 */
export function windowOn(date: Temporal.PlainDate, window: Window, timeZone: string): Stretch {
  const from = firstInstant(date, window.start, timeZone);
  if (window.end === undefined) return { from, to: from + Math.round((window.hours ?? 0) * 60) * 60_000 };
  const isNextDay = window.end === "24:00" || window.end <= window.start;
  const end = window.end === "24:00" ? "00:00" : window.end;
  return { from, to: firstInstant(isNextDay ? date.add({ days: 1 }) : date, end, timeZone) };
}

/** Does a window with these days open on this day? The offset of a monthly rule may lead into the next month. */
export function opensOn(days: readonly Weekday[] | MonthlyRule, date: Temporal.PlainDate): boolean {
  if (!("week" in days)) return days.some((day) => isDay(date, day));
  const anchor = date.subtract({ days: days.offsetDays });
  if (!isDay(anchor, days.day)) return false;
  if (days.week === "last") return anchor.day + 7 > anchor.daysInMonth;
  return Math.ceil(anchor.day / 7) === monthWeeks.indexOf(days.week) + 1;
}

function isDay(date: Temporal.PlainDate, day: Weekday): boolean {
  return weekdays[date.dayOfWeek - 1] === day;
}

/** A day without a time belongs to the blackout whole, with both of its hours where one exists twice. */
export function blackoutStretch({ from, to }: Pick<Blackout, "from" | "to">, timeZone: string): Stretch {
  const [begin, end] = [momentParts(from), momentParts(to)];
  const beginDate = Temporal.PlainDate.from(begin.date);
  const endDate = Temporal.PlainDate.from(end.date);
  return {
    from: firstInstant(beginDate, begin.time ?? "00:00", timeZone),
    to:
      end.time === null
        ? firstInstant(endDate.add({ days: 1 }), "00:00", timeZone)
        : lastInstant(endDate, end.time, timeZone),
  };
}
