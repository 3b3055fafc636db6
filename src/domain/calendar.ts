import { z } from "zod";
import { TimeZone } from "./time-zone.ts";

export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Weekday = (typeof weekdays)[number];

/** Which of a month's Mondays, Tuesdays …; not every month has a fifth, so there is none. */
export const monthWeeks = ["first", "second", "third", "fourth", "last"] as const;

const timeOfDay = "(?:[01]\\d|2[0-3]):[0-5]\\d";

/** A time of day on the wall clock of the calendar's zone. */
const TimeOfDay = z.string().regex(new RegExp(`^${timeOfDay}$`), 'write a time as "22:00", from "00:00" to "23:59"');

/** The same, and "24:00": midnight at the end of the day, whether it has 23, 24 or 25 hours. */
const EndOfDay = z
  .string()
  .regex(new RegExp(`^(?:${timeOfDay}|24:00)$`), 'write a time as "04:00", from "00:00" to "24:00"');

/** Once a month: `{ week: second, day: tuesday, offsetDays: 3 }` is the Friday after Microsoft's patch day. */
export const MonthlyRule = z.strictObject({
  week: z.enum(monthWeeks),
  day: z.enum(weekdays),
  /** Days after that day; they are counted first, so the window may open in the next month. */
  offsetDays: z.number().int().min(0).max(27).default(0),
});
export type MonthlyRule = z.infer<typeof MonthlyRule>;

const Weekdays = z.array(z.enum(weekdays)).min(1, "names no day; add one, for example [saturday]");

const daysHint =
  "weekdays such as [tuesday, thursday], or a rule such as { week: second, day: tuesday, offsetDays: 3 }";

/** Weekdays or a monthly rule. No `z.union`: its complaint names neither the key nor what to do. */
const Days = z.unknown().transform((value, context): readonly Weekday[] | MonthlyRule => {
  const isMap = typeof value === "object" && value !== null;
  if (!isMap) {
    const what = value === undefined ? "is missing; add" : "must be";
    context.addIssue({ code: "custom", message: `${what} ${daysHint}` });
    return z.NEVER;
  }
  const parsed = (Array.isArray(value) ? Weekdays : MonthlyRule).safeParse(value);
  if (parsed.success) return parsed.data;
  // Finished issues pass as raw ones (zod has no call for this); zod puts the way to `days` before their paths.
  context.issues.push(...(parsed.error.issues as z.core.$ZodRawIssue[]));
  return z.NEVER;
});

/** A stretch of the week or month in which steps may start. Windows may overlap: then they are one longer window. */
export const Window = z
  .strictObject({
    /** The days on which it opens. It may close on the next day, or later. */
    days: Days,
    start: TimeOfDay,
    /** The wall clock at its end. Not after `start`: on the next day. In the night of a clock change it is an hour shorter or longer. */
    end: EndOfDay.optional(),
    /** Or its length in real hours, the same in every night. */
    hours: z
      .number()
      .min(0.25)
      .max(7 * 24)
      .optional(),
  })
  .superRefine(({ start, end, hours }, context) => {
    const say = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    if (end === undefined && hours === undefined) say([], 'does not say when it closes; add end: "04:00" or hours: 6');
    if (end !== undefined && hours !== undefined)
      say(["hours"], "says again when the window closes; keep end or hours");
    const whole = start === "00:00" ? 'end: "24:00"' : "hours: 24";
    if (end === start) say(["end"], `is the same as start, a window without length; for a whole day use ${whole}`);
  });
export type Window = z.infer<typeof Window>;

const day = "\\d{4}-\\d{2}-\\d{2}";
const dayForm = new RegExp(`^(${day})(?:[ T](${timeOfDay}))?$`);

/** A day of the calendar's zone, with or without a time of day: `2026-12-20`, `2026-12-20 18:00`. */
const Moment = z.string().superRefine((text, context) => {
  const [, date] = dayForm.exec(text) ?? [];
  if (date !== undefined && z.iso.date().safeParse(date).success) return;
  const message =
    date === undefined
      ? `write a day as 2026-12-20, or with a time as "2026-12-20 18:00"`
      : `there is no ${date}; correct the day`;
  context.addIssue({ code: "custom", message });
});

/** The two parts of a moment; null where no time of day is given. */
export function momentParts(moment: string): { readonly date: string; readonly time: string | null } {
  const [, date = "", time = null] = dayForm.exec(moment) ?? [];
  return { date, time };
}

/** Nothing starts in it, and no window reaches into it: a freeze over new year, a shop's sale. */
export const Blackout = z
  .strictObject({
    /** From the beginning of this day, or from this time. */
    from: Moment,
    /** To the end of this day (it belongs to the blackout), or to this time. */
    to: Moment,
    /** For people: shown where a window is missed. */
    why: z.string().min(1, "is empty; say in a few words why").max(200),
  })
  .superRefine(({ from, to }, context) => {
    const [begin, end] = [sortable(from, "00:00"), sortable(to, "24:00")];
    if (begin < end) return;
    const message =
      begin === end
        ? "the blackout has no length; give to a later time, or a day without a time"
        : `the blackout ends (${to}) before it begins (${from}); swap from and to`;
    context.addIssue({ code: "custom", path: ["to"], message });
  });
export type Blackout = z.infer<typeof Blackout>;

function sortable(moment: string, otherwise: string): string {
  const { date, time } = momentParts(moment);
  return `${date} ${time ?? otherwise}`;
}

/**
 * When a cluster may be patched: windows in one time zone, without the blackouts. Without a calendar a run
 * may start at any time.
 */
export const Calendar = z.strictObject({
  timeZone: TimeZone,
  windows: z.array(Window).min(1, "is empty, so no run could ever start; add a window or remove the calendar").max(50),
  blackouts: z.array(Blackout).max(500).default([]),
});
export type Calendar = z.infer<typeof Calendar>;
