import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Calendar, momentParts } from "../../../src/domain/calendar.ts";
import { readInventory } from "../../../src/inventory-file.ts";

const nights = { days: ["tuesday", "thursday"], start: "22:00", end: "04:00" };
const calendar = { timeZone: "Europe/Berlin", windows: [nights] };

/** What people read of an inventory with this calendar, without the way to it. */
function problemsOf(given: unknown): readonly string[] {
  const text = `version: 1
teams:
  ops: { members: [U0ADAM] }
clusters:
  c:
    policy:
      operators: ops
      approvers: ops
      calendar: ${JSON.stringify(given)}
    hosts:
      h1: {}
`;
  const loaded = readInventory("inv.yaml", text);
  const way = "inv.yaml:9: clusters.c.policy.calendar";
  return loaded.ok ? [] : loaded.problems.map((one) => (one.startsWith(way) ? one.slice(way.length) : one));
}

const withWindow = (change: object) => ({ ...calendar, windows: [{ ...nights, ...change }] });
const withBlackout = (from: unknown, to: unknown, why: unknown = "sale") => ({
  ...calendar,
  blackouts: [{ from, to, why }],
});

test("a calendar of one window is enough; without blackouts the list is empty", () => {
  expect(Calendar.parse(calendar)).toEqual({ ...calendar, blackouts: [] });
});

test("a monthly rule without an offset means that day itself", () => {
  const parsed = Calendar.parse(withWindow({ days: { week: "second", day: "tuesday" } }));

  expect(parsed.windows[0]?.days).toEqual({ week: "second", day: "tuesday", offsetDays: 0 });
});

test.each([
  ["an end on the next day", nights],
  ["a length in hours", { days: ["friday"], start: "20:00", hours: 58 }],
  ["a whole day", { days: ["sunday"], start: "00:00", end: "24:00" }],
  ["a patch day with an offset", { days: { week: "second", day: "tuesday", offsetDays: 3 }, start: "22:00", hours: 6 }],
  ["the last Saturday of the month", { days: { week: "last", day: "saturday" }, start: "08:00", end: "18:00" }],
])("takes a window with %s", (_what, window) => {
  expect(problemsOf({ ...calendar, windows: [window] })).toEqual([]);
});

test.each(["Europe/Berlin", "America/New_York", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "UTC"])(
  "takes the zone %s",
  (timeZone) => {
    expect(problemsOf({ ...calendar, timeZone })).toEqual([]);
  },
);

test("takes windows that overlap, blackouts of one day, and blackouts with times of day", () => {
  const blackouts = [
    { from: "2026-12-20", to: "2026-12-20", why: "stock-taking" },
    { from: "2026-12-24 12:00", to: "2027-01-03", why: "holidays" },
    { from: "2028-02-29T08:00", to: "2028-02-29T09:00", why: "audit" },
  ];

  expect(problemsOf({ ...calendar, windows: [nights, { ...nights, start: "23:00" }], blackouts })).toEqual([]);
});

test("times need no quotes in the inventory", () => {
  const text = `version: 1
teams:
  ops: { members: [U0ADAM] }
clusters:
  c:
    policy:
      operators: ops
      approvers: ops
      calendar:
        timeZone: Europe/Berlin
        windows:
          - days: [tuesday]
            start: 22:00
            end: 04:00
        blackouts:
          - { from: 2026-12-20, to: 2027-01-03 18:00, why: new year }
    hosts:
      h1: {}
`;

  const loaded = readInventory("inv.yaml", text);

  expect(loaded).toMatchObject({ ok: true });
});

describe("time zones", () => {
  const told = (timeZone: string) => problemsOf({ ...calendar, timeZone });
  const anything = "use a region such as Europe/Berlin or America/New_York, or UTC";

  test.each([
    ["a mistyped letter", "Europe/Belin", "did you mean Europe/Berlin?"],
    ["a city alone", "Berlin", "did you mean Europe/Berlin?"],
    ["a city with a space", "America/New York", "did you mean America/New_York?"],
    ["an unknown place", "Mars/Olympus", anything],
    ["an abbreviation, which may know no summer time", "EST", anything],
    ["a difference to UTC", "+01:00", anything],
    ["nothing", "", anything],
  ])("refuses %s, with a hint", (_what, zone, hint) => {
    expect(told(zone)).toEqual([`.timeZone: there is no time zone "${zone}"; ${hint}`]);
  });
});

const days = "weekdays such as [tuesday, thursday], or a rule such as { week: second, day: tuesday, offsetDays: 3 }";
const time = 'write a time as "22:00", from "00:00" to "23:59"';
const names = "monday, tuesday, wednesday, thursday, friday, saturday, sunday";
const first = ".windows.0";

test.each<[string, unknown, string]>([
  [
    "a calendar without windows",
    { ...calendar, windows: [] },
    ".windows: is empty, so no run could ever start; add a window or remove the calendar",
  ],
  ["windows that are missing", { timeZone: "UTC" }, ".windows: is missing; add a list ([a, b])"],
  ["a zone that is missing", { windows: [nights] }, ".timeZone: is missing; add a text"],
  ["an unknown key", { ...calendar, window: [] }, '.window: unknown key "window"; remove it or correct its spelling'],
  ["a window without days", withWindow({ days: undefined }), `${first}.days: is missing; add ${days}`],
  ["days that are one word", withWindow({ days: "tuesday" }), `${first}.days: must be ${days}`],
  ["days of nothing", withWindow({ days: [] }), `${first}.days: names no day; add one, for example [saturday]`],
  [
    "a day in another language",
    withWindow({ days: ["dienstag"] }),
    `${first}.days.0: is not known; use one of ${names}`,
  ],
  [
    "a fifth Tuesday",
    withWindow({ days: { week: "fifth", day: "tuesday" } }),
    `${first}.days.week: is not known; use one of first, second, third, fourth, last`,
  ],
  [
    "a rule without a day",
    withWindow({ days: { week: "first" } }),
    `${first}.days.day: is missing; use one of ${names}`,
  ],
  [
    "an offset of a whole month",
    withWindow({ days: { week: "first", day: "monday", offsetDays: 40 } }),
    `${first}.days.offsetDays: must be at most 27`,
  ],
  [
    "an unknown key of a rule",
    withWindow({ days: { week: "first", day: "monday", offset: 3 } }),
    `${first}.days.offset: unknown key "offset"; remove it or correct its spelling`,
  ],
  ["an hour with one digit", withWindow({ start: "9:00" }), `${first}.start: ${time}`],
  ["a start at the end of the day", withWindow({ start: "24:00" }), `${first}.start: ${time}`],
  [
    "a time that is not there",
    withWindow({ end: "24:30" }),
    `${first}.end: write a time as "04:00", from "00:00" to "24:00"`,
  ],
  [
    "a whole day without length",
    withWindow({ start: "00:00", end: "00:00" }),
    `${first}.end: is the same as start, a window without length; for a whole day use end: "24:00"`,
  ],
  [
    "a window that does not close",
    withWindow({ end: undefined }),
    `${first}: does not say when it closes; add end: "04:00" or hours: 6`,
  ],
  [
    "a window that closes twice",
    withWindow({ hours: 6 }),
    `${first}.hours: says again when the window closes; keep end or hours`,
  ],
  [
    "a window without length",
    withWindow({ end: "22:00" }),
    `${first}.end: is the same as start, a window without length; for a whole day use hours: 24`,
  ],
  ["a window of zero hours", withWindow({ end: undefined, hours: 0 }), `${first}.hours: must be at least 0.25`],
  ["a window of two weeks", withWindow({ end: undefined, hours: 336 }), `${first}.hours: must be at most 168`],
  [
    "a blackout that ends before it begins",
    withBlackout("2027-01-03", "2026-12-20"),
    ".blackouts.0.to: the blackout ends (2026-12-20) before it begins (2027-01-03); swap from and to",
  ],
  [
    "a blackout that ends the minute it begins",
    withBlackout("2027-01-03 10:00", "2027-01-03 10:00"),
    ".blackouts.0.to: the blackout has no length; give to a later time, or a day without a time",
  ],
  [
    "a day that does not exist",
    withBlackout("2027-02-29", "2027-03-01"),
    ".blackouts.0.from: there is no 2027-02-29; correct the day",
  ],
  [
    "a day in another order",
    withBlackout("03.01.2027", "2027-03-01"),
    '.blackouts.0.from: write a day as 2026-12-20, or with a time as "2026-12-20 18:00"',
  ],
  [
    "a blackout without a reason",
    withBlackout("2027-01-01", "2027-01-03", ""),
    ".blackouts.0.why: is empty; say in a few words why",
  ],
])("refuses %s, with the key and what to do", (_what, given, problem) => {
  expect(problemsOf(given)).toEqual([problem]);
});

test("all problems of a calendar are told at once", () => {
  expect(
    problemsOf({ timeZone: "Berlin", windows: [{ ...nights, start: "9" }, { days: [] }], blackouts: [{}] }),
  ).toHaveLength(7);
});

test("a moment is a day, with or without a time", () => {
  expect(momentParts("2026-12-20")).toEqual({ date: "2026-12-20", time: null });
  expect(momentParts("2026-12-20 18:00")).toEqual({ date: "2026-12-20", time: "18:00" });
  expect(momentParts("2026-12-20T18:00")).toEqual({ date: "2026-12-20", time: "18:00" });
});

test("the calendar in docs/examples/real-hosts.yaml is right once its # are taken off", () => {
  const file = new URL("../../../docs/examples/real-hosts.yaml", import.meta.url);
  const lines = readFileSync(file, "utf8").split("\n");
  const start = lines.findIndex((line) => line.trim() === "# calendar:");
  const end = lines.findIndex((line, i) => i > start && line.trim() === "");
  const text = lines.map((line, i) => (i >= start && i < end ? line.replace(/^( *)# /, "$1") : line)).join("\n");

  const loaded = readInventory("real-hosts.yaml", text);

  expect(loaded.ok ? [] : loaded.problems).toEqual([]);
  expect(loaded.ok && loaded.inventory.clusters.web?.policy.calendar).toMatchObject({
    windows: [{ end: "04:00" }, { hours: 10 }],
    blackouts: [{ from: "2026-12-20" }, { to: "2027-04-01 12:00" }],
  });
});
