import type { Solve } from "./plan-problem.ts";

/** The solver of this build. Wired here and nowhere else, for `npm run plan:instance` and for the benchmark. */
export const solve: Solve = () => ({ status: "not-found", why: "this build has no solver yet" });
