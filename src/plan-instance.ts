import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Refusal } from "./domain/outcome.ts";
import type { Problem } from "./domain/problem.ts";
import { readInstanceFile } from "./instance-file.ts";
import { type PlannedProblem, planProblem } from "./plan-problem.ts";
import { chartOfSolution } from "./plan-views/chart-of-solution.ts";
import { chartSvg } from "./plan-views/svg/chart-svg.ts";
import { toProblem } from "./planner/instance/to-problem.ts";
import { solve } from "./solve.ts";

/**
 * `npm run plan:instance -- FILE[.gz] [--json] [--budget SECONDS] [--seed N] [--prefer time|moves]
 * [--svg FILE]`: plans one rolling-patch instance
 * (planning.md 2.2) and prints the plan. Exit code 0 with an answer, whatever it is; 2 when the file or the words
 * of the command are wrong.
 */
const usage = "plan:instance FILE[.gz] [--json] [--budget SECONDS] [--seed N] [--prefer time|moves] [--svg FILE]";

/** Without --budget: what a person waits for; a handful of VMs has been searched through long before. */
const defaultBudgetSeconds = (vms: number) => (vms <= 40 ? 0.9 : 10);
const longestBudgetSeconds = 3_600;

interface Asked {
  readonly file: string;
  readonly json: boolean;
  readonly budgetSeconds: number | null;
  readonly seed: number;
  readonly prefer: "time" | "moves";
  readonly svg: string | null;
}

/** What was asked for, or one sentence about what is wrong with the words. */
function readWords(words: readonly string[]): Asked | string {
  const text = { type: "string" } as const;
  const options = { json: { type: "boolean" }, budget: text, seed: text, prefer: text, svg: text } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || file === "") return "name the file of an instance";
    if (more.length > 0) return `one file at a time, not ${positionals.length}`;
    const budgetSeconds = values.budget === undefined ? null : Number(values.budget);
    if (budgetSeconds !== null && !(budgetSeconds > 0 && budgetSeconds <= longestBudgetSeconds))
      return `--budget ${values.budget} must be seconds, more than 0 and at most ${longestBudgetSeconds}`;
    const seed = Number(values.seed ?? 1);
    if (values.seed === "" || !Number.isSafeInteger(seed) || seed < 0)
      return `--seed ${values.seed} must be a whole number from 0`;
    const prefer = values.prefer ?? "time";
    if (prefer !== "time" && prefer !== "moves") return `--prefer ${prefer} must be time or moves`;
    return { file, json: values.json ?? false, budgetSeconds, seed, prefer, svg: values.svg ?? null };
  } catch (error) {
    // parseArgs throws with a sentence for people; what comes after the first is advice about `--`.
    return error instanceof Error ? (error.message.split(". ")[0] ?? "") : "the options cannot be read";
  }
}

function giveUp(lines: readonly string[]): void {
  for (const line of lines) console.error(`tuesday: ${line}`);
  process.exitCode = 2;
}

function linesOf({ message, next, blockers = [] }: Refusal): readonly string[] {
  // The first blocker is in the message.
  return [`${message}; ${next}`, ...blockers.slice(1).map((one) => `${one.where}: ${one.message}`)];
}

function summaryOf(name: string, planned: PlannedProblem): string {
  const { status, actions, makespan, lowerBound, binding, ratio, migrations, migrationBound, planMs, why } = planned;
  const took = `planned in ${planMs} ms`;
  if (status === "infeasible") return `${name}: there is no plan. ${why}`;
  if (status === "not-found") return `${name}: no plan was found (${took}). ${why}`;
  const patches = actions.length - migrations;
  return [
    `${name}: ${patches} hosts patched in ${makespan} s with ${migrations} migrations (${took}, seed ${planned.seed})`,
    `no plan takes less than ${lowerBound} s (ratio ${ratio?.toFixed(2) ?? "-"}): ${binding?.text}`,
    `no plan needs fewer than ${migrationBound} migrations; checked against every rule: nothing broken`,
  ].join("\n");
}

/** Writes the plan as a picture; false when it cannot be written. */
function draw(file: string, title: string, problem: Problem, { actions, lowerBound }: PlannedProblem): boolean {
  try {
    writeFileSync(file, chartSvg(chartOfSolution(problem, actions, { title, lowerBound })));
    return true;
  } catch {
    giveUp([`${file} cannot be written; name a file in a folder that exists and is yours`]);
    return false;
  }
}

function main(words: readonly string[]): void {
  const asked = readWords(words);
  if (typeof asked === "string") {
    giveUp([`${asked}; usage: ${usage}`]);
    return;
  }
  const read = readInstanceFile(asked.file);
  if (!read.ok) {
    giveUp(linesOf(read));
    return;
  }
  const problem = toProblem(read.value);
  const planned = planProblem({
    problem,
    seed: asked.seed,
    prefer: asked.prefer,
    budgetMs: (asked.budgetSeconds ?? defaultBudgetSeconds(problem.vms.length)) * 1_000,
    solve,
    clock: () => performance.now(),
  });
  if (asked.svg !== null && planned.status === "planned" && !draw(asked.svg, read.value.name, problem, planned)) return;
  process.stdout.write(`${asked.json ? JSON.stringify(planned) : summaryOf(read.value.name, planned)}\n`);
}

// Who reads only the beginning (`| head`) closes the pipe: no reason for a stack trace.
process.stdout.on("error", () => process.exit(0));
main(process.argv.slice(2));
