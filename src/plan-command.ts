import { existsSync } from "node:fs";
import type { ClusterFacts } from "./domain/facts.ts";
import type { Cluster, Inventory } from "./domain/inventory.ts";
import type { Refusal } from "./domain/outcome.ts";
import type { Plan } from "./domain/plan.ts";
import { loadFacts, saveFacts, writeText } from "./facts-file.ts";
import { loadInventory } from "./inventory-file.ts";
import { readFacts } from "./plan-facts.ts";
import { type PlanOptions, planUsage, readPlanOptions } from "./plan-options.ts";
import { chartOfPlan } from "./plan-views/chart-of-plan.ts";
import { ganttText } from "./plan-views/gantt.ts";
import { refusalText } from "./plan-views/refusal.ts";
import { chartSvg } from "./plan-views/svg/chart-svg.ts";
import { headLines, planTable } from "./plan-views/table.ts";
import { clean, type Style, wrap } from "./plan-views/terminal.ts";
import { checkedPlan } from "./planner/checked-plan.ts";
import { explain } from "./planner/explain/explain.ts";

/** Where the command's words go and what it is told about the place. */
export interface PlanIo {
  /** What was asked for: a plan, an answer. */
  out(text: string): void;
  /** Everything else. */
  err(text: string): void;
  /** Is `out` a terminal, and how wide is it? */
  readonly terminal: boolean;
  readonly columns: number | null;
  now(): number;
}

export const exitCodes = { done: 0, refused: 1, misused: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const defaultWidth = 100;

/** `npm run plan`: reads, plans and prints; changes nothing anywhere. Returns the exit code. */
export async function runPlanCommand(args: readonly string[], io: PlanIo): Promise<ExitCode> {
  const read = readPlanOptions(args);
  if (!read.ok && read.help) {
    io.out(`${planUsage}\n`);
    return exitCodes.done;
  }
  if (!read.ok) return misuse(io, read.problems, true);
  const { options } = read;
  if (!existsSync(options.inventory))
    return misuse(io, [`--inventory: there is no file ${options.inventory}; give the path of your inventory`], false);
  const loaded = loadInventory(options.inventory);
  if (!loaded.ok) return misuse(io, loaded.problems, false);
  const chosen = chooseCluster(loaded.inventory, options.cluster);
  if ("problem" in chosen) return misuse(io, [chosen.problem], false);
  const { name, cluster } = chosen;
  const facts = await factsFor(options, name, cluster, io);
  if (typeof facts === "string") return misuse(io, [facts], false);
  // The planner does not search yet: said, because a seed that changes nothing looks like a mistake of ours.
  if (options.seed !== null) io.err("--seed: this planner makes one plan whatever the seed; it changes nothing\n");
  const made = checkedPlan(name, cluster, facts, undefined, {
    ...(options.seed === null ? {} : { seed: options.seed }),
    ...(options.atOnce === null ? {} : { stepsAtOnce: options.atOnce }),
  });
  if (options.atOnce !== null && options.atOnce > 1)
    io.err("runs carry out one step at a time: this is a what-if, for numbers above 1 in policy.pace\n");
  if (!made.ok) return refused(made, io, styleFor(options, io));
  return print(made.value, options, io);
}

function chooseCluster(
  inventory: Inventory,
  asked: string | null,
): { readonly name: string; readonly cluster: Cluster } | { readonly problem: string } {
  const names = Object.keys(inventory.clusters).sort();
  const [only] = names;
  const name = asked ?? (names.length === 1 ? only : undefined);
  // Own entries only: "constructor" is no cluster.
  const cluster = name !== undefined && Object.hasOwn(inventory.clusters, name) ? inventory.clusters[name] : undefined;
  if (name !== undefined && cluster) return { name, cluster };
  const which = `use one of ${names.join(", ")}`;
  return {
    problem: asked === null ? `--cluster: needed; ${which}` : `--cluster: there is no cluster "${asked}"; ${which}`,
  };
}

/** The facts, or the problem in words. */
async function factsFor(
  options: PlanOptions,
  name: string,
  cluster: Cluster,
  io: PlanIo,
): Promise<ClusterFacts | string> {
  if (options.facts !== null) {
    const loaded = loadFacts(options.facts, name);
    if (!loaded.ok) return loaded.problem;
    io.err(`facts of ${loaded.facts.readAt} from ${options.facts}; no machine is asked\n`);
    return loaded.facts;
  }
  const facts = await readFacts({ name, cluster, now: io.now, say: (line) => io.err(`${line}\n`) });
  const problem = options.saveFacts === null ? null : saveFacts(options.saveFacts, facts);
  return problem ?? facts;
}

function print(plan: Plan, options: PlanOptions, io: PlanIo): ExitCode {
  const style = styleFor(options, io);
  if (options.svg !== null) {
    const problem = writeText(options.svg, chartSvg(chartOfPlan(plan)));
    if (problem !== null) return misuse(io, [problem], false);
    io.err(`chart written to ${options.svg}\n`);
  }
  switch (options.output) {
    case "json":
      io.out(`${JSON.stringify(plan, null, 2)}\n`);
      return exitCodes.done;
    case "table":
      io.out(planTable(plan, style));
      return exitCodes.done;
    case "gantt":
      io.out(`${headLines(plan, style).join("\n")}\n\n${ganttText(chartOfPlan(plan), style)}`);
      return exitCodes.done;
    case "explain":
      return answer(plan, options.question, io, style);
    default:
      return options.output satisfies never;
  }
}

function answer(plan: Plan, question: string, io: PlanIo, style: Style): ExitCode {
  const found = explain(plan, question);
  if (!found.ok) return misuse(io, [`${found.message} ${found.next}`], false);
  for (const line of found.value.lines) {
    const indent = /^\s*(?:- )?/.exec(line)?.[0].length ?? 0;
    const [first = "", ...rest] = wrap(clean(line.trimStart(), style), style.width - indent, style);
    io.out(`${" ".repeat(line.length - line.trimStart().length)}${first}\n`);
    for (const more of rest) io.out(`${" ".repeat(indent + 2)}${more}\n`);
  }
  return exitCodes.done;
}

function styleFor(options: PlanOptions, io: PlanIo): Style {
  const width = options.width ?? io.columns ?? defaultWidth;
  return { colour: io.terminal && options.colour, unicode: io.terminal, width: Math.max(60, width) };
}

function refused(refusal: Refusal, io: PlanIo, style: Style): ExitCode {
  io.err(refusalText(refusal, style));
  return exitCodes.refused;
}

function misuse(io: PlanIo, problems: readonly string[], usage: boolean): ExitCode {
  for (const problem of problems) io.err(`tuesday: ${problem}\n`);
  if (usage) io.err(`\n${planUsage}\n`);
  return exitCodes.misused;
}
