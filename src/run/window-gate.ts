import type { Plan, Step } from "../domain/plan.ts";
import type { Run } from "../domain/run.ts";
import { openAt } from "../planner/calendar/open-at.ts";
import { blocksOf } from "../planner/schedule/blocks.ts";

/** `until`: when it is looked at again (ms since 1970); null: no window of the plan is left. */
export interface Shut {
  readonly until: number | null;
  readonly why: string;
}

/** Said on the run card where the last window has passed. */
export const windowsOver =
  "the windows of this plan are over, and what is left was not begun: abort this run and ask for a new plan";

/**
 * May the next step start now? Null: yes. A window stops starting, not finishing (docs/decisions/0008): a block of
 * steps begins only where all of it fits. Once a host is out of service or a VM is down, the block goes on to its
 * end, whatever the clock says; so does what takes nobody down when a snapshot or a patch is there already. But a
 * machine that is still up goes down only in an open window that is long enough for the rest.
 */
export function shutAt(run: Run, plan: Plan, next: Step, now: number): Shut | null {
  const { windows } = plan.schedule;
  if (windows.length === 0) return null;
  const block = blocksOf(plan).find(({ steps }) => steps.includes(next));
  const begun = (block?.steps ?? []).filter((step) => (run.steps[step.id]?.state ?? "pending") !== "pending");
  if (begun.some(takesOut)) return null;
  if (next.outages.length === 0 && next.act.do !== "enter-maintenance" && begun.some(changes)) return null;
  const unwarned = next.outages.length > 0 && !(next.id in run.head.warned);
  const seconds = (block?.end ?? next.end) - next.start + (unwarned ? plan.warnAheadSeconds : 0);
  const fits = now + (seconds * 1000) / plan.clockRate;
  const open = openAt(windows, now);
  if (open.open && fits <= open.until.to) return null;
  const following = open.open ? windows.find(({ from }) => from >= open.until.to) : open.next;
  if (!following) return { until: null, why: windowsOver };
  return { until: following.from, why: `"${next.title}" waits for the window ${following.text}` };
}

function takesOut(step: Step): boolean {
  return step.outages.length > 0 || step.act.do === "enter-maintenance";
}

/** Moves and switches leave nothing half done: they may wait for days. */
function changes({ act }: Step): boolean {
  return act.do !== "migrate" && act.do !== "set-switch";
}

/**
 * The pause that the policy wants before this step (between layers, after a canary), counted from when the last step
 * really ended; null when it is over or there is none.
 */
export function soakUntil(run: Run, plan: Plan, next: Step, now: number): number | null {
  const earlier = plan.steps.slice(0, plan.steps.indexOf(next));
  const gap = next.start - earlier.reduce((last, step) => Math.max(last, step.end), 0);
  if (gap <= 0) return null;
  const ended = Math.max(0, ...earlier.map((step) => run.steps[step.id]?.endedAt ?? 0));
  const until = ended + (gap * 1000) / plan.clockRate;
  return now < until ? until : null;
}
