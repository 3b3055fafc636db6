import { expect, test } from "vitest";
import { openAt } from "../../../../src/planner/calendar/open-at.ts";

const first = { from: 100, to: 200, text: "first" };
const second = { from: 300, to: 400, text: "second" };
const spans = [first, second];

test.each([
  ["before the first window it is closed until then", 50, { open: false, next: first }],
  ["at the very start it is open", 100, { open: true, until: first }],
  ["in a window it is open until its end", 199, { open: true, until: first }],
  ["between two windows it is closed until the second", 250, { open: false, next: second }],
  ["in the last window it is open", 300, { open: true, until: second }],
])("%s", (_what, now, expected) => {
  expect(openAt(spans, now)).toEqual(expected);
});

test("refuses to start at the very end of a window", () => {
  expect(openAt(spans, 200)).toEqual({ open: false, next: second });
});

test("refuses for good after the last window, and without any", () => {
  expect(openAt(spans, 400)).toEqual({ open: false, next: null });
  expect(openAt([], 0)).toEqual({ open: false, next: null });
});
