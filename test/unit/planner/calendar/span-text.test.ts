import { expect, test } from "vitest";
import { instantText, spanText } from "../../../../src/planner/calendar/span-text.ts";
import { utc } from "./calendars.ts";

test.each([
  ["over midnight", "2027-01-12 21:00", "2027-01-13 01:00", "Tue 12 Jan 2027 22:00–02:00 Europe/Berlin"],
  ["a minute less than a day", "2027-01-12 21:00", "2027-01-13 20:59", "Tue 12 Jan 2027 22:00–21:59 Europe/Berlin"],
  ["a day", "2027-01-12 21:00", "2027-01-13 21:00", "Tue 12 Jan 2027 22:00 – Wed 13 Jan 2027 22:00 Europe/Berlin"],
  [
    "a part of the hour that exists twice",
    "2027-10-31 00:45",
    "2027-10-31 01:15",
    "Sun 31 Oct 2027 02:45–02:15 Europe/Berlin (the clocks change: 30 min)",
  ],
])("a span is read as people say it: %s", (_what, from, to, expected) => {
  expect(spanText({ from: utc(from), to: utc(to) }, "Europe/Berlin")).toBe(expected);
});

test("an instant is read with its day, its time and its zone", () => {
  expect(instantText(utc("2027-07-04 03:05"), "America/New_York")).toBe("Sat 3 Jul 2027 23:05 America/New_York");
});
