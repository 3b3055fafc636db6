import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const program = fileURLToPath(new URL("../../dist/src/plan-instance.js", import.meta.url));
const instances = fileURLToPath(new URL("../instances/", import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

function run(...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program, ...words], { cwd: instances }, (_error, out, error) =>
      resolve({ code: child.exitCode, out, error }),
    );
  });
}

test("prints one JSON object on one line, for a file named from where the person stands", async () => {
  const { code, out, error } = await run("tiny-01-h3v5u45.json.gz", "--json", "--budget", "0.5", "--seed", "3");

  expect([code, error]).toEqual([0, ""]);
  expect(out.trimEnd()).not.toContain("\n");
  expect(JSON.parse(out)).toMatchObject({ status: expect.any(String), actions: expect.any(Array), seed: 3 });
});

test("prints a summary for people without --json", async () => {
  const { code, out } = await run("tiny-01-h3v5u45.json.gz", "--budget", "0.5");

  expect(code).toBe(0);
  expect(out).toMatch(/^tiny-01-h3v5u45: /);
});

describe("refuses with one clear sentence, without a stack trace", () => {
  test.each<[string, readonly string[], string]>([
    ["no file", [], "tuesday: name the file of an instance; usage: plan:instance FILE"],
    ["two files", ["a", "b"], "tuesday: one file at a time, not 2; usage:"],
    ["a file that is not there", ["no.json"], "tuesday: no.json: cannot be read (ENOENT); check the path"],
    ["a file that is no JSON", ["README.md"], "tuesday: README.md: is not JSON ("],
    ["an unknown option", ["a.json", "--fast"], "tuesday: Unknown option '--fast'; usage:"],
    ["a budget that is no number", ["a.json", "--budget", "soon"], "tuesday: --budget soon must be seconds"],
    ["a budget of nothing", ["a.json", "--budget", "0"], "tuesday: --budget 0 must be seconds"],
    ["half a seed", ["a.json", "--seed", "1.5"], "tuesday: --seed 1.5 must be a whole number"],
  ])("%s", async (_what, words, sentence) => {
    const { code, out, error } = await run(...words, "--json");

    expect([code, out]).toEqual([2, ""]);
    expect(error.startsWith(sentence) ? sentence : error).toBe(sentence);
    expect(error.trimEnd()).not.toContain("\n");
  });
});
