import type { Plan, Step } from "../../../domain/plan.ts";
import type { Known } from "./known.ts";
import type { Play } from "./scene.ts";
import { told } from "./scene.ts";

/** The figures that people decide by are those of the steps: length, migrations, who is down and for how long. */
export function checkFigures({ plan, known, report }: Play): void {
  const { schedule, steps } = plan;
  const say = (text: string) => report("schedule", null, "plan", text);
  const end = Math.max(0, ...steps.map((step) => step.end));
  if (schedule.makespan !== end)
    say(`the plan says that it takes ${schedule.makespan} s; its last step ends at ${end}`);
  if (plan.seconds !== end) say(`the plan says ${plan.seconds} s; its last step ends at ${end}`);
  const moves = steps.filter(({ act }) => act.do === "migrate").length;
  if (schedule.migrations !== moves) say(`the plan says ${schedule.migrations} migrations and has ${moves}`);
  if (schedule.lowerBound > end)
    say(`the plan takes ${end} s and says that none takes less than ${schedule.lowerBound} s`);
  if (schedule.migrationBound > moves)
    say(`the plan has ${moves} migrations and says that none has less than ${schedule.migrationBound}`);
  checkDowntimes({ plan, known, report });
  for (const step of steps) checkOutages({ plan, known, report }, step);
}

type Desk = Pick<Play, "plan" | "known" | "report">;

/** The list of downtimes and the outages of the steps are the same, each while its step is under way. */
function checkDowntimes({ plan, report }: Desk): void {
  const byId = new Map(plan.steps.map((step) => [step.id, step]));
  const open = new Map<string, number>();
  const count = (key: string, by: number) => open.set(key, (open.get(key) ?? 0) + by);
  for (const step of plan.steps)
    for (const { machine, seconds } of step.outages) count(`${step.id} ${machine} ${seconds}`, 1);
  for (const { machine, step: id, seconds, start } of plan.schedule.downtimes) {
    count(`${id} ${machine} ${seconds}`, -1);
    const step = byId.get(id);
    if (step && (start < step.start || start > step.end))
      report(
        "schedule",
        start,
        machine,
        `${machine} is said to go down at ${start}, by ${told(step)}, from ${step.start} to ${step.end}`,
      );
  }
  for (const [key, n] of open) {
    const [id = "", machine = "", seconds = ""] = key.split(" ");
    if (n !== 0)
      report(
        "schedule",
        byId.get(id)?.start ?? null,
        machine,
        `${seconds} s of ${machine} by ${id} ${n > 0 ? "are missing in the list of downtimes" : "are in the list of downtimes, and no step has them"}`,
      );
  }
}

/** Who goes down by a step is told by it, nobody else is, and nobody is told a time too short. */
function checkOutages({ plan, known, report }: Desk, step: Step): void {
  const say = (machine: string, text: string) => report("outages", step.start, machine, `${told(step)}: ${text}`);
  const taken = takenBy(known, step);
  for (const { machine } of step.outages) {
    const itself = step.act.do === "reboot" && step.act.machine === machine;
    if (machine !== taken && !itself) say(machine, `${machine} is said to go down, and does not`);
  }
  if (taken === null) return;
  const own = step.outages.filter(({ machine }) => machine === taken);
  if (own.length !== 1) say(taken, `${taken} goes down, and that is told ${own.length} times`);
  const least = leastDown(plan, step);
  for (const { seconds } of own)
    if (seconds < least) say(taken, `${taken} is down for at least ${least} s, its owner is told ${seconds} s`);
  if (plan.noDowntime.some(({ machine }) => machine === taken))
    say(taken, `${taken} goes down, and is in the list of those that do not`);
}

/** A host of a pool takes nobody down: it is empty by then. */
function takenBy(known: Known, { act }: Step): string | null {
  if (act.do === "stop-vm") return act.vm;
  return act.do === "reboot" && !known.hosts.has(act.machine) ? act.machine : null;
}

/** From the end of its shutdown to the end of its next start; a reboot as long as it takes. */
function leastDown({ steps }: Plan, step: Step): number {
  const { act } = step;
  if (act.do !== "stop-vm") return step.end - step.start;
  const start = steps.find((one) => one.act.do === "start-vm" && one.act.vm === act.vm && one.start >= step.end);
  return start ? start.end - step.end : 0;
}
