import { describe, expect, test } from "vitest";
import { Calendar } from "../../../../src/domain/calendar.ts";
import { horizonDays, windowSpans } from "../../../../src/planner/calendar/window-spans.ts";
import { calendarOf, firstInUtc, textsOf, utc } from "./calendars.ts";

const day = 24 * 3_600_000;
const patchFriday = { week: "second", day: "tuesday", offsetDays: 3 };

describe("weekdays", () => {
  test("a window opens on its days, and is named by the day on which it opens", () => {
    expect(textsOf(calendarOf({ days: ["tuesday", "thursday"], end: "02:00" }), "2027-01-11 00:00", 3)).toEqual([
      "Tue 12 Jan 2027 22:00–02:00 Europe/Berlin",
      "Thu 14 Jan 2027 22:00–02:00 Europe/Berlin",
      "Tue 19 Jan 2027 22:00–02:00 Europe/Berlin",
    ]);
  });

  test("the day is the zone's, not UTC's", () => {
    // 22:00 on Tuesday in Auckland is Tuesday 09:00 in UTC, 03:00 on Wednesday is Tuesday 14:00.
    expect(
      firstInUtc(
        calendarOf({ zone: "Pacific/Auckland", days: ["wednesday"], start: "03:00", hours: 2 }),
        "2027-01-12 00:00",
      ),
    ).toBe("2027-01-12 14:00 to 2027-01-12 16:00");
  });

  test("a window of several days says when it ends", () => {
    expect(textsOf(calendarOf({ days: ["friday"], start: "20:00", hours: 58 }), "2027-01-12 00:00", 1)).toEqual([
      "Fri 15 Jan 2027 20:00 – Mon 18 Jan 2027 06:00 Europe/Berlin",
    ]);
    expect(textsOf(calendarOf({ days: ["sunday"], start: "00:00", end: "24:00" }), "2027-01-12 00:00", 1)).toEqual([
      "Sun 17 Jan 2027 00:00 – Mon 18 Jan 2027 00:00 Europe/Berlin",
    ]);
  });
});

describe("monthly rules", () => {
  test.each([
    ["the second Tuesday", { week: "second", day: "tuesday" }, ["Tue 12 Jan", "Tue 9 Feb", "Tue 9 Mar", "Tue 13 Apr"]],
    ["three days after it", patchFriday, ["Fri 15 Jan", "Fri 12 Feb", "Fri 12 Mar", "Fri 16 Apr"]],
    ["the first Monday", { week: "first", day: "monday" }, ["Mon 4 Jan", "Mon 1 Feb", "Mon 1 Mar", "Mon 5 Apr"]],
    ["the fourth Friday", { week: "fourth", day: "friday" }, ["Fri 22 Jan", "Fri 26 Feb", "Fri 26 Mar", "Fri 23 Apr"]],
    ["the last Sunday", { week: "last", day: "sunday" }, ["Sun 31 Jan", "Sun 28 Feb", "Sun 28 Mar", "Sun 25 Apr"]],
    [
      "an offset that leads into the next month",
      { week: "fourth", day: "friday", offsetDays: 9 },
      ["Sun 3 Jan", "Sun 31 Jan", "Sun 7 Mar", "Sun 4 Apr"],
    ],
    [
      "the second Tuesday and three weeks, now in this month, now in the next",
      { week: "second", day: "tuesday", offsetDays: 21 },
      ["Tue 2 Feb", "Tue 2 Mar", "Tue 30 Mar", "Tue 4 May"],
    ],
  ])("%s", (_what, days, expected) => {
    const calendar = calendarOf({ days, start: "10:00", end: "12:00" });
    const from = expected[0] === "Tue 2 Feb" ? "2027-01-06 00:00" : "2027-01-01 00:00";

    expect(textsOf(calendar, from, 4).map((text) => text.split(" 2027 ")[0])).toEqual(expected);
  });

  test("the last of December with an offset opens in January of the next year", () => {
    const days = { week: "last", day: "thursday", offsetDays: 2 };

    expect(textsOf(calendarOf({ days }), "2026-12-15 00:00", 1)).toEqual(["Sat 2 Jan 2027 22:00–04:00 Europe/Berlin"]);
  });
});

describe("from now on", () => {
  const tuesdays = calendarOf({ days: ["tuesday"] });
  const open = "2027-01-12 21:00 to 2027-01-13 03:00";

  test.each([
    ["before a window: that window", "2027-01-12 20:59", open],
    ["in a window: that window, whole, so that it reads the same all night", "2027-01-13 01:00", open],
    ["at its very end: the next one", "2027-01-13 03:00", "2027-01-19 21:00 to 2027-01-20 03:00"],
  ])("%s", (_what, from, expected) => {
    expect(firstInUtc(tuesdays, from)).toBe(expected);
  });

  test("in the last hour of the longest window, which began a week ago, it is still that window", () => {
    const calendar = calendarOf({ days: { week: "first", day: "monday" }, start: "08:00", hours: 168 });

    expect(firstInUtc(calendar, "2027-01-11 06:30")).toBe("2027-01-04 07:00 to 2027-01-11 07:00");
  });

  test("until an instant: windows that begin before it, the last of them whole", () => {
    const spans = windowSpans(tuesdays, utc("2027-01-11 00:00"), { untilMs: utc("2027-01-19 22:00") });

    expect(spans.map(({ to }) => to)).toEqual([utc("2027-01-13 03:00"), utc("2027-01-20 03:00")]);
  });

  test("without a limit: all within the horizon, and none beyond it", () => {
    const from = utc("2027-01-11 00:00");
    const spans = windowSpans(tuesdays, from);

    expect(spans).toHaveLength(57);
    expect(Math.max(...spans.map((span) => span.from))).toBeLessThan(from + horizonDays * day);
  });

  test("the same spans, whether asked for a few or for all", () => {
    const all = windowSpans(tuesdays, utc("2027-01-11 00:00"));

    for (const count of [0, 1, 5, 20]) {
      expect(windowSpans(tuesdays, utc("2027-01-11 00:00"), { count })).toEqual(all.slice(0, count));
    }
  });
});

describe("windows that overlap or touch are one", () => {
  const ofTwo = (first: object, second: object) =>
    Calendar.parse({
      timeZone: "Europe/Berlin",
      windows: [
        { days: ["tuesday"], ...first },
        { days: ["tuesday"], ...second },
      ],
    });

  test.each([
    ["overlapping", { start: "22:00", end: "02:00" }, { start: "23:00", end: "04:00" }, "22:00–04:00"],
    ["one in the other", { start: "20:00", end: "23:00" }, { start: "21:00", end: "22:00" }, "20:00–23:00"],
    ["touching", { start: "22:00", end: "23:00" }, { start: "23:00", end: "01:00" }, "22:00–01:00"],
    ["the same twice, in any order", { start: "22:00", hours: 2 }, { start: "22:00", end: "00:00" }, "22:00–00:00"],
  ])("%s", (_what, first, second, expected) => {
    const text = [`Tue 12 Jan 2027 ${expected} Europe/Berlin`];

    expect(textsOf(ofTwo(first, second), "2027-01-11 00:00", 1)).toEqual(text);
    expect(textsOf(ofTwo(second, first), "2027-01-11 00:00", 1)).toEqual(text);
  });

  test("a calendar that is always open is one span over the whole horizon", () => {
    const from = utc("2027-01-11 12:00");
    const spans = windowSpans(calendarOf({ start: "00:00", end: "24:00" }), from, { count: 3 });

    expect(spans).toHaveLength(1);
    expect(spans[0]?.from).toBeLessThanOrEqual(from);
    expect(spans[0]?.to).toBeGreaterThanOrEqual(from + horizonDays * day);
  });
});

describe("blackouts", () => {
  test("over new year: both days belong to it, and the first window after it is the next night's", () => {
    const calendar = calendarOf({ end: "23:00", blackouts: [{ from: "2026-12-20", to: "2027-01-03" }] });

    expect(textsOf(calendar, "2026-12-19 00:00", 2)).toEqual([
      "Sat 19 Dec 2026 22:00–23:00 Europe/Berlin",
      "Mon 4 Jan 2027 22:00–23:00 Europe/Berlin",
    ]);
  });

  test.each([
    ["that begins in a window ends it at midnight", { from: "2027-01-13", to: "2027-01-13" }, ["22:00–00:00"]],
    ["that ends in a window opens it then", { from: "2027-01-12", to: "2027-01-12" }, ["00:00–04:00"]],
    [
      "in the midst of a window leaves both parts",
      { from: "2027-01-12 23:00", to: "2027-01-13 01:00" },
      ["22:00–23:00", "01:00–04:00"],
    ],
    [
      "leaves no part shorter than a quarter of an hour",
      { from: "2027-01-12 22:10", to: "2027-01-13 01:00" },
      ["01:00–04:00"],
    ],
    [
      "leaves a part of a quarter of an hour",
      { from: "2027-01-12 22:15", to: "2027-01-13 01:00" },
      ["22:00–22:15", "01:00–04:00"],
    ],
    ["that touches a window changes nothing", { from: "2027-01-13 04:00", to: "2027-01-13 09:00" }, ["22:00–04:00"]],
  ])("one %s", (_what, blackout, expected) => {
    const calendar = calendarOf({ days: ["tuesday"], blackouts: [blackout] });
    const spans = windowSpans(calendar, utc("2027-01-11 00:00"), { untilMs: utc("2027-01-15 00:00") });

    expect(spans.map(({ text }) => text.split(" ")[4])).toEqual(expected);
  });

  test("a short window that no blackout cuts is kept", () => {
    expect(textsOf(calendarOf({ end: "22:05" }), "2027-01-12 00:00", 1)).toEqual([
      "Tue 12 Jan 2027 22:00–22:05 Europe/Berlin",
    ]);
  });

  test("several that overlap are one", () => {
    const blackouts = [
      { from: "2027-01-12", to: "2027-01-15" },
      { from: "2027-01-11", to: "2027-01-13" },
      { from: "2027-01-16", to: "2027-01-17" },
    ];

    expect(textsOf(calendarOf({ end: "23:00", blackouts }), "2027-01-11 00:00", 1)).toEqual([
      "Mon 18 Jan 2027 22:00–23:00 Europe/Berlin",
    ]);
  });

  test("two in one window, given in any order, are both cut out", () => {
    const blackouts = [
      { from: "2027-01-13 02:00", to: "2027-01-13 03:00" },
      { from: "2027-01-12 23:00", to: "2027-01-13 01:00" },
    ];

    expect(textsOf(calendarOf({ blackouts }), "2027-01-12 12:00", 3)).toEqual([
      "Tue 12 Jan 2027 22:00–23:00 Europe/Berlin",
      "Wed 13 Jan 2027 01:00–02:00 Europe/Berlin",
      "Wed 13 Jan 2027 03:00–04:00 Europe/Berlin",
    ]);
  });

  test("after a long one the search goes on beyond the first weeks", () => {
    const blackouts = [{ from: "2027-01-01", to: "2027-10-31" }];

    expect(textsOf(calendarOf({ end: "23:00", blackouts }), "2027-01-11 00:00", 1)).toEqual([
      "Mon 1 Nov 2027 22:00–23:00 Europe/Berlin",
    ]);
  });

  test("nothing at all, when one covers the whole horizon: the caller refuses", () => {
    const blackouts = [{ from: "2027-01-01", to: "2029-01-01" }];

    expect(windowSpans(calendarOf({ blackouts }), utc("2027-01-11 00:00"))).toEqual([]);
  });
});
