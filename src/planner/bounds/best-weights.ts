import { solve } from "yalps";
import { at } from "./machines.ts";

/** More rounds change little; weights that are not the best prove a bound as well. */
const mostRounds = 60;
/** What a set may weigh over 1 before it is looked at again. The end result is exact whatever stands here. */
const slack = 1e-9;

/**
 * Weights ≥ 0 of kinds of things, such that no set weighs more than 1 and Σ weight · worth is as large as may be: the
 * dual of the linear program that covers all worth with sets. `sets`: how many of each kind are in it; every kind is
 * in one at least.
 *
 * Solved with few sets, those that turn out too heavy are added and it is solved again. In the end all weights are
 * divided by the heaviest set, so that the answer never hangs on how exact the solver was.
 */
export function findWeights(worths: Float64Array, sets: readonly Float64Array[]): Float64Array {
  const rows = new Set<Float64Array>();
  for (let kind = 0; kind < worths.length; kind++) {
    let fullest = sets[0];
    for (const set of sets) if (!fullest || at(set, kind) > at(fullest, kind)) fullest = set;
    if (fullest) rows.add(fullest);
  }
  for (let round = 1; ; round++) {
    const weights = solveFor(worths, [...rows]);
    const heaviest = findHeaviest(weights, sets);
    if (heaviest.set && heaviest.weight > 1 + slack && round < mostRounds && !rows.has(heaviest.set)) {
      rows.add(heaviest.set);
      continue;
    }
    if (heaviest.weight > 1) for (let i = 0; i < weights.length; i++) weights[i] = at(weights, i) / heaviest.weight;
    return weights;
  }
}

function solveFor(worths: Float64Array, rows: readonly Float64Array[]): Float64Array {
  const worthOfAll = -1;
  const { variables } = solve<number, number>({
    direction: "maximize",
    objective: worthOfAll,
    constraints: rows.map((_, i) => [i, { max: 1 }] as const),
    variables: Array.from(worths, (worth, kind) => {
      const coefficients: (readonly [number, number])[] = [[worthOfAll, worth]];
      for (const [i, row] of rows.entries()) if (at(row, kind) > 0) coefficients.push([i, at(row, kind)]);
      return [kind, coefficients] as const;
    }),
  });
  const weights = new Float64Array(worths.length);
  for (const [kind, weight] of variables) if (weight > 0 && weight < Number.POSITIVE_INFINITY) weights[kind] = weight;
  return weights;
}

function findHeaviest(weights: Float64Array, sets: readonly Float64Array[]): { set?: Float64Array; weight: number } {
  let heaviest: { set?: Float64Array; weight: number } = { weight: 0 };
  for (const set of sets) {
    let weight = 0;
    for (let kind = 0; kind < weights.length; kind++) weight += at(set, kind) * at(weights, kind);
    if (weight > heaviest.weight) heaviest = { set, weight };
  }
  return heaviest;
}
