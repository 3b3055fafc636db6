import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Problem } from "../../../src/domain/problem.ts";
import { readInstanceFile } from "../../../src/instance-file.ts";
import { checkActions } from "../../../src/planner/check.ts";
import { toProblem } from "../../../src/planner/instance/to-problem.ts";
import { baselines } from "../../bench/baselines.ts";
import { overrunAt, shareKept } from "../../bench/replan.ts";

function problemOf(name: string): Problem {
  const read = readInstanceFile(fileURLToPath(new URL(`../../instances/${name}.json.gz`, import.meta.url)));
  if (!read.ok) throw new Error(read.message);
  return toProblem(read.value);
}

const terms = { seed: 1, budgetMs: 1_000, clock: () => 0 };

/** planning.md 5.1: lower bound in seconds, then makespan / bound of B0 to B3; null: stuck. */
describe("the baselines end where planning.md says", () => {
  test.each<[string, number, readonly (string | null)[]]>([
    ["azure-10-u60", 3_086, ["4.46", "2.29", "2.11", "1.57"]],
    ["azure-10-u75", 3_814, ["3.02", "1.82", "2.27", "1.85"]],
    ["azure-10-tight", 5_687, [null, null, "2.29", null]],
  ])("%s", (name, bound, ratios) => {
    const problem = problemOf(name);

    const found = baselines.map((baseline) => {
      const answer = baseline.plan(problem, terms);
      if (answer.status !== "planned") return null;
      const { makespan, violations } = checkActions(problem, answer.actions);
      // They do not look at members that never move, the checker does.
      expect(violations.filter(({ rule }) => rule !== "anti-affinity")).toEqual([]);
      return (makespan / bound).toFixed(2);
    });

    expect(found).toEqual(ratios);
  });

  test("stuck hosts are counted", () => {
    const problem = problemOf("azure-10-tight");

    expect(baselines.map((one) => one.plan(problem, terms)).flatMap((one) => ("why" in one ? [one.why] : []))).toEqual([
      "5 hosts were never patched",
      "3 hosts were never patched",
      "3 hosts were never patched",
    ]);
  });
});

test("after an overrun the rest of the plan is what was planned for later, and the patches that run go on", () => {
  const problem = problemOf("azure-10-u60");
  const answer = baselines[1]?.plan(problem, terms);
  if (answer?.status !== "planned") throw new Error("B1 plans azure-10-u60");
  const running = answer.actions.find((one) => one.type === "patch" && one.start > 2_000);
  if (running?.type !== "patch") throw new Error("there is a patch after 2,000 s");

  const event = overrunAt(problem, answer.actions, running.start + 10, 600);

  const left = (id: string) => event?.problem.hosts.find((one) => one.id === id)?.patchSeconds;
  const seconds = event?.problem.hosts.map(({ id }) => left(id) ?? 0) ?? [];
  const all = answer.actions.filter((one) => one.type === "patch" && one.end > running.start + 10);
  expect(seconds.filter((one) => one > 0)).toHaveLength(all.length);
  const rest = running.end - running.start - 10;
  expect([rest, rest + 600]).toContain(left(running.host));
  expect(event?.left.every(({ start }) => start >= 0)).toBe(true);
  expect(shareKept(event?.untouched ?? [], event?.left ?? [])).toBe(1);
  expect(shareKept(event?.untouched ?? [], [])).toBe(0);
});
