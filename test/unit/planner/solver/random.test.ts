import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Problem } from "../../../../src/domain/problem.ts";
import { lowerBound } from "../../../../src/planner/bounds/lower-bound.ts";
import { migrationBound } from "../../../../src/planner/bounds/migration-bound.ts";
import { checkActions } from "../../../../src/planner/check.ts";
import { solve } from "../../../../src/planner/solver/solve.ts";
import { solveExactly, solveOneByOne } from "../../../support/brute-force.ts";
import { randomProblem } from "../../../support/random-problems.ts";

const runs = { numRuns: Number(process.env.PROPERTY_RUNS ?? 300), seed: 20261122 };

/** Nobody is asked to mend a reserve where nothing is to be patched. */
function hasIdlePoolShortOfReserve(problem: Problem): boolean {
  const pending = new Set(problem.hosts.filter((host) => host.patchSeconds).map((host) => host.pool));
  return Object.entries(problem.reserve).some(([pool, { cpu, memory }]) => cpu + memory > 0 && !pending.has(pool));
}

describe("random estates", { timeout: 120_000 }, () => {
  it("get plans that the checker has nothing against, never below a bound or the optimum", () => {
    fc.assert(
      fc.property(randomProblem({ hosts: 3, vms: 4, rules: true }), (problem) => {
        fc.pre(!hasIdlePoolShortOfReserve(problem));
        const exact = solveExactly(problem);
        const solved = solve(problem, { seed: 1, effort: 150 });
        if (exact === null) {
          expect(solved.status).not.toBe("planned");
          return;
        }
        if (solved.status !== "planned") return;
        const report = checkActions(problem, solved.actions);
        expect(report.violations).toEqual([]);
        expect(report.makespan).toBeGreaterThanOrEqual(lowerBound(problem).seconds);
        expect(report.migrations).toBeGreaterThanOrEqual(migrationBound(problem));
        expect(report.makespan).toBeGreaterThanOrEqual(exact);
      }),
      runs,
    );
  });

  it("take no longer with twice the room, but for a second of luck", () => {
    fc.assert(
      fc.property(randomProblem({ hosts: 4, vms: 6, rules: false }), (problem) => {
        const roomy = {
          ...problem,
          hosts: problem.hosts.map((host) => ({ ...host, cpu: 2 * host.cpu, memory: 2 * host.memory })),
        };
        const tight = solve(problem, { seed: 1, effort: 100 });
        if (tight.status !== "planned") return;
        const wide = solve(roomy, { seed: 1, effort: 100 });
        expect(wide.status).toBe("planned");
        if (wide.status === "planned") expect(wide.makespan).toBeLessThanOrEqual(tight.makespan + 1);
      }),
      runs,
    );
  });

  it("are called impossible only when no plan exists", () => {
    fc.assert(
      fc.property(randomProblem({ hosts: 4, vms: 6, rules: false }), (problem) => {
        const solved = solve(problem, { seed: 1, effort: 10 });
        if (solved.status === "infeasible") expect(solveOneByOne(problem)).toBeNull();
      }),
      runs,
    );
  });

  it("get a plan whenever one exists, but for a few that need more than one VM out of the way", () => {
    let possible = 0;
    let found = 0;
    fc.assert(
      fc.property(randomProblem({ hosts: 3, vms: 5, rules: false }), (problem) => {
        if (solveOneByOne(problem) === null) return;
        possible += 1;
        if (solve(problem, { seed: 1, effort: 10 }).status === "planned") found += 1;
      }),
      runs,
    );
    expect(possible).toBeGreaterThan(50);
    expect(found / possible).toBeGreaterThan(0.95);
  });
});
