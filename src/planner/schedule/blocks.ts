import type { Plan, Step } from "../../domain/plan.ts";

/** Stages that no pause between windows tears apart: a host's whole cycle, a guest's patch, with the switches before and after. */
export interface StepBlock {
  /** For people: the machines in it. */
  readonly name: string;
  readonly steps: readonly Step[];
  /** Plan seconds. `start` is the end of the block before, so that a pause the policy wants belongs to what waits. */
  readonly start: number;
  readonly end: number;
}

interface Span {
  readonly stages: string[];
  readonly steps: Step[];
  end: number;
  /** Switched off for what comes next: never the last of a window. */
  holds: boolean;
}

const namesShown = 3;

/** The blocks of a plan in the order of time. Stages that are under way at once are one block. */
export function blocksOf(plan: Pick<Plan, "steps" | "stages">): readonly StepBlock[] {
  const targets = new Map(plan.stages.map(({ id, target }) => [id, target]));
  const spans: Span[] = [];
  const stages = stagesByStart(plan.steps);
  for (const { id, steps } of stages) {
    const last = spans.at(-1);
    const [start, end] = [steps[0]?.start ?? 0, Math.max(...steps.map((step) => step.end))];
    const joins = last !== undefined && (start < last.end || last.holds || switches(steps) === "on");
    if (!joins) {
      spans.push({ stages: [id], steps: [...steps], end, holds: switches(steps) === "off" });
      continue;
    }
    last.stages.push(id);
    last.steps.push(...steps);
    last.end = Math.max(last.end, end);
    last.holds = last.holds && switches(steps) === "off";
  }
  return spans.map(({ stages: own, steps, end }, i) => {
    const names = [...new Set(own.map((id) => targets.get(id) ?? id))];
    const more = names.length > namesShown ? ` and ${names.length - namesShown} more` : "";
    return { name: `${names.slice(0, namesShown).join(", ")}${more}`, steps, start: spans[i - 1]?.end ?? 0, end };
  });
}

function stagesByStart(steps: readonly Step[]): readonly { readonly id: string; readonly steps: readonly Step[] }[] {
  const found = new Map<string, Step[]>();
  for (const step of steps) {
    const known = found.get(step.stage);
    if (known) known.push(step);
    else found.set(step.stage, [step]);
  }
  return [...found].map(([id, own]) => ({ id, steps: own }));
}

/** Does a stage only switch something off, or on again? */
function switches(steps: readonly Step[]): "off" | "on" | null {
  const [act] = steps.map((step) => step.act);
  return act?.do === "set-switch" ? (act.on ? "on" : "off") : null;
}
