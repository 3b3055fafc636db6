import type { Solve } from "./plan-problem.ts";
import { solve as search } from "./planner/solver/solve.ts";

/** The solver of this build. Wired here and nowhere else, for `npm run plan:instance` and for the benchmark. */
export const solve: Solve = (problem, terms) => search(problem, terms);
