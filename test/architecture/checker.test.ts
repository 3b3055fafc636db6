import { describe, expect, test } from "vitest";
import { type Import, importsOf, sourceFiles } from "./files.ts";

const imports = sourceFiles(["src", "commands", "jobs"]).flatMap(importsOf);

const isChecker = (path: string) => path === "src/planner/check.ts" || path.startsWith("src/planner/check/");
/** The part that judges plans of estates: it knows the domain's words too, and computes the digest itself. */
const isPlanChecker = (path: string) => path.startsWith("src/planner/check/plan/");
/** Who makes what the checker judges: all of the planner but its door for checked plans, and the readers of instances. */
const isMaker = (path: string) =>
  path.startsWith("src/planner/") &&
  path !== "src/planner/checked-plan.ts" &&
  !path.startsWith("src/planner/instance/");

function isKnownTo({ from, to, typeOnly }: Import): boolean {
  if (isChecker(to) || (to === "src/domain/problem.ts" && typeOnly)) return true;
  return isPlanChecker(from) && (to.startsWith("src/domain/") || to === "node:crypto");
}

/** Against the checker's independence: it knows the domain only, and its parts are its own. */
function dependencies(list: readonly Import[]): readonly string[] {
  return list
    .filter((one) => {
      const { from, to } = one;
      if (isChecker(from)) return !isKnownTo(one);
      return isChecker(to) && (to !== "src/planner/check.ts" || isMaker(from));
    })
    .map(({ from, to }) => `${from} imports ${to}`);
}

test("the checker shares no code with any planner", () => {
  expect(imports.filter(({ from }) => isChecker(from)).length).toBeGreaterThan(10);
  expect(dependencies(imports)).toEqual([]);
});

test("nobody gets a plan past the checker: what makes plans has one door, and that door checks them", () => {
  const past = imports.filter(
    ({ from, to }) => to === "src/planner/build-plan.ts" && from !== "src/planner/checked-plan.ts",
  );

  expect(past).toEqual([]);
  expect(imports.some(({ from, to }) => from === "src/planner/checked-plan.ts" && to === "src/planner/check.ts")).toBe(
    true,
  );
});

describe("the check notices", () => {
  test.each([
    ["a checker that borrows from a planner", "src/planner/check.ts", 'import { a } from "./solver/state.ts";'],
    ["a part of the checker that borrows", "src/planner/check/a.ts", 'import type { A } from "../bounds/b.ts";'],
    [
      "a checker with a function of the domain",
      "src/planner/check/a.ts",
      'import { a } from "../../domain/problem.ts";',
    ],
    ["a checker of plans that borrows", "src/planner/check/plan/a.ts", 'import type { A } from "../../world.ts";'],
    ["a checker of plans with a package", "src/planner/check/plan/a.ts", 'import { z } from "zod";'],
    ["a planner that asks the checker", "src/planner/drain.ts", 'import { checkPlan } from "./check.ts";'],
    ["a checker with a package", "src/planner/check/a.ts", 'import { z } from "zod";'],
    ["a solver that borrows from the checker", "src/planner/solver/a.ts", 'import { a } from "../check/spans.ts";'],
    ["a solver that asks the checker", "src/planner/solver/a.ts", 'import { a } from "../check.ts";'],
    ["somebody who goes past the door", "src/plan-instance.ts", 'import { a } from "./planner/check/spans.ts";'],
  ])("%s", (_what, path, text) => {
    expect(dependencies(importsOf({ path, text }))).toHaveLength(1);
  });
});
