import { expect, test } from "vitest";
import { planUsage, readPlanOptions } from "../../src/plan-options.ts";

function problemsOf(...args: readonly string[]): readonly string[] {
  const read = readPlanOptions(args);
  return read.ok ? [] : read.problems;
}

test("an inventory is enough: the table of its only cluster", () => {
  const read = readPlanOptions(["--inventory", "a.yaml"]);

  expect(read.ok && read.options).toEqual({
    inventory: "a.yaml",
    cluster: null,
    facts: null,
    saveFacts: null,
    svg: null,
    output: "table",
    question: "",
    seed: null,
    atOnce: null,
    width: null,
    colour: true,
  });
});

test("everything can be said at once", () => {
  const args = "--inventory a --cluster c --gantt --svg f.svg --seed 7 --save-facts f.json --width 120 --no-color";
  const read = readPlanOptions(args.split(" "));

  expect(read.ok && read.options).toMatchObject({ output: "gantt", svg: "f.svg", seed: 7, width: 120, colour: false });
});

test("help is no problem", () => {
  expect(readPlanOptions(["--help"])).toEqual({ ok: false, help: true, problems: [] });
  for (const word of ["--json", "--table", "--gantt", "--svg", "--explain", "--seed", "--facts", "--save-facts"])
    expect(planUsage).toContain(word);
});

test.each<[string, readonly string[], RegExp]>([
  ["no inventory", [], /--inventory: needed/],
  ["an unknown option", ["--inventory", "a", "--bogus"], /Unknown option '--bogus'/],
  ["a word too many", ["--inventory", "a", "b"], /Unexpected argument 'b'/],
  ["an option without its value", ["--inventory"], /--inventory/],
  ["two outputs", ["--inventory", "a", "--json", "--gantt"], /--gantt and --json: choose one/],
  ["a question and a table", ["--inventory", "a", "--explain", "x", "--table"], /choose one/],
  ["a seed that is no number", ["--inventory", "a", "--seed", "x"], /--seed: use a whole number/],
  ["a width that is too narrow", ["--inventory", "a", "--width", "5"], /--width: use at least 60/],
  ["facts to read and to save", ["--inventory", "a", "--facts", "f", "--save-facts", "g"], /nothing new to save/],
])("refuses %s in one sentence", (_what, args, expected) => {
  const problems = problemsOf(...args);

  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(expected);
});

test("refuses with all problems at once", () => {
  expect(problemsOf("--seed", "x", "--width", "1", "--json", "--table")).toHaveLength(4);
});
