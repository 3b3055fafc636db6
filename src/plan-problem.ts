import type { Problem, ProblemAction } from "./domain/problem.ts";
import { type LowerBound, lowerBound } from "./planner/bounds/lower-bound.ts";
import { migrationBound } from "./planner/bounds/migration-bound.ts";
import { checkActions } from "./planner/check.ts";

export type Solved =
  | {
      readonly status: "planned";
      readonly actions: readonly ProblemAction[];
      /** Other plans that were found: later ends with fewer moves. */
      readonly front?: readonly Trade[];
    }
  | { readonly status: "infeasible" | "not-found"; readonly why: string };

/** What is asked of a solver: the same problem and seed give the same plan as long as it is not cut short. */
export type Solve = (problem: Problem, terms: SolveTerms) => Solved;

export interface Trade {
  readonly makespan: number;
  readonly migrations: number;
}

export interface SolveTerms {
  readonly seed: number;
  readonly prefer: "time" | "moves";
  /** True: stop looking for something better. */
  readonly enough: () => boolean;
  /** Told of the first valid plan and of every better one. */
  readonly onBetter: () => void;
}

/** The answer of `npm run plan:instance`. Times are seconds from 0 but for planMs. */
export interface PlannedProblem {
  readonly status: "planned" | "infeasible" | "not-found";
  readonly actions: readonly ProblemAction[];
  /** Largest end of any action, or the longest patch in place where that lasts longer; null without a plan. */
  readonly makespan: number | null;
  /** No plan ends before; null where it is proved that there is none. */
  readonly lowerBound: number | null;
  /** Which limit sets the lower bound, in words. */
  readonly binding: LowerBound["binding"] | null;
  /** makespan / lowerBound. */
  readonly ratio: number | null;
  readonly migrations: number;
  /** No plan has fewer migrations. */
  readonly migrationBound: number | null;
  /** What an end costs in moves: plans that were found and that no other beats in both. */
  readonly front: readonly Trade[];
  readonly seed: number;
  /** Milliseconds that the solver took. */
  readonly planMs: number;
  /** Milliseconds to the first valid plan; null where the solver did not tell. */
  readonly firstMs: number | null;
  /** Why there is no plan. */
  readonly why?: string;
}

/** Solves, and believes nothing: a plan that the independent checker refuses is never given out as a plan. */
export function planProblem(named: {
  readonly problem: Problem;
  readonly seed: number;
  readonly prefer?: "time" | "moves";
  readonly budgetMs: number;
  readonly solve: Solve;
  /** Milliseconds. */
  readonly clock: () => number;
}): PlannedProblem {
  const { problem, seed, budgetMs, solve, clock } = named;
  const begin = clock();
  let firstMs: number | null = null;
  const onBetter = () => {
    firstMs ??= Math.round(clock() - begin);
  };
  const solved = solve(problem, {
    seed,
    prefer: named.prefer ?? "time",
    enough: () => clock() - begin >= budgetMs,
    onBetter,
  });
  const took = { seed, planMs: Math.round(clock() - begin), firstMs };
  // A bound on plans says nothing where there is none.
  if (solved.status === "infeasible") return { ...withoutPlan, status: "infeasible", ...took, why: solved.why };
  const bound = lowerBound(problem);
  const bounds = { lowerBound: bound.seconds, binding: bound.binding, migrationBound: migrationBound(problem) };
  if (solved.status !== "planned") return { ...withoutPlan, ...bounds, status: "not-found", ...took, why: solved.why };
  const { ok, count, violations, makespan, migrations } = checkActions(problem, solved.actions);
  if (!ok) {
    const why = `the plan that was found breaks ${count} rules (first: ${violations[0]?.text}); it is not given out`;
    return { ...withoutPlan, ...bounds, status: "not-found", ...took, why };
  }
  const ratio = bound.seconds > 0 ? Math.round((makespan / bound.seconds) * 10_000) / 10_000 : null;
  return {
    status: "planned",
    actions: solved.actions,
    makespan,
    ...bounds,
    ratio,
    migrations,
    front: solved.front ?? [],
    ...took,
  };
}

const withoutPlan = {
  actions: [],
  makespan: null,
  lowerBound: null,
  binding: null,
  ratio: null,
  migrations: 0,
  migrationBound: null,
  front: [],
};
