import { describe, expect, test } from "vitest";
import { cutOut, mergeStretches, type Stretch } from "../../../../src/planner/calendar/stretches.ts";

function stretches(...pairs: readonly (readonly [number, number])[]): readonly Stretch[] {
  return pairs.map(([from, to]) => ({ from, to }));
}

test("merged stretches are in order; what overlaps or touches is one", () => {
  expect(mergeStretches(stretches([8, 9], [1, 3], [2, 5], [5, 6]))).toEqual(stretches([1, 6], [8, 9]));
});

test("a stretch within another disappears in it", () => {
  expect(mergeStretches(stretches([1, 9], [2, 3]))).toEqual(stretches([1, 9]));
});

test("a stretch without length, or that ends before it begins, is none", () => {
  expect(mergeStretches(stretches([4, 4], [7, 5], [1, 2]))).toEqual(stretches([1, 2]));
});

describe("cutting holes out of 10 to 20", () => {
  test.each([
    ["outside, touching it", stretches([5, 10], [20, 25]), stretches([10, 20])],
    ["at the beginning", stretches([5, 12]), stretches([12, 20])],
    ["at the end", stretches([18, 25]), stretches([10, 18])],
    ["two inside", stretches([11, 12], [14, 15]), stretches([10, 11], [12, 14], [15, 20])],
    ["all of it", stretches([10, 20]), []],
    ["more than all of it", stretches([5, 25]), []],
  ])("%s", (_what, holes, expected) => {
    expect(cutOut({ from: 10, to: 20 }, holes)).toEqual(expected);
  });
});
