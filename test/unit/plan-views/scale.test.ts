import { expect, test } from "vitest";
import { makeScale, tickWords } from "../../../src/plan-views/scale.ts";

test("time is proportional where there is no pause, and ends at the edge", () => {
  const scale = makeScale({ seconds: 3600, pauses: [], size: 1000, apart: 70 });

  expect([0, 900, 3600].map((moment) => scale.at(moment))).toEqual([0, 250, 1000]);
  expect(scale.at(99_999)).toBe(1000);
  expect(scale.at(-1)).toBe(0);
});

test("a night between two windows is drawn narrow, and the order of moments stays", () => {
  const pauses = [{ start: 3600, end: 3600 + 79_200, text: "pause" }];
  const scale = makeScale({ seconds: 86_400, pauses, size: 1000, apart: 70 });
  const moments = [0, 1800, 3600, 40_000, 82_800, 84_000, 86_400].map((moment) => scale.at(moment));

  expect((moments[4] ?? 0) - (moments[2] ?? 0)).toBeCloseTo(40);
  expect([...moments].sort((a, b) => a - b)).toEqual(moments);
  expect(moments[6]).toBeCloseTo(1000);
  expect(scale.ticks.filter((tick) => tick > 3600 && tick < 82_800)).toEqual([]);
});

test("a pause that takes no plan time has its place: what ends there is before it, what starts there behind it", () => {
  const scale = makeScale({ seconds: 1000, pauses: [{ start: 500, end: 500, text: "p" }], size: 1000, apart: 70 });

  expect(scale.at(500, "end")).toBeCloseTo(480);
  expect(scale.at(500, "start")).toBeCloseTo(520);
  expect(scale.at(1000, "end")).toBeCloseTo(1000);
});

test.each([1, 59, 600, 3600, 36_000, 864_000])("marks of %i seconds are not too near each other", (seconds) => {
  const scale = makeScale({ seconds, pauses: [], size: 1000, apart: 70 });

  expect(scale.ticks[0]).toBe(0);
  expect(scale.ticks.length).toBeLessThanOrEqual(1000 / 70 + 1);
  expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
});

test("a plan of no time at all has a scale", () => {
  expect(makeScale({ seconds: 0, pauses: [], size: 100, apart: 10 }).at(0)).toBe(0);
});

test("marks say hours and minutes, with seconds where they are near", () => {
  expect(tickWords(5400, 1800)).toBe("1:30");
  expect(tickWords(65, 5)).toBe("0:01:05");
});
