import { expect, test } from "vitest";
import { boundMachines } from "../../../../src/planner/bounds/machines.ts";

test("no jobs need no time, and one machine needs the sum", () => {
  expect(boundMachines([], 3)).toBe(0);
  expect(boundMachines([5, 3, 4], 1)).toBe(12);
});

test("the longest job, the even share and the jobs that must share a machine each count", () => {
  expect(boundMachines([9, 1, 1], 2)).toBe(9);
  expect(boundMachines([4, 4, 3, 3, 1], 2)).toBe(8);
  // Four equal jobs on three machines: two share one.
  expect(boundMachines([5, 5, 5, 5], 3)).toBe(10);
  // Seven on three: three share one, though the even share is 12.
  expect(boundMachines([5, 5, 5, 5, 5, 5, 5], 3)).toBe(15);
});
