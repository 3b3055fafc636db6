import { createHash } from "node:crypto";
import { actTarget } from "../../../domain/act.ts";
import type { Plan, Step } from "../../../domain/plan.ts";
import { listBy, meeting, moreThan } from "../spans.ts";
import { sameText } from "./known.ts";
import type { PlanReport } from "./report.ts";

/** What must hold of a plan as a document, before anything is replayed. False: nothing can be replayed. */
export function checkShape(plan: Plan, report: PlanReport): boolean {
  checkDigest(plan, report);
  checkIds(plan, report);
  const timed = plan.steps.filter((step) => hasTimes(step, report)).length === plan.steps.length;
  if (timed) checkTogether(plan, report);
  return timed;
}

/** An approval names the digest: a plan whose digest is of something else was approved by nobody. */
function checkDigest(plan: Plan, report: PlanReport): void {
  const { digest, ...rest } = plan;
  const own = createHash("sha256").update(sameText(rest)).digest("hex");
  if (digest === own) return;
  const text = `the plan says that its digest is ${digest.slice(0, 8)}, its content has ${own.slice(0, 8)}: it is not the plan that was approved`;
  report("digest", null, "plan", text);
}

function checkIds({ steps, stages }: Plan, report: PlanReport): void {
  for (const [what, items] of Object.entries({ step: steps, stage: stages }))
    for (const [id, own] of listBy<{ readonly id: string }, string>(items, (one) => one.id))
      if (own.length > 1) report("ids", null, id, `${own.length} ${what}s have the id ${id}`);
  const known = new Set(stages.map(({ id }) => id));
  for (const step of steps)
    if (!known.has(step.stage)) report("ids", null, step.id, `${step.id} belongs to ${step.stage}, which is no stage`);
}

function hasTimes({ id, title, start, end, seconds }: Step, report: PlanReport): boolean {
  const numbers = Number.isFinite(start) && Number.isFinite(end) && start >= 0 && start <= end;
  const told = `${id} (${title}) from ${start} to ${end}`;
  if (!numbers) report("times", null, id, `${told}: a step begins at 0 or later and does not end before it begins`);
  else if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end))
    report("times", start, id, `${told}: these are not whole seconds`);
  else if (end - start !== seconds)
    report("times", start, id, `${told}: that is ${end - start} s, it says ${seconds} s`);
  return numbers;
}

/** How many steps are under way at once, and never two on one machine. */
function checkTogether({ steps, schedule }: Plan, report: PlanReport): void {
  const spans = steps
    .filter(({ start, end }) => start < end)
    .map((step) => ({ from: step.start, to: step.end, step, target: actTarget(step.act) }));
  for (const { at, count } of moreThan(spans, schedule.stepsAtOnce))
    report("steps-at-once", at, "plan", `${count} steps are under way at once, at most ${schedule.stepsAtOnce} may be`);
  for (const [target, own] of listBy(spans, (span) => span.target)) {
    const ordered = [...own].sort((a, b) => a.from - b.from);
    ordered.forEach((span, i) => {
      const next = ordered[i + 1];
      const at = next ? meeting(span, next) : null;
      if (next && at !== null)
        report("one-at-a-time", at, target, `${span.step.id} and ${next.step.id} work on ${target} at the same time`);
    });
  }
}
