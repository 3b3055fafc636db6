import type { Plan } from "../../domain/plan.ts";
import { clockWords, durationWords } from "../../domain/time-words.ts";
import type { Named } from "./names.ts";
import type { Findings } from "./order.ts";

/** Why a machine is down, when and for how long; or why it is not. */
export function explainDown(plan: Plan, named: Named): Findings {
  if (named.kind === "step") {
    const outages = named.step.outages.map((one) => `${one.machine}, about ${durationWords(one.seconds)}: ${one.why}`);
    const lines = outages.length > 0 ? outages : [`${named.step.id} (${named.step.title}) takes nobody down`];
    return { lines, edges: [] };
  }
  const name = named.kind === "stages" ? (named.stages[0]?.target ?? named.name) : named.name;
  const times = plan.schedule.downtimes.filter((one) => one.machine === name);
  const lines = times.map(
    (one) =>
      `${name} is down from ${clockWords(one.start)} for about ${durationWords(one.seconds)}: ${one.why} (${stepWords(plan, one.step)})`,
  );
  return { lines: lines.length > 0 ? lines : [whyUp(plan, name)], edges: [] };
}

function whyUp(plan: Plan, name: string): string {
  const stays = plan.noDowntime.find((one) => one.machine === name);
  if (stays) return `${name} stays up: ${stays.why}`;
  const alone = plan.untouched.find((one) => one.machine === name);
  if (alone) return `${name} stays up, it is left alone: ${alone.why}`;
  const reboot = plan.steps.find((step) => step.act.do === "reboot" && step.act.machine === name);
  if (reboot)
    return `${name} reboots at ${clockWords(reboot.start)} (${reboot.id}), emptied of every VM that can move; no VM is down because of that reboot alone`;
  return `${name} is not down in this plan`;
}

function stepWords(plan: Plan, id: string): string {
  const step = plan.steps.find((one) => one.id === id);
  return step ? `${id}, ${step.title}` : id;
}
