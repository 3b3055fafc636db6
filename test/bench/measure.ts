import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Problem, ProblemAction } from "../../src/domain/problem.ts";
import { readInstanceFile } from "../../src/instance-file.ts";
import { lowerBound } from "../../src/planner/bounds/lower-bound.ts";
import { migrationBound } from "../../src/planner/bounds/migration-bound.ts";
import { checkActions } from "../../src/planner/check.ts";
import { toProblem } from "../../src/planner/instance/to-problem.ts";
import { baselines } from "./baselines.ts";
import { type Contender, ours, type Terms } from "./contender.ts";
import { overrunAt, poolOf, shareKept } from "./replan.ts";
import { tinyOptima } from "./tiny-optima.ts";

export type Line = Readonly<Record<string, string | number | boolean | null>>;

export const contenders: readonly Contender[] = [ours, ...baselines];

const clock = () => performance.now();
const to4 = (value: number) => Math.round(value * 10_000) / 10_000;

export function problemIn(file: string): Problem {
  const read = readInstanceFile(file);
  if (!read.ok) throw new Error(read.message);
  return toProblem(read.value);
}

function contenderNamed(name: string): Contender {
  const found = contenders.find((one) => one.name === name);
  if (!found) throw new Error(`there is no contender ${name}`);
  return found;
}

/** One contender on one instance. The bounds are not part of its time. */
export function measurePlan(name: string, file: string, terms: Omit<Terms, "clock">): Line {
  const problem = problemIn(file);
  const begin = clock();
  const answer = contenderNamed(name).plan(problem, { ...terms, clock });
  const planMs = Math.round(clock() - begin);
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1_024);
  if (answer.status !== "planned") return { status: answer.status, planMs, peakMb, why: answer.why };
  const { makespan, migrations, count, groupViolations, violations } = checkActions(problem, answer.actions);
  const boundBegin = clock();
  const bound = lowerBound(problem);
  const boundMs = Math.round(clock() - boundBegin);
  return {
    status: "planned",
    makespan,
    ratio: to4(makespan / bound.seconds),
    poolMedian: to4(medianOverPools(problem, answer.actions)),
    migrations,
    migrationRatio: to4(migrations / migrationBound(problem)),
    violations: count,
    groupViolations,
    // Baselines do not look at fixed members of a group (planning.md 4): what breaks shows in the rule.
    broken: [...new Set(violations.map(({ rule }) => rule))].join(" "),
    planMs,
    firstMs: answer.firstMs,
    peakMb,
    lowerBound: bound.seconds,
    boundMs,
    binding: bound.binding.term,
    // Pareto front: makespan/bound with migrations/bound, from the quickest plan to the one with the fewest moves.
    front: frontText(answer.front ?? [], bound.seconds, migrationBound(problem)),
  };
}

/** Makespan by bound of the pool in the middle: one slow pool hides all the others in the figure of the whole. */
function medianOverPools(problem: Problem, actions: readonly ProblemAction[]): number {
  const poolOfHost = new Map(problem.hosts.map((host) => [host.id, host.pool]));
  const ends = new Map<string, number>();
  for (const action of actions) {
    const pool = poolOfHost.get(action.type === "patch" ? action.host : action.dst) ?? "";
    ends.set(pool, Math.max(ends.get(pool) ?? 0, action.end));
  }
  const ratios = lowerBound(problem)
    .pools.filter(({ seconds, pool }) => seconds > 0 && ends.has(pool))
    .map(({ seconds, pool }) => (ends.get(pool) ?? 0) / seconds)
    .sort((a, b) => a - b);
  const middle = Math.floor(ratios.length / 2);
  return ratios.length % 2 === 1 ? (ratios[middle] ?? 0) : ((ratios[middle - 1] ?? 0) + (ratios[middle] ?? 0)) / 2;
}

function frontText(
  front: readonly { readonly makespan: number; readonly migrations: number }[],
  seconds: number,
  moves: number,
): string {
  const step = Math.max(1, Math.ceil(front.length / 6));
  return front
    .filter((_, i) => i % step === 0 || i === front.length - 1)
    .map((one) => `${(one.makespan / seconds).toFixed(2)}|${(one.migrations / moves).toFixed(2)}`)
    .join(" ");
}

/** One contender on every tiny instance there is, against the proved optima. */
export function measureTiny(name: string, folder: string, terms: Omit<Terms, "clock">): Line {
  const ratios: number[] = [];
  const missed: string[] = [];
  let slowestMs = 0;
  let [stuck, infeasible, violations] = [0, "not in the set", 0];
  for (const file of readdirSync(folder)
    .filter((one) => one.startsWith("tiny-"))
    .sort()) {
    const optimum = tinyOptima[file.replace(/\.json(\.gz)?$/, "")];
    if (optimum === undefined) continue;
    const problem = problemIn(join(folder, file));
    const begin = clock();
    const answer = contenderNamed(name).plan(problem, { ...terms, clock });
    slowestMs = Math.max(slowestMs, Math.round(clock() - begin));
    if (optimum === null) infeasible = answer.status;
    else if (answer.status !== "planned") stuck += 1;
    else {
      const { makespan, count } = checkActions(problem, answer.actions);
      violations += count;
      ratios.push(makespan / optimum.makespan);
      if (makespan > optimum.makespan) missed.push(`${file.slice(0, 7)} ${makespan}/${optimum.makespan}`);
    }
  }
  const solved = ratios.length;
  return {
    solved,
    stuck,
    optimal: solved - missed.length,
    mean: solved > 0 ? to4(ratios.reduce((sum, one) => sum + one, 0) / solved) : null,
    worst: solved > 0 ? to4(Math.max(...ratios)) : null,
    infeasible,
    violations,
    slowestMs,
    missed: missed.join(", "),
  };
}

/** Plans the biggest pool of up to 64 hosts, lets one patch overrun by ten minutes, and plans what is left. */
export function measureReplan(name: string, file: string, terms: Omit<Terms, "clock">): Line {
  const whole = problemIn(file);
  const sizes = new Map<string, number>();
  for (const { pool } of whole.hosts) sizes.set(pool, (sizes.get(pool) ?? 0) + 1);
  const [pool = ""] = [...sizes].filter(([, size]) => size <= 64).sort((a, b) => b[1] - a[1])[0] ?? [];
  const contender = contenderNamed(name);
  const problem = poolOf(whole, pool);
  const first = contender.plan(problem, { ...terms, clock });
  if (first.status !== "planned") return { status: first.status, why: first.why };
  const third = checkActions(problem, first.actions).makespan / 3;
  // One second into the first patch of the second third: it runs for sure.
  const starts = first.actions.filter((one) => one.type === "patch" && one.start >= third).map(({ start }) => start);
  const event = overrunAt(problem, first.actions, Math.min(...starts) + 1, 600);
  if (!event) return { status: "no event", why: "no patch begins after a third of the plan" };
  const begin = clock();
  const again =
    contender.replan?.(event.problem, { ...terms, clock }, event.left) ??
    contender.plan(event.problem, { ...terms, clock });
  const planMs = Math.round(clock() - begin);
  if (again.status !== "planned") return { status: again.status, planMs, why: again.why };
  return {
    status: "planned",
    hosts: problem.hosts.length,
    planMs,
    firstMs: again.firstMs,
    violations: checkActions(event.problem, again.actions).count,
    untouched: event.untouched.length,
    kept: to4(shareKept(event.untouched, again.actions)),
    how: contender.replan ? "from the plan that was left" : "anew",
  };
}
