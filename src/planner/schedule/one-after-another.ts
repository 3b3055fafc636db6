import type { Step } from "../../domain/plan.ts";
import type { Schedule } from "../../domain/schedule.ts";

/** A step that has no time yet. */
export type UntimedStep = Omit<Step, "start" | "end" | "after">;

/** Times for steps that run one after another in the order given, as runs carry plans out. */
export function timeOneAfterAnother(steps: readonly UntimedStep[]): Step[] {
  let at = 0;
  return steps.map((step, i) => {
    const start = at;
    at += step.seconds;
    return { ...step, start, end: at, after: steps.slice(Math.max(0, i - 1), i).map(({ id }) => id) };
  });
}

/** What the times of a plan say about it; what they do not say is given, or "not known". */
export function scheduleOf(steps: readonly Step[], known: Partial<Schedule> = {}): Schedule {
  return {
    stepsAtOnce: 1,
    makespan: steps.reduce((last, step) => Math.max(last, step.end), 0),
    lowerBound: 0,
    binding: { term: "one-at-a-time", text: "not known" },
    migrations: steps.filter((step) => step.act.do === "migrate").length,
    migrationBound: 0,
    downtimes: steps.flatMap((step) => step.outages.map((one) => ({ ...one, step: step.id, start: step.start }))),
    windows: [],
    estimates: [],
    seed: 1,
    ...known,
  };
}
