import type { Plan, Step } from "../domain/plan.ts";
import type { endStates, Run, UndoStep } from "../domain/run.ts";
import { isChecked } from "./transitions/transition.ts";
import { shutAt, soakUntil } from "./window-gate.ts";

export type Action =
  | { readonly do: "plan" | "recheck" | "take-cluster" | "hold" | "expire" | "finish" }
  /** `why`: in words, where nobody asked for the pause. */
  | { readonly do: "pause"; readonly why?: string }
  | { readonly do: "warn"; readonly steps: readonly Step[] }
  | { readonly do: "step"; readonly step: Step }
  | { readonly do: "undo"; readonly undo: UndoStep }
  | { readonly do: "restore"; readonly endAs: (typeof endStates)[number] }
  /** Nothing to do now. `until`: when time alone changes that (ms since 1970); null: people or another run must. */
  | { readonly do: "wait"; readonly until: number | null; readonly why: string };

/** What `decide` must know beyond the run itself. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Up to which journal time Slack has the run's lines. */
  readonly deliveredUpTo: number;
  /** Run that holds the cluster's lock, or null. */
  readonly heldBy: string | null;
  /** How long an unapproved plan stays open, in milliseconds. */
  readonly approvalMs: number;
}

/** The next action of a run. Pure: the same run at the same time gives the same action. */
export function decide(run: Run, plan: Plan | null, around: Surroundings): Action {
  const { head } = run;
  switch (head.state) {
    case "planning":
      return { do: "plan" };
    case "draft": {
      const until = (head.draftedAt ?? head.requestedAt) + around.approvalMs;
      return around.now >= until ? { do: "expire" } : { do: "wait", until, why: "waiting for approval" };
    }
    case "checking":
      return { do: "recheck" };
    case "queued":
      if (!isChecked(run)) return { do: "wait", until: null, why: "the plan was not checked: abort, and plan anew" };
      return around.heldBy === null || around.heldBy === head.id
        ? { do: "take-cluster" }
        : { do: "wait", until: null, why: `run ${around.heldBy} holds the cluster` };
    case "running":
      return plan ? whileRunning(run, plan, around) : noPlan();
    case "paused":
      return head.abortWanted ? { do: "restore", endAs: "aborted" } : { do: "wait", until: null, why: "paused" };
    case "asking":
      return whileAsking(run, around);
    case "backing-out":
    case "restoring":
      return whilePuttingBack(run);
    default:
      return { do: "wait", until: null, why: `ended: ${head.state}` };
  }
}

/** Said wherever a run has a plan that the store cannot give. */
export const unreadablePlan =
  "its plan is missing or was made by an older Tuesday: abort this run and ask for a new plan";

/** A plan that cannot be read any more: stand still and tell, never guess. */
function noPlan(): Action {
  return { do: "wait", until: null, why: unreadablePlan };
}

function whileRunning(run: Run, plan: Plan, around: Surroundings): Action {
  const open = plan.steps.find((step) => ["intended", "acting"].includes(stateOf(run, step)));
  if (open) return { do: "step", step: open };
  if (run.head.abortWanted) return { do: "restore", endAs: "aborted" };
  if (run.head.pauseWanted) return { do: "pause" };
  const next = plan.steps.find((step) => stateOf(run, step) !== "done");
  if (!next) return { do: "restore", endAs: "done" };
  const soak = soakUntil(run, plan, next, around.now);
  if (soak !== null) return { do: "wait", until: soak, why: `the policy waits before "${next.title}"` };
  const shut = shutAt(run, plan, next, around.now);
  if (shut?.until === null) return { do: "pause", why: shut.why };
  if (shut) return { do: "wait", until: shut.until, why: shut.why };
  const unwarned = plan.steps.filter(
    (step) =>
      step.stage === next.stage &&
      step.outages.length > 0 &&
      stateOf(run, step) === "pending" &&
      !(step.id in run.head.warned),
  );
  if (unwarned.length > 0) return { do: "warn", steps: unwarned };
  return next.outages.length > 0 ? afterWarning(run, plan, next, around) : { do: "step", step: next };
}

/** A VM goes down only when its warning is in Slack and the promised minutes have passed. */
function afterWarning(run: Run, plan: Plan, step: Step, around: Surroundings): Action {
  const warnedAt = run.head.warned[step.id] ?? around.now;
  if (around.deliveredUpTo < warnedAt) {
    return {
      do: "wait",
      until: around.now + 1000,
      why: `the downtime warning for "${step.title}" is not in Slack yet`,
    };
  }
  const until = warnedAt + (plan.warnAheadSeconds * 1000) / plan.clockRate;
  return around.now < until
    ? { do: "wait", until, why: `the downtime warning for "${step.title}" is still running` }
    : { do: "step", step };
}

function whileAsking(run: Run, around: Surroundings): Action {
  const { prompt, abortWanted } = run.head;
  if (abortWanted) return { do: "restore", endAs: "aborted" };
  if (!prompt || prompt.held) return { do: "wait", until: null, why: "holding until somebody answers" };
  return around.now >= prompt.deadline
    ? { do: "hold" }
    : { do: "wait", until: prompt.deadline, why: "waiting for an answer" };
}

function whilePuttingBack(run: Run): Action {
  const open = run.head.undo.find((one) => ["pending", "intended", "acting"].includes(one.record.state));
  if (open) return { do: "undo", undo: open };
  if (run.head.state === "backing-out") return { do: "restore", endAs: run.head.endAs ?? "stopped" };
  return { do: "finish" };
}

function stateOf(run: Run, step: Step): string {
  return run.steps[step.id]?.state ?? "pending";
}
