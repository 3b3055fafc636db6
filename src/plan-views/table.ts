import type { Plan, Reason, Stage, Step } from "../domain/plan.ts";
import { ruleWords } from "../domain/plan-words.ts";
import { clockWords, durationWords } from "../domain/time-words.ts";
import { factLines } from "./facts.ts";
import { clean, cutTo, fitTo, paint, type Style, wrap } from "./terminal.ts";

/** Reasons under a stage; `--explain` tells all of them. */
const reasonsShown = 2;

/** The plan for a terminal: a few facts, the stages in order with times, changes, downtime and why, then decisions. */
export function planTable(plan: Plan, style: Style): string {
  const columns = columnsFor(plan, style);
  const steps = new Map<string, Step[]>();
  for (const step of plan.steps) steps.set(step.stage, [...(steps.get(step.stage) ?? []), step]);
  return [
    ...headLines(plan, style),
    "",
    paint(headings(columns, style), "bold", style),
    ...plan.stages.flatMap((stage, i) => stageLines(stage, steps.get(stage.id) ?? [], i + 1, columns, style)),
    ...listLines(
      "Windows",
      plan.schedule.windows.map((one) => one.text),
      style,
    ),
    ...listLines("Decisions", sentences(plan.decisions), style),
    ...listLines(
      "Left alone",
      plan.untouched.map((one) => `${one.machine}: ${one.why}`),
      style,
    ),
    "",
  ].join("\n");
}

/** Title, the mark of a simulated estate, and the facts. Shared with the chart for terminals. */
export function headLines(plan: Plan, style: Style): readonly string[] {
  const mark = plan.simulated ? "SIMULATED: no real machine" : "";
  const title = cutTo(clean(`Patch plan for ${plan.cluster}`, style), style.width - mark.length - 2, style);
  const gap = " ".repeat(Math.max(2, style.width - title.length - mark.length));
  return [
    `${paint(title, "bold", style)}${mark === "" ? "" : gap}${paint(mark, "yellow", style)}`,
    ...factLines(plan).flatMap((line) => wrap(clean(line, style), style.width, style)),
  ];
}

interface Columns {
  readonly number: number;
  readonly layer: number;
  readonly target: number;
  readonly change: number;
  readonly down: number;
}

function columnsFor(plan: Plan, style: Style): Columns {
  const number = String(plan.stages.length).length + 1;
  const layer = Math.max(5, ...plan.stages.map((stage) => stage.layer.length));
  const target = Math.min(24, Math.max(6, ...plan.stages.map((stage) => clean(stage.target, style).length)));
  const down = 10;
  // Two clocks, and two spaces between columns.
  const change = Math.max(12, style.width - number - layer - target - down - 2 * 8 - 6 * 2);
  return { number, layer, target, change, down };
}

function headings(columns: Columns, style: Style): string {
  return row(["#", "start", "end", "layer", "target", "what changes", "down"], columns, style);
}

function row(cells: readonly string[], columns: Columns, style: Style): string {
  const [number = "", start = "", end = "", layer = "", target = "", change = "", down = ""] = cells;
  return [
    fitTo(number, columns.number, style, "right"),
    fitTo(start, 8, style),
    fitTo(end, 8, style),
    fitTo(layer, columns.layer, style),
    fitTo(target, columns.target, style),
    fitTo(change, columns.change, style),
    fitTo(down, columns.down, style, "right"),
  ].join("  ");
}

function stageLines(
  stage: Stage,
  steps: readonly Step[],
  number: number,
  columns: Columns,
  style: Style,
): readonly string[] {
  const start = Math.min(...steps.map((step) => step.start), Number.POSITIVE_INFINITY);
  const end = Math.max(...steps.map((step) => step.end), 0);
  const times = steps.length > 0 ? [clockWords(start), clockWords(end)] : ["", ""];
  const cells = [String(number), ...times, stage.layer, stage.target, changeWords(stage, steps), downWords(steps)];
  const indent = " ".repeat(columns.number + 2);
  const reasons = sentences(stage.reasons)
    .slice(0, reasonsShown)
    .flatMap((text) =>
      wrap(clean(text, style), style.width - indent.length - 2, style).map(
        (line, i) => `${indent}${i === 0 ? "- " : "  "}${line}`,
      ),
    );
  const line = row(
    cells.map((cell) => clean(cell, style)),
    columns,
    style,
  );
  return [line.trimEnd(), ...reasons.map((one) => paint(one, "dim", style))];
}

/** Reasons in words. Rules that say the same share a sentence, with the surest one's strength: they come first. */
function sentences(reasons: readonly Reason[]): readonly string[] {
  const byText = new Map<string, Reason>();
  for (const reason of reasons) {
    const known = byText.get(reason.text);
    byText.set(reason.text, known ? { ...known, rule: `${known.rule}, ${reason.rule}` } : reason);
  }
  return [...byText.values()].map((reason) => `${reason.text} ${ruleWords(reason)}`);
}

/** `openssl (+17) 3.0.20 → 3.0.22`, or the switches of a stage without patches. What is cut is the end: versions. */
function changeWords(stage: Stage, steps: readonly Step[]): string {
  const [first] = stage.patches;
  if (first) {
    const more = stage.patches.length > 1 ? ` (+${stage.patches.length - 1})` : "";
    return `${first.name}${more} ${first.from === "" ? `new ${first.to}` : `${first.from} → ${first.to}`}`;
  }
  return steps
    .map(({ act, title }) => (act.do === "set-switch" ? `${act.name} ${act.on ? "on" : "off"}` : title))
    .join(", ");
}

/** Who goes down in the stage, by name when it is another machine than the stage's own. */
function downWords(steps: readonly Step[]): string {
  const outages = steps.flatMap((step) => step.outages);
  if (outages.length === 0) return "-";
  const most = Math.max(...outages.map((one) => one.seconds));
  const machines = new Set(outages.map((one) => one.machine)).size;
  return machines > 1 ? `${machines} VMs ${durationWords(most)}` : durationWords(most);
}

function listLines(title: string, items: readonly string[], style: Style): readonly string[] {
  if (items.length === 0) return [];
  const lines = items.flatMap((item) =>
    wrap(clean(item, style), style.width - 4, style).map((line, i) => `${i === 0 ? "  - " : "    "}${line}`),
  );
  return ["", paint(title, "bold", style), ...lines];
}
