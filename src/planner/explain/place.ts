import type { Plan, PlanEdge, Stage, Step } from "../../domain/plan.ts";
import { ruleWords } from "../../domain/plan-words.ts";
import { durationWords } from "../../domain/time-words.ts";
import { reasonLines } from "./answer.ts";
import { few } from "./few.ts";
import { compareEdges, edgesInto } from "./graph.ts";
import { nameOfStage } from "./names.ts";
import type { Findings } from "./order.ts";
import { spanOf, spanWords, stepsOf } from "./times.ts";

/** Reasons beside the order (reboot needed, where VMs move) told one by one. */
const remarksShown = 12;
/** Links of one rule in a row that are told one by one. */
const linksShown = 4;

/** Why a step is where it is: what it waits for inside its stage, then why its stage is where it is. */
export function explainStep(plan: Plan, step: Step, stage: Stage): Findings {
  const byId = new Map(plan.steps.map((one) => [one.id, one]));
  const waits = step.after.flatMap((id) => byId.get(id) ?? []);
  const place = explainStage(plan, stage);
  return {
    lines: [
      `${step.id}: ${step.title}, ${spanWords(step)} (${durationWords(step.seconds)})`,
      waits.length === 0 ? "waits for nothing" : `waits for ${few(waits.map((one) => `${one.id} (${one.title})`))}`,
      ...step.outages.map((one) => `takes ${one.machine} down for about ${durationWords(one.seconds)}: ${one.why}`),
      ...place.lines,
    ],
    edges: place.edges,
  };
}

/** Why a stage is where it is: every reason in full, then the chain back to the first stage of all. */
export function explainStage(plan: Plan, stage: Stage): Findings {
  const steps = stepsOf(plan, stage.id);
  const before = edgesInto(plan);
  const into = before(stage.id);
  const chain = chainBack(plan, stage.id, before);
  const told = new Set(into.map((edge) => `${edge.reason.rule}|${edge.reason.text}`));
  const remarks = stage.reasons.filter((reason) => !told.has(`${reason.rule}|${reason.text}`));
  return {
    lines: [
      `${stage.title} (${stage.layer}), ${spanWords(spanOf(steps))}, ${steps.length} steps`,
      ...waitLines(plan, into),
      ...remarks.slice(0, remarksShown).map((reason) => `- ${reason.text} ${ruleWords(reason)}`),
      ...(remarks.length > remarksShown ? [`- and ${remarks.length - remarksShown} more reasons`] : []),
      ...chainLines(plan, chain),
    ],
    edges: [...into, ...chain.filter((edge) => !into.includes(edge))],
  };
}

/** Edges into a stage, those with one sentence together, surest rule first. */
function waitLines(plan: Plan, into: readonly PlanEdge[]): readonly string[] {
  const groups = new Map<string, PlanEdge[]>();
  for (const edge of [...into].sort(compareEdges)) {
    const key = `${edge.reason.rule}|${edge.reason.text}`;
    groups.set(key, [...(groups.get(key) ?? []), edge]);
  }
  if (groups.size === 0) return ["waits for no other stage"];
  return [...groups.values()].flatMap((edges) => {
    const [edge] = edges;
    if (!edge) return [];
    const [text = "", ...rest] = reasonLines(edge.reason);
    return [`- after ${few(edges.map((one) => nameOfStage(plan, one.before)))}: ${text}`, ...rest];
  });
}

/** From a stage backwards: each time over the predecessor that ends last, until one waits for nothing. */
function chainBack(plan: Plan, stage: string, into: (stage: string) => readonly PlanEdge[]): readonly PlanEdge[] {
  const ends = new Map<string, number>();
  for (const step of plan.steps) ends.set(step.stage, Math.max(ends.get(step.stage) ?? 0, step.end));
  const chain: PlanEdge[] = [];
  const seen = new Set([stage]);
  for (let at = stage; ; ) {
    const [last] = [...into(at)].sort(
      (a, b) => (ends.get(b.before) ?? 0) - (ends.get(a.before) ?? 0) || compareEdges(a, b),
    );
    if (!last || seen.has(last.before)) return chain;
    chain.push(last);
    seen.add(last.before);
    at = last.before;
  }
}

function chainLines(plan: Plan, chain: readonly PlanEdge[]): readonly string[] {
  const first = chain.at(-1);
  if (!first || chain.length < 2) return [];
  const runs: PlanEdge[][] = [];
  for (const edge of chain) {
    const last = runs.at(-1);
    if (last?.[0]?.reason.rule === edge.reason.rule) last.push(edge);
    else runs.push([edge]);
  }
  return [
    "back to the first:",
    ...runs.flatMap((run) => runLines(plan, run)),
    `  ${nameOfStage(plan, first.before)} waits for no other stage`,
  ];
}

/** Links of one rule in a row: a hundred hosts one after another are told by the first and the last. */
function runLines(plan: Plan, run: readonly PlanEdge[]): readonly string[] {
  const name = (id: string) => nameOfStage(plan, id);
  const words = run.map(
    ({ before, after, reason }) => `  ${name(after)} after ${name(before)}: ${reason.text} ${ruleWords(reason)}`,
  );
  if (run.length <= linksShown) return words;
  const hidden = run.length - 2;
  return [...words.slice(0, 1), `  … ${hidden} more of the same rule …`, ...words.slice(-1)];
}
