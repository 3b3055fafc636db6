import type { Problem, ProblemAction } from "../../src/domain/problem.ts";
import { planProblem } from "../../src/plan-problem.ts";
import { solve as search } from "../../src/planner/solver/solve.ts";
import { solve } from "../../src/solve.ts";

/** What the benchmark gives a planner beside the problem. */
export interface Terms {
  readonly seed: number;
  /** Milliseconds of planning after which it should stop looking for something better. */
  readonly budgetMs: number;
  /** Milliseconds on one clock for all. */
  readonly clock: () => number;
}

export type Answer =
  | {
      readonly status: "planned";
      readonly actions: readonly ProblemAction[];
      /** Milliseconds from the start to the first valid plan; null when it gives only one. */
      readonly firstMs: number | null;
      /** Other plans that were found on the way, by makespan. */
      readonly front?: readonly { readonly makespan: number; readonly migrations: number }[];
    }
  | { readonly status: "infeasible" | "not-found" | "stuck"; readonly why: string };

/** Who takes part in the benchmark: ours, and the baselines to compare it with. */
export interface Contender {
  readonly name: string;
  plan(problem: Problem, terms: Terms): Answer;
  /** The same with what is left of an older plan, shifted to begin at 0; who has none plans anew. */
  replan?(problem: Problem, terms: Terms, left: readonly ProblemAction[]): Answer;
}

/** Our planner as people get it: src/solve.ts behind src/plan-problem.ts. */
export const ours: Contender = {
  name: "tuesday",
  plan(problem, terms) {
    const { status, actions, firstMs, front, why } = planProblem({ problem, solve, ...terms });
    return status === "planned" ? { status, actions, firstMs, front } : { status, why: why ?? "" };
  },
  replan(problem, terms, left) {
    const solved = search(problem, { seed: terms.seed, keep: left });
    return solved.status === "planned" ? { ...solved, firstMs: null } : solved;
  },
};
