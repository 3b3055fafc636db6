import { describe, expect, test } from "vitest";
import { type Import, importsOf, sourceFiles } from "./files.ts";

const imports = sourceFiles(["src", "commands", "jobs"]).flatMap(importsOf);

const isChecker = (path: string) => path === "src/planner/check.ts" || path.startsWith("src/planner/check/");
/** Who makes what the checker judges. */
const isMaker = (path: string) => /^src\/planner\/(?:solver|bounds)\//.test(path);

/** Against the checker's independence: it knows the problem's types only, and its parts are its own. */
function dependencies(list: readonly Import[]): readonly string[] {
  return list
    .filter(({ from, to, typeOnly }) => {
      if (isChecker(from)) return !isChecker(to) && !(to === "src/domain/problem.ts" && typeOnly);
      return isChecker(to) && (to !== "src/planner/check.ts" || isMaker(from));
    })
    .map(({ from, to }) => `${from} imports ${to}`);
}

test("the checker shares no code with any planner", () => {
  expect(imports.filter(({ from }) => isChecker(from)).length).toBeGreaterThan(10);
  expect(dependencies(imports)).toEqual([]);
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
    ["a checker with a package", "src/planner/check/a.ts", 'import { z } from "zod";'],
    ["a solver that borrows from the checker", "src/planner/solver/a.ts", 'import { a } from "../check/spans.ts";'],
    ["a solver that asks the checker", "src/planner/solver/a.ts", 'import { a } from "../check.ts";'],
    ["somebody who goes past the door", "src/plan-instance.ts", 'import { a } from "./planner/check/spans.ts";'],
  ])("%s", (_what, path, text) => {
    expect(dependencies(importsOf({ path, text }))).toHaveLength(1);
  });
});
