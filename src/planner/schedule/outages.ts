import type { Step } from "../../domain/plan.ts";

/**
 * Outages as long as the times of the plan make them: where other steps come between, a VM that is stopped waits
 * longer for its start than the steps of its own stage take.
 */
export function withOutageTimes(steps: readonly Step[]): Step[] {
  const starts = new Map<string, readonly Step[]>();
  for (const step of steps)
    if (step.act.do === "start-vm") starts.set(step.act.vm, [...(starts.get(step.act.vm) ?? []), step]);
  return steps.map((step) => {
    const { act } = step;
    const start = act.do === "stop-vm" ? starts.get(act.vm)?.find((one) => one.start >= step.end) : undefined;
    if (!start) return step;
    const least = start.end - step.end;
    const outages = step.outages.map((one) => ({ ...one, seconds: Math.max(one.seconds, least) }));
    return { ...step, outages };
  });
}
