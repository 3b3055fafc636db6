import { actTarget } from "../../domain/act.ts";
import { type Refusal, refuse } from "../../domain/outcome.ts";
import type { Plan, Stage, Step } from "../../domain/plan.ts";

/** What a name in a question turned out to mean. */
export type Named =
  | { readonly kind: "step"; readonly step: Step; readonly stages: readonly Stage[] }
  /** A stage, or a machine or pool with stages of its own. */
  | { readonly kind: "stages"; readonly name: string; readonly stages: readonly Stage[] }
  /** A machine without a stage: it is only moved or stopped, or left alone. */
  | { readonly kind: "bystander"; readonly name: string; readonly why: string };

/** What a name means in this plan, or null. Upper and lower case are the same. */
export function findName(plan: Plan, given: string): Named | null {
  const name = given.trim().toLowerCase();
  const step = plan.steps.find((one) => one.id.toLowerCase() === name);
  if (step) return { kind: "step", step, stages: plan.stages.filter((stage) => stage.id === step.stage) };
  const stages = plan.stages.filter((stage) => stage.id.toLowerCase() === name || stage.target.toLowerCase() === name);
  const [first] = stages;
  if (first) return { kind: "stages", name: stages.length > 1 ? first.target : nameOfStage(plan, first.id), stages };
  const alone = plan.untouched.find((one) => one.machine.toLowerCase() === name);
  const machine = machines(plan).find((one) => one.toLowerCase() === name);
  if (machine === undefined) return null;
  const moved = plan.steps.filter((one) => actTarget(one.act) === machine);
  const doings = moved.map((one) => `${one.title} (${one.id})`);
  const why = [alone ? `it is left alone: ${alone.why}` : "nothing is installed on it", ...doings].join("; ");
  return { kind: "bystander", name: machine, why };
}

/** The short name of a stage where it is the only one of its target, else its id. */
export function nameOfStage(plan: Plan, id: string): string {
  const stage = plan.stages.find((one) => one.id === id);
  if (!stage) return id;
  return plan.stages.filter((one) => one.target === stage.target).length === 1 ? stage.target : id;
}

function machines(plan: Plan): readonly string[] {
  const acted = plan.steps.flatMap(({ act }) => [
    actTarget(act),
    ...(act.do === "migrate" ? [act.from, act.to] : []),
    ...(act.do === "start-vm" ? [act.host] : []),
  ]);
  const told = [...plan.untouched, ...plan.noDowntime, ...plan.schedule.downtimes].map((one) => one.machine);
  return [...new Set([...acted, ...told])];
}

/** How many near names a refusal suggests. */
const suggested = 3;

export function unknownName(plan: Plan, given: string): Refusal {
  const stages = plan.stages.map((stage) => stage.id);
  const targets = plan.stages.map((stage) => stage.target);
  const known = [...new Set([...targets, ...machines(plan), ...stages, ...plan.steps.map((step) => step.id)])];
  const name = given.trim().toLowerCase();
  const near = known
    .map((one) => ({ one, far: distance(name, one.toLowerCase()) }))
    .filter(({ one, far }) => far <= Math.max(1, Math.floor(one.length / 3)) || one.toLowerCase().includes(name))
    .sort((a, b) => a.far - b.far || (a.one < b.one ? -1 : 1))
    .slice(0, suggested)
    .map(({ one }) => one);
  const [example] = targets;
  return refuse(
    "bad-command",
    `There is no "${given.trim().slice(0, 80)}" in this plan.`,
    near.length > 0
      ? `did you mean ${near.join(" or ")}?`
      : `use the name of a machine (${example ?? "web-1"}), of a stage (${stages[0] ?? "guest-os/web-1"}) or of a step (s001)`,
  );
}

/** Edits that make one word of the other; long words are cut, names are short. */
function distance(a: string, b: string): number {
  const [left, right] = [a.slice(0, 80), b.slice(0, 80)];
  let row = Array.from({ length: right.length + 1 }, (_, i) => i);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
