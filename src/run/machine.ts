import type { ActOutcome } from "../domain/act.ts";
import type { Refusal } from "../domain/outcome.ts";
import type { Plan, Step } from "../domain/plan.ts";
import type { endStates, PromptAnswer, Run, Trouble } from "../domain/run.ts";
import * as ending from "./transitions/ending.ts";
import * as people from "./transitions/people.ts";
import type { Context, Moved } from "./transitions/transition.ts";
import * as work from "./transitions/work.ts";

export type PeopleEvent =
  | { readonly kind: "approve"; readonly user: string; readonly digest: string; readonly needed: number }
  | { readonly kind: "reject" | "pause" | "resume" | "abort"; readonly user: string }
  | { readonly kind: "answer"; readonly user: string; readonly prompt: string; readonly answer: PromptAnswer }
  | { readonly kind: "supersede"; readonly by: string; readonly why: string };

export type WorkEvent =
  | { readonly kind: "claim" | "start" | "hold" | "expire" | "finish" }
  /** `why`: where no person asked for the pause. */
  | { readonly kind: "pause-reached"; readonly why?: string }
  | { readonly kind: "planned"; readonly plan: Plan }
  /** `checked`: digest of the plan that the independent checker has just found fit for the facts of now. */
  | { readonly kind: "facts-held"; readonly checked: string }
  | { readonly kind: "plan-refused"; readonly refusal: Refusal }
  | { readonly kind: "warn"; readonly steps: readonly Step[]; readonly texts: readonly string[] }
  | { readonly kind: "intend"; readonly step: Step; readonly before: Readonly<Record<string, string>> }
  | { readonly kind: "acted"; readonly step: string; readonly handle: string }
  | { readonly kind: "step-done"; readonly step: Step; readonly outcome: ActOutcome }
  | { readonly kind: "step-failed"; readonly step: Step; readonly trouble: Trouble; readonly deadline: number }
  | { readonly kind: "restore"; readonly endAs: (typeof endStates)[number] }
  | {
      readonly kind: "undo-intended";
      readonly id: string;
      readonly before: Readonly<Record<string, string>>;
      readonly warning: string | null;
    }
  | { readonly kind: "undo-acted"; readonly id: string; readonly handle: string }
  | { readonly kind: "undo-done"; readonly id: string; readonly outcome: ActOutcome }
  | { readonly kind: "undo-failed"; readonly id: string; readonly trouble: Trouble };

export type RunEvent = PeopleEvent | WorkEvent;

/**
 * The run machine: (run, event) → run, or a refusal. Pure; an event that does not fit the state is
 * refused, never thrown, and changes nothing.
 *
 * ```
 *  planning ──planned──▶ draft ──approve (last one)──▶ checking ──facts-held──▶ queued ──start──▶ running
 *     │plan-refused        │reject, expire, supersede     │supersede (facts changed), plan-refused  │
 *     ▼                    ▼                              ▼                                         │
 *  refused        rejected, expired, superseded       superseded, refused paused ◀──pause-reached───┤
 *                                                                            └──resume──▶ running   │
 *                  retry ┌──────────────────────────── asking ◀──step-failed────────────────────────┤
 *                        ▼                               │ │                                        │
 *                     running            stop            │ │ roll back                              │restore (all steps
 *                                 ┌──────────────────────┘ ▼                                        │done, or abort)
 *                                 │                    backing-out ──restore──▶ restoring ◀─────────┘
 *                                 └───────────────────────────────────────────▶    │ finish
 *                                                                                  ▼
 *                                                         done, stopped, rolled-back, aborted
 * ```
 * - asking: no step is under way; nothing goes on by time. `hold` only says that nobody answered.
 * - backing-out: undoes the failed stage's changes, newest first. restoring: puts switches back.
 * - pause and abort are wishes (`pauseWanted`, `abortWanted`) until no step is under way.
 * - checking → queued → running only with `checked` = the digest that was approved (src/planner/check.ts).
 * - abort before `running` ends at once: nothing has been changed.
 * - While running at most one step is intended or acting.
 */
export function apply(run: Run, event: RunEvent, context: Context): Moved {
  switch (event.kind) {
    case "approve":
      return people.approve(run, context, event);
    case "reject":
      return people.reject(run, context, event);
    case "pause":
      return people.pause(run, context, event);
    case "resume":
      return people.resume(run, context, event);
    case "abort":
      return people.abort(run, context, event);
    case "answer":
      return people.answer(run, context, event);
    case "supersede":
      return people.supersede(run, context, event);
    default:
      return applyWork(run, event, context);
  }
}

function applyWork(run: Run, event: WorkEvent, context: Context): Moved {
  switch (event.kind) {
    case "claim":
      return work.claim(run);
    case "planned":
      return work.planned(run, context, event);
    case "plan-refused":
      return work.planRefused(run, context, event);
    case "facts-held":
      return work.factsHeld(run, context, event);
    case "start":
      return work.start(run, context);
    case "pause-reached":
      return work.pauseReached(run, context, event);
    case "warn":
      return work.warn(run, context, event);
    case "intend":
      return work.intend(run, context, event);
    case "acted":
      return work.acted(run, context, event);
    case "step-done":
      return work.stepDone(run, context, event);
    case "step-failed":
      return work.stepFailed(run, context, event);
    case "hold":
      return work.hold(run, context);
    case "expire":
      return work.expire(run, context);
    case "restore":
      return ending.restore(run, context, event);
    case "undo-intended":
      return ending.undoIntended(run, context, event);
    case "undo-acted":
      return ending.undoActed(run, context, event);
    case "undo-done":
      return ending.undoDone(run, context, event);
    case "undo-failed":
      return ending.undoFailed(run, context, event);
    case "finish":
      return ending.finish(run, context);
    default:
      return event satisfies never;
  }
}
