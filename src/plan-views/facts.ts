import { count } from "../domain/act-words.ts";
import type { Plan } from "../domain/plan.ts";
import { durationWords } from "../domain/time-words.ts";

/** Names in one line before the rest is counted. */
const namesShown = 12;

/** The plan in a few lines: its digest, how long, how near to the least possible, who is down, who stays up. */
export function factLines(plan: Plan): readonly string[] {
  const { makespan, migrations, stepsAtOnce } = plan.schedule;
  const pace = stepsAtOnce === 1 ? "one at a time" : `up to ${stepsAtOnce} at once`;
  return [
    `about ${durationWords(makespan)} · ${count(plan.steps.length, "step", "steps")}, ${pace} · ${count(migrations, "live migration", "live migrations")} · digest ${plan.digest.slice(0, 12)}`,
    ...boundLines(plan),
    ...windowLines(plan),
    `down: ${namesOf(downNames(plan))}`,
    `staying up: ${namesOf(plan.noDowntime.map((one) => one.machine))}`,
  ];
}

/** Nothing where no bound is known. */
function boundLines({ schedule: { makespan, lowerBound, binding } }: Plan): readonly string[] {
  if (lowerBound <= 0) return [];
  const ratio = (makespan / lowerBound).toFixed(2);
  return [`at least ${durationWords(lowerBound)} (this plan: ${ratio} times that): ${binding.text}`];
}

/** Windows in one line before the rest is counted. */
const windowsShown = 3;

function windowLines({ schedule: { windows } }: Plan): readonly string[] {
  if (windows.length === 0) return [];
  const more = windows.length > windowsShown ? ` and ${windows.length - windowsShown} more` : "";
  const texts = windows.slice(0, windowsShown).map((one) => one.text);
  return [`${count(windows.length, "window", "windows")}: ${texts.join(", ")}${more}`];
}

function downNames(plan: Plan): readonly string[] {
  return [...new Set(plan.schedule.downtimes.map((one) => one.machine))];
}

function namesOf(names: readonly string[]): string {
  if (names.length === 0) return "nobody";
  const more = names.length > namesShown ? ` and ${names.length - namesShown} more` : "";
  return `${names.slice(0, namesShown).join(", ")}${more} (${names.length})`;
}
