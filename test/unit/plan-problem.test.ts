import { expect, test } from "vitest";
import type { Problem, ProblemAction } from "../../src/domain/problem.ts";
import { planProblem, type Solve } from "../../src/plan-problem.ts";

const host = { pool: "p", domain: null, cpu: 8, memory: 8, inPlaceSeconds: 0 };
const problem: Problem = {
  hosts: [
    { ...host, id: "a", patchSeconds: 15 },
    { ...host, id: "b", patchSeconds: null, inPlaceSeconds: 40 },
  ],
  vms: [{ id: "v", host: "a", cpu: 2, memory: 2, migratable: true, migrateSeconds: 3, pauseMs: 50, group: null }],
  groups: [],
  limits: { migrationsPerHost: 1, migrationsGlobal: null, maintenancePerPool: null, maintenancePerDomain: null },
  precedes: [],
  newerOnly: [],
  reserve: {},
};
const move: ProblemAction = { type: "migrate", vm: "v", src: "a", dst: "b", start: 0, end: 3 };
const patch: ProblemAction = { type: "patch", host: "a", start: 3, end: 18 };

function plannedBy(solve: Solve, budgetMs = 1_000) {
  let now = 0;
  const clock = () => {
    now += 100;
    return now;
  };
  return planProblem({ problem, seed: 7, budgetMs, solve, clock });
}

test("a valid plan is given with its bounds; a patch in place that lasts longest is the makespan", () => {
  const planned = plannedBy(() => ({ status: "planned", actions: [move, patch] }));

  expect(planned).toMatchObject({
    status: "planned",
    actions: [move, patch],
    makespan: 40,
    lowerBound: 40,
    ratio: 1,
    migrations: 1,
    migrationBound: 1,
    seed: 7,
    planMs: 100,
    firstMs: null,
  });
  expect(planned.binding?.text).toEqual(expect.any(String));
});

test("refuses to give out a plan that breaks a rule, and says which", () => {
  const planned = plannedBy(() => ({ status: "planned", actions: [move, { ...patch, start: 2 }] }));

  expect(planned).toMatchObject({
    status: "not-found",
    actions: [],
    makespan: null,
    why: "the plan that was found breaks 1 rules (first: v on a during its patch); it is not given out",
  });
});

test("what is infeasible has a reason and no lower bound", () => {
  const planned = plannedBy(() => ({ status: "infeasible", why: "b is too small" }));

  expect(planned).toMatchObject({ status: "infeasible", why: "b is too small", actions: [], lowerBound: null });
});

test("what was not found keeps its lower bound", () => {
  const planned = plannedBy(() => ({ status: "not-found", why: "no time" }));

  expect(planned).toMatchObject({ status: "not-found", why: "no time", makespan: null, lowerBound: 40 });
});

test("the solver is told when it is enough, and the first plan is timed", () => {
  const answers: boolean[] = [];
  const planned = plannedBy((_problem, { seed, enough, onBetter }) => {
    onBetter();
    for (let i = 0; i < 3; i += 1) answers.push(enough());
    onBetter();
    return seed === 7 ? { status: "planned", actions: [move, patch] } : { status: "not-found", why: "wrong seed" };
  }, 350);

  expect(answers).toEqual([false, false, true]);
  expect(planned).toMatchObject({ status: "planned", firstMs: 100 });
});
