import { Calendar } from "../../../../src/domain/calendar.ts";
import { windowSpans } from "../../../../src/planner/calendar/window-spans.ts";

/** Milliseconds since 1970 of a time in UTC: `2027-01-12 21:00`. */
export function utc(text: string): number {
  return Date.parse(`${text.replace(" ", "T")}Z`);
}

export interface Sketch {
  readonly zone?: string;
  readonly days?: unknown;
  readonly start?: string;
  readonly end?: string;
  readonly hours?: number;
  readonly blackouts?: readonly { readonly from: string; readonly to: string }[];
}

const everyDay = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** A calendar with one window: every night from 22:00 to 04:00 in Berlin, if nothing else is said. */
export function calendarOf({ zone = "Europe/Berlin", days = everyDay, start = "22:00", ...more }: Sketch): Calendar {
  const { hours, blackouts = [], end } = more;
  const length = hours === undefined ? { end: end ?? "04:00" } : { hours };
  return Calendar.parse({
    timeZone: zone,
    windows: [{ days, start, ...length }],
    blackouts: blackouts.map((one) => ({ ...one, why: "test" })),
  });
}

/** The texts of the first spans from an instant in UTC. */
export function textsOf(calendar: Calendar, from: string, count: number): readonly string[] {
  return windowSpans(calendar, utc(from), { count }).map(({ text }) => text);
}

/** The first span from an instant in UTC, in UTC: `2027-03-27 21:00 to 2027-03-28 02:00`. */
export function firstInUtc(calendar: Calendar, from: string): string {
  const [span] = windowSpans(calendar, utc(from), { count: 1 });
  return span ? `${inUtc(span.from)} to ${inUtc(span.to)}` : "none";
}

function inUtc(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace("T", " ");
}
