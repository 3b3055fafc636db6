import fc from "fast-check";
import { expect, test } from "vitest";
import { findWeights } from "../../../../src/planner/bounds/best-weights.ts";

const list = (...values: number[]) => Float64Array.from(values);
const total = (worths: Float64Array, weights: Float64Array) =>
  worths.reduce((sum, w, i) => sum + w * (weights[i] ?? 0), 0);

test("one large or two small: a small one weighs half of a large one", () => {
  expect([...findWeights(list(10, 10), [list(1, 0), list(0, 2)])]).toEqual([1, 0.5]);
});

test("a set of both takes from the one that is worth less", () => {
  const worths = list(30, 10);

  const weights = findWeights(worths, [list(1, 1), list(0, 3)]);

  expect(total(worths, weights)).toBeCloseTo(30);
});

test("what is worth nothing spoils nothing", () => {
  expect(total(list(5, 0), findWeights(list(5, 0), [list(1, 4)]))).toBeCloseTo(5);
});

test("no set ever weighs more than 1, and equal worths get at least what the fullest set leaves", () => {
  const sets = fc.array(fc.array(fc.nat(9), { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(sets, fc.array(fc.nat(5_000), { minLength: 4, maxLength: 4 }), (drawn, worth) => {
      const all = [...drawn.map((set) => list(...set)), list(1, 0, 0, 0), list(0, 1, 0, 0), list(0, 0, 1, 1)];
      const worths = list(...worth);

      const weights = findWeights(worths, all);

      for (const set of all) expect(total(set, weights)).toBeLessThanOrEqual(1 + 1e-12);
      const fullest = Math.max(...all.map((set) => set.reduce((sum, count) => sum + count, 0)));
      const even = worth.reduce((sum, one) => sum + one, 0) / fullest;
      expect(total(worths, weights)).toBeGreaterThanOrEqual(even * (1 - 1e-6));
    }),
    { seed: 20_270_112, numRuns: 300 },
  );
});
