import type { ActOutcome } from "../../domain/act.ts";
import { actTarget } from "../../domain/act.ts";
import type { Refusal } from "../../domain/outcome.ts";
import type { Plan, Step } from "../../domain/plan.ts";
import { isEnded, type LedgerEntry, type Run, type Trouble } from "../../domain/run.ts";
import { rollBackOffer } from "../undo.ts";
import {
  type Context,
  isChecked,
  line,
  type Moved,
  moved,
  stepUnderWay,
  withHead,
  withStep,
  wrongState,
} from "./transition.ts";

/** A worker takes the run: all writes of the one before are refused from now on. */
export function claim(run: Run): Moved {
  if (isEnded(run.head.state)) return wrongState(run, "claim", ["running"]);
  return moved(withHead(run, { epoch: run.head.epoch + 1 }));
}

export function planned(run: Run, context: Context, event: { readonly plan: Plan }): Moved {
  if (run.head.state !== "planning") return wrongState(run, "planned", ["planning"]);
  const steps = Object.fromEntries(
    event.plan.steps.map((step) => [step.id, { state: "pending" as const, attempt: 1 }]),
  );
  return moved(
    {
      ...withHead(run, {
        state: "draft",
        digest: event.plan.digest,
        draftedAt: context.now,
        note: "waiting for approval",
      }),
      steps,
    },
    line(context, "planned", `plan ${event.plan.digest.slice(0, 8)} with ${event.plan.steps.length} steps`),
  );
}

export function planRefused(run: Run, context: Context, event: { readonly refusal: Refusal }): Moved {
  if (run.head.state !== "planning" && run.head.state !== "checking")
    return wrongState(run, "refuse", ["planning", "checking"]);
  const { reason, message, next, blockers = [] } = event.refusal;
  const refusal = {
    reason,
    message,
    next,
    blockers: blockers.map((one) => ({ where: one.where, message: one.message, next: one.next })),
  };
  return moved(
    withHead(run, { state: "refused", refusal, endedAt: context.now, note: message }),
    line(context, "refused", message),
  );
}

/**
 * The facts are those that were approved, and the checker has nothing against the plan: the run may start as soon as
 * the cluster is free. A check of any other plan is none.
 */
export function factsHeld(run: Run, context: Context, event: { readonly checked: string }): Moved {
  if (run.head.state !== "checking" || event.checked !== run.head.digest) return wrongState(run, "go", ["checking"]);
  return moved(
    withHead(run, { state: "queued", checked: event.checked, note: "approved; waiting for the cluster" }),
    line(context, "facts-held", "nothing has changed since the plan was shown"),
  );
}

/** The cluster's lock is taken in the same write. No plan starts that has not been checked. */
export function start(run: Run, context: Context): Moved {
  if (run.head.state !== "queued" || !isChecked(run)) return wrongState(run, "start", ["queued"]);
  return moved(
    withHead(run, { state: "running", startedAt: context.now, note: "" }),
    line(context, "start", "the run has started", { show: "thread" }),
  );
}

export function pauseReached(run: Run, context: Context, event: { readonly why?: string } = {}): Moved {
  if (run.head.state !== "running" || stepUnderWay(run)) return wrongState(run, "pause", ["running"]);
  if (event.why !== undefined)
    return moved(
      withHead(run, { state: "paused", note: `paused: ${event.why}` }),
      line(context, "paused", `paused: ${event.why}`, { show: "broadcast" }),
    );
  return moved(
    withHead(run, { state: "paused", note: "paused; no step is under way. /patch resume goes on" }),
    line(context, "paused", "paused: no step is under way", { show: "thread" }),
  );
}

/** Ahead of steps that take VMs down. Written down before it is told, so that it is told once. */
export function warn(
  run: Run,
  context: Context,
  event: { readonly steps: readonly Step[]; readonly texts: readonly string[] },
): Moved {
  if (run.head.state !== "running") return wrongState(run, "warn", ["running"]);
  const warned = { ...run.head.warned, ...Object.fromEntries(event.steps.map((step) => [step.id, context.now])) };
  return moved(
    withHead(run, { warned }),
    ...event.texts.map((text) => line(context, "downtime-warning", text, { show: "thread" })),
  );
}

/** The intent and the way back, in one write, before the act (rules 20 and 21 of the guide). */
export function intend(
  run: Run,
  context: Context,
  event: { readonly step: Step; readonly before: Readonly<Record<string, string>> },
): Moved {
  const { step } = event;
  const old = run.steps[step.id];
  if (run.head.state !== "running" || run.head.pauseWanted || run.head.abortWanted)
    return wrongState(run, `intend ${step.id}`, ["running"]);
  if (!context.plan || run.head.digest !== context.plan.digest || old?.state !== "pending" || stepUnderWay(run))
    return wrongState(run, `intend ${step.id}`, ["running"]);
  const known = run.ledger.some((entry) => entry.step === step.id && entry.state === "open");
  const entry: readonly LedgerEntry[] =
    step.undo && !known
      ? [
          {
            id: `l-${step.id}-${old.attempt}`,
            step: step.id,
            target: actTarget(step.act),
            undo: step.undo,
            state: "open",
          },
        ]
      : [];
  const next = withStep(run, step.id, {
    state: "intended",
    attempt: old.attempt,
    before: { ...event.before },
    startedAt: context.now,
  });
  return moved(
    withHead({ ...next, ledger: [...next.ledger, ...entry] }, { note: "" }),
    line(context, "intent", step.title, { data: { step: step.id, attempt: old.attempt } }),
  );
}

export function acted(run: Run, context: Context, event: { readonly step: string; readonly handle: string }): Moved {
  const old = run.steps[event.step];
  if (run.head.state !== "running" || (old?.state !== "intended" && old?.state !== "acting"))
    return wrongState(run, `act ${event.step}`, ["running"]);
  return moved(
    withStep(run, event.step, { ...old, state: "acting", handle: event.handle }),
    line(context, "act", `under way as ${event.handle}`, { data: { step: event.step } }),
  );
}

export function stepDone(
  run: Run,
  context: Context,
  event: { readonly step: Step; readonly outcome: ActOutcome },
): Moved {
  const { step, outcome } = event;
  const old = run.steps[step.id];
  if (run.head.state !== "running" || (old?.state !== "acting" && old?.state !== "intended"))
    return wrongState(run, `finish ${step.id}`, ["running"]);
  const done = withStep(run, step.id, { ...old, state: "done", endedAt: context.now, outcome });
  const ledger = done.ledger.map((entry) =>
    entry.step === step.closes && entry.state === "open"
      ? { ...entry, state: "put-back" as const, note: `by ${step.id}` }
      : entry,
  );
  return moved(
    { ...done, ledger },
    line(context, "done", `✓ ${outcome.summary}`, { show: "thread", data: { step: step.id, outcome } }),
  );
}

/** A failed step, a failed health check or a closed gate: ask people, and stand still until they answer. */
export function stepFailed(
  run: Run,
  context: Context,
  event: { readonly step: Step; readonly trouble: Trouble; readonly deadline: number },
): Moved {
  const { step, trouble } = event;
  const old = run.steps[step.id];
  if (run.head.state !== "running" || !context.plan || !old || old.state === "done")
    return wrongState(run, `fail ${step.id}`, ["running"]);
  const failed = withStep(run, step.id, { ...old, state: "failed", endedAt: context.now, trouble });
  if (stepUnderWay(failed)) return wrongState(run, `fail ${step.id}`, ["running"]);
  const id = `p-${step.id}-${old.attempt}`;
  const prompt = {
    id,
    step: step.id,
    trouble,
    ...rollBackOffer(failed, context.plan, step.id),
    askedAt: context.now,
    deadline: event.deadline,
    held: false,
  };
  return moved(
    withHead(failed, { state: "asking", prompt, note: trouble.message }),
    line(context, "failed", `${step.title} failed: ${trouble.message}`, { data: { step: step.id, trouble } }),
  );
}

/** Nobody answered in time: the safe default is to hold. The question stays open. */
export function hold(run: Run, context: Context): Moved {
  const { prompt } = run.head;
  if (run.head.state !== "asking" || !prompt || prompt.held) return wrongState(run, "hold", ["asking"]);
  return moved(
    withHead(run, { prompt: { ...prompt, held: true }, note: `holding: nobody answered. ${prompt.trouble.message}` }),
    line(
      context,
      "hold",
      `nobody answered in time: the run holds and keeps ${run.head.cluster} locked until somebody does`,
      { show: "broadcast" },
    ),
  );
}

export function expire(run: Run, context: Context): Moved {
  if (run.head.state !== "draft") return wrongState(run, "expire", ["draft"]);
  return moved(
    withHead(run, { state: "expired", endedAt: context.now, note: "nobody approved it in time" }),
    line(context, "expired", "nobody approved the plan in time", { show: "thread" }),
  );
}
