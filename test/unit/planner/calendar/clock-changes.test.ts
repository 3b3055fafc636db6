import { describe, expect, test } from "vitest";
import { windowSpans } from "../../../../src/planner/calendar/window-spans.ts";
import { calendarOf, firstInUtc, textsOf, utc } from "./calendars.ts";

const hour = 3_600_000;

function hoursOfFirst(calendar: Parameters<typeof windowSpans>[0], from: string): number {
  const [span] = windowSpans(calendar, utc(from), { count: 1 });
  return span ? (span.to - span.from) / hour : Number.NaN;
}

describe("a window from 22:00 to 04:00 on the wall clock", () => {
  test.each([
    ["Europe/Berlin", "an ordinary night", "2027-03-26 12:00", "2027-03-26 21:00 to 2027-03-27 03:00", 6],
    ["Europe/Berlin", "the spring night", "2027-03-27 12:00", "2027-03-27 21:00 to 2027-03-28 02:00", 5],
    ["Europe/Berlin", "the autumn night", "2027-10-30 12:00", "2027-10-30 20:00 to 2027-10-31 03:00", 7],
    ["America/New_York", "the spring night", "2027-03-13 12:00", "2027-03-14 03:00 to 2027-03-14 08:00", 5],
    ["America/New_York", "the autumn night", "2027-11-06 12:00", "2027-11-07 02:00 to 2027-11-07 09:00", 7],
    ["Australia/Sydney", "its spring night, in October", "2027-10-02 02:00", "2027-10-02 12:00 to 2027-10-02 17:00", 5],
    ["Australia/Sydney", "its autumn night, in April", "2027-04-03 02:00", "2027-04-03 11:00 to 2027-04-03 18:00", 7],
    [
      "Australia/Lord_Howe",
      "a clock that changes by half an hour",
      "2027-10-02 02:00",
      "2027-10-02 11:30 to 2027-10-02 17:00",
      5.5,
    ],
    ["Asia/Kolkata", "a zone of half hours", "2027-03-27 02:00", "2027-03-27 16:30 to 2027-03-27 22:30", 6],
    ["Asia/Tokyo", "a zone without summer time", "2027-03-27 02:00", "2027-03-27 13:00 to 2027-03-27 19:00", 6],
    ["UTC", "no zone at all", "2027-03-27 12:00", "2027-03-27 22:00 to 2027-03-28 04:00", 6],
  ])("in %s: %s", (zone, _night, from, expected, hours) => {
    const calendar = calendarOf({ zone });

    expect(firstInUtc(calendar, from)).toBe(expected);
    expect(hoursOfFirst(calendar, from)).toBe(hours);
  });

  test("its text says that the clocks change, and how long it really is", () => {
    expect(textsOf(calendarOf({}), "2027-03-26 12:00", 3)).toEqual([
      "Fri 26 Mar 2027 22:00–04:00 Europe/Berlin",
      "Sat 27 Mar 2027 22:00–04:00 Europe/Berlin (the clocks change: 5 h)",
      "Sun 28 Mar 2027 22:00–04:00 Europe/Berlin",
    ]);
    expect(textsOf(calendarOf({}), "2027-10-30 12:00", 1)).toEqual([
      "Sat 30 Oct 2027 22:00–04:00 Europe/Berlin (the clocks change: 7 h)",
    ]);
  });

  test.each(["2027-03-27 12:00", "2027-10-30 12:00", "2027-06-01 12:00"])(
    "given as six hours it is six hours long in every night, also from %s",
    (from) => {
      expect(hoursOfFirst(calendarOf({ hours: 6 }), from)).toBe(6);
    },
  );
});

test.each([
  ["spring, of 23 hours", "2027-03-27 23:30", "2027-03-27 23:00 to 2027-03-28 22:00"],
  ["autumn, of 25 hours", "2027-10-31 00:00", "2027-10-30 22:00 to 2027-10-31 23:00"],
])("a window from 00:00 to 24:00 is the whole day, also in %s", (_what, from, expected) => {
  expect(firstInUtc(calendarOf({ days: ["sunday"], start: "00:00", end: "24:00" }), from)).toBe(expected);
});

describe("a time that does not exist, 02:30 in the spring night, is the first instant after the gap", () => {
  test.each([
    ["as a start in Berlin", { start: "02:30", end: "06:00" }, "2027-03-28 01:00 to 2027-03-28 04:00"],
    ["as a start of real hours", { start: "02:30", hours: 2 }, "2027-03-28 01:00 to 2027-03-28 03:00"],
    ["as an end in Berlin", { start: "22:00", end: "02:30" }, "2027-03-27 21:00 to 2027-03-28 01:00"],
    ["the very first time that is skipped", { start: "02:00", end: "06:00" }, "2027-03-28 01:00 to 2027-03-28 04:00"],
    ["the last that exists before", { start: "01:59", end: "06:00" }, "2027-03-28 00:59 to 2027-03-28 04:00"],
    ["the first that exists after", { start: "03:00", end: "06:00" }, "2027-03-28 01:00 to 2027-03-28 04:00"],
    [
      "as a start close to an end that exists",
      { start: "02:30", end: "03:15" },
      "2027-03-28 01:00 to 2027-03-28 01:15",
    ],
  ])("%s", (_what, window, expected) => {
    expect(firstInUtc(calendarOf({ ...window, days: ["saturday", "sunday"] }), "2027-03-27 12:00")).toBe(expected);
  });

  test("in New York", () => {
    expect(firstInUtc(calendarOf({ zone: "America/New_York", start: "02:30", end: "06:00" }), "2027-03-14 00:00")).toBe(
      "2027-03-14 07:00 to 2027-03-14 10:00",
    );
  });

  test("a window that lies in the gap whole is left out that night, and is there the next", () => {
    expect(textsOf(calendarOf({ start: "02:15", end: "02:45" }), "2027-03-27 12:00", 2)).toEqual([
      "Mon 29 Mar 2027 02:15–02:45 Europe/Berlin",
      "Tue 30 Mar 2027 02:15–02:45 Europe/Berlin",
    ]);
  });

  test("a whole day that a country skips opens no window twice", () => {
    // Samoa went from Thursday 29 to Saturday 31 December 2011.
    expect(textsOf(calendarOf({ zone: "Pacific/Apia", start: "10:00", end: "12:00" }), "2011-12-29 12:00", 3)).toEqual([
      "Thu 29 Dec 2011 10:00–12:00 Pacific/Apia",
      "Sat 31 Dec 2011 10:00–12:00 Pacific/Apia",
      "Sun 1 Jan 2012 10:00–12:00 Pacific/Apia",
    ]);
  });
});

describe("a time that exists twice, 02:30 in the autumn night, is its first", () => {
  test.each([
    ["as a start", { start: "02:30", end: "06:00" }, "2027-10-31 00:30 to 2027-10-31 05:00"],
    ["as an end", { start: "22:00", end: "02:30" }, "2027-10-30 20:00 to 2027-10-31 00:30"],
    ["as both", { start: "02:15", end: "02:45" }, "2027-10-31 00:15 to 2027-10-31 00:45"],
  ])("%s in Berlin", (_what, window, expected) => {
    expect(firstInUtc(calendarOf({ ...window, days: ["saturday", "sunday"] }), "2027-10-30 12:00")).toBe(expected);
  });

  test("in New York", () => {
    expect(firstInUtc(calendarOf({ zone: "America/New_York", start: "01:30", end: "06:00" }), "2027-11-07 00:00")).toBe(
      "2027-11-07 05:30 to 2027-11-07 11:00",
    );
  });

  test("but of a blackout's end it is the second: a blackout is never shorter than what was said", () => {
    const blackouts = [{ from: "2027-10-30", to: "2027-10-31 02:30" }];

    expect(firstInUtc(calendarOf({ blackouts }), "2027-10-30 12:00")).toBe("2027-10-31 01:30 to 2027-10-31 03:00");
  });
});

test("the day that loses an hour at midnight begins at one: a blackout to the day before ends there", () => {
  // Beirut's clocks go from 24:00 to 01:00.
  const blackouts = [{ from: "2027-03-20", to: "2027-03-27" }];
  const calendar = calendarOf({ zone: "Asia/Beirut", blackouts });

  expect(textsOf(calendar, "2027-03-27 12:00", 1)).toEqual(["Sun 28 Mar 2027 01:00–04:00 Asia/Beirut"]);
});
