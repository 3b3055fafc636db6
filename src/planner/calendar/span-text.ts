import type { Temporal } from "temporal-polyfill";
import { durationWords } from "../../domain/time-words.ts";
import type { Stretch } from "./stretches.ts";
import { zonedAt } from "./wall-clock.ts";

// Our own names: those of Intl change with the version of Node, and a plan's text is part of its digest.
const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/**
 * A span as people read it: `Tue 12 Jan 2027 22:00–02:00 Europe/Berlin`. The day of its end is named where
 * the span lasts a day or longer; its real length where the clocks change in it.
 */
export function spanText({ from, to }: Stretch, timeZone: string): string {
  const begin = zonedAt(from, timeZone);
  const end = zonedAt(to, timeZone);
  const isShort = begin.toPlainDateTime().until(end.toPlainDateTime()).total("hours") < 24;
  const until = isShort ? `–${timeText(end)}` : ` – ${dateText(end)} ${timeText(end)}`;
  const changes = begin.offset !== end.offset;
  const length = changes ? ` (the clocks change: ${durationWords((to - from) / 1000)})` : "";
  return `${dateText(begin)} ${timeText(begin)}${until} ${timeZone}${length}`;
}

/** An instant as people read it: `Tue 12 Jan 2027 22:00 Europe/Berlin`. */
export function instantText(ms: number, timeZone: string): string {
  const at = zonedAt(ms, timeZone);
  return `${dateText(at)} ${timeText(at)} ${timeZone}`;
}

function dateText(at: Temporal.ZonedDateTime): string {
  return `${days[at.dayOfWeek - 1]} ${at.day} ${months[at.month - 1]} ${at.year}`;
}

function timeText(at: Temporal.ZonedDateTime): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(at.hour)}:${two(at.minute)}`;
}
