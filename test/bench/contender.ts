import type { Problem, ProblemAction } from "../../src/domain/problem.ts";

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
    }
  | {
      readonly status: "infeasible" | "not-found" | "stuck";
      readonly why: string;
      /** Hosts that were never patched, where that is known. */
      readonly stuckHosts?: number;
    };

/** Who takes part in the benchmark: ours, and the baselines to compare it with. */
export interface Contender {
  readonly name: string;
  plan(problem: Problem, terms: Terms): Answer;
}
