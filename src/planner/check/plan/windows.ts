import type { Plan, Step } from "../../../domain/plan.ts";
import type { Known } from "./known.ts";
import type { PlanReport } from "./report.ts";
import { told } from "./scene.ts";

/**
 * Plan seconds run on while the wall clock pauses between windows. So the plan is cut where nothing is half done,
 * and every piece must lie in one window, the pieces in order: the longest that fits goes into each window, which
 * leaves least for those that follow. What is left after the last window lies in none.
 */
export function checkWindows(plan: Plan, known: Known, report: PlanReport): void {
  const { windows, makespan } = plan.schedule;
  if (windows.length === 0) return;
  const cuts = cutsOf(plan.steps);
  const secondsPerMs = plan.clockRate / 1000;
  let reached = 0;
  let last = Number.NEGATIVE_INFINITY;
  let free = Date.parse(known.facts.readAt);
  for (const { from, to, text } of windows) {
    if (from < last) report("windows", null, text, `the window ${text} begins before the one before it ends`);
    last = to;
    if (!(from < to)) report("windows", null, text, `the window ${text} has no length`);
    const length = (to - Math.max(from, free)) * secondsPerMs;
    // A millionth of a second for what dividing by the clock rate loses.
    const limit = reached + Math.max(0, length) + 1e-6;
    for (const cut of cuts) if (cut > reached && cut <= limit) reached = cut;
    free = Math.max(free, to);
  }
  if (reached >= makespan) return;
  const first = plan.steps.find((step) => step.end > reached);
  const what = first ? told(first) : "the rest of the plan";
  report(
    "windows",
    first?.start ?? reached,
    first?.id ?? "plan",
    `${what} lies in no window: with all that belongs together, ${makespan - reached} s are left over after ${windows.at(-1)?.text}`,
  );
}

/** Instants at which a pause tears nothing apart: no step is under way, no host away, no VM switched off. In order. */
function cutsOf(steps: readonly Step[]): readonly number[] {
  const changes = steps.flatMap((step) => [
    { at: step.start, by: step.start < step.end ? 1 : 0 },
    { at: step.end, by: step.start < step.end ? -1 : 0 },
    { at: opens(step) ? step.start : step.end, by: opens(step) ? 1 : closes(step) ? -1 : 0 },
  ]);
  // What ends comes before what begins at the same instant: in between the plan can be cut.
  const inOrder = changes.filter(({ by }) => by !== 0).sort((a, b) => a.at - b.at || a.by - b.by);
  const cuts: number[] = [];
  let open = 0;
  inOrder.forEach(({ at, by }, i) => {
    open += by;
    const next = inOrder[i + 1];
    if (open === 0 && (next?.at !== at || next.by > 0)) cuts.push(at);
  });
  return cuts;
}

/** Switches may stay off from one window to the next: what they protect against is still to come. */
function opens({ act }: Step): boolean {
  return act.do === "enter-maintenance" || act.do === "stop-vm" || act.do === "snapshot";
}

function closes({ act }: Step): boolean {
  return act.do === "leave-maintenance" || act.do === "start-vm" || act.do === "remove-snapshot";
}
