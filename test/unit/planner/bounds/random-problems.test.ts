import fc from "fast-check";
import { expect, test } from "vitest";
import type { Problem } from "../../../../src/domain/problem.ts";
import { proveInfeasible } from "../../../../src/planner/bounds/feasibility.ts";
import { lowerBound } from "../../../../src/planner/bounds/lower-bound.ts";
import { migrationBound } from "../../../../src/planner/bounds/migration-bound.ts";
import { solveExactly, solveOneByOne } from "../../../support/brute-force.ts";
import { randomProblem } from "../../../support/random-problems.ts";

const seed = 20_270_112;
const nodes = 20_000;

test("with room and anti-affinity alone, a proof is found exactly where trying everything finds no plan", {
  timeout: 60_000,
}, () => {
  let without = 0;
  fc.assert(
    fc.property(randomProblem({ hosts: 4, vms: 4, rules: false }), (problem) => {
      const solved = solveOneByOne(problem);
      if (solved === null) without++;
      expect(proveInfeasible(problem, nodes) !== null).toBe(solved === null);
    }),
    { seed, numRuns: 400 },
  );
  expect(without).toBeGreaterThan(40);
  expect(without).toBeLessThan(360);
});

test("with every rule, no proof contradicts a plan, and no bound is above the shortest one", {
  timeout: 120_000,
}, () => {
  let solvable = 0;
  fc.assert(
    fc.property(randomProblem({ hosts: 3, vms: 4, rules: true }), (problem) => {
      const shortest = solveExactly(problem);
      if (shortest === null) return;
      solvable++;
      expect(proveInfeasible(problem, nodes)).toBe(null);
      expect(lowerBound(problem).seconds).toBeLessThanOrEqual(shortest);
    }),
    { seed, numRuns: 250 },
  );
  expect(solvable).toBeGreaterThan(60);
});

test("no bound is above what one action at a time needs, in seconds and in migrations", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(randomProblem({ hosts: 4, vms: 4, rules: true }), (problem) => {
      const solved = solveOneByOne(problem);
      if (solved === null) return;
      expect(proveInfeasible(problem, nodes)).toBe(null);
      expect(lowerBound(problem).seconds).toBeLessThanOrEqual(
        Math.max(solved.makespan, ...problem.hosts.map((host) => host.inPlaceSeconds)),
      );
      expect(migrationBound(problem)).toBeLessThanOrEqual(solved.migrations);
    }),
    { seed, numRuns: 200 },
  );
});

test("more capacity never raises the bound of a problem that has room", () => {
  const more = fc.record({ host: fc.nat(5), cpu: fc.nat(6), memory: fc.nat(6) });
  fc.assert(
    fc.property(randomProblem({ hosts: 6, vms: 12, rules: true }), more, (problem, { host, cpu, memory }) => {
      if (proveInfeasible(problem, 2_000) !== null) return;
      const hosts = problem.hosts.map((one, i) =>
        i === host % problem.hosts.length ? { ...one, cpu: one.cpu + cpu, memory: one.memory + memory } : one,
      );
      expect(lowerBound({ ...problem, hosts }).seconds).toBeLessThanOrEqual(lowerBound(problem).seconds);
    }),
    { seed, numRuns: 500 },
  );
});

test("the order of hosts, VMs and groups changes nothing", () => {
  const turn = <T>(list: readonly T[], by: number): readonly T[] => [...list.slice(by), ...list.slice(0, by)].reverse();
  const answer = (problem: Problem) => [lowerBound(problem), migrationBound(problem), proveInfeasible(problem, 2_000)];
  fc.assert(
    fc.property(randomProblem({ hosts: 5, vms: 8, rules: true }), fc.nat(4), fc.nat(7), (problem, a, b) => {
      const { hosts, vms, groups } = problem;
      const turned = { ...problem, hosts: turn(hosts, a), vms: turn(vms, b), groups: turn(groups, 1) };
      expect(answer(turned)).toEqual(answer(problem));
    }),
    { seed, numRuns: 300 },
  );
});
