import { refuse } from "../../domain/outcome.ts";
import type { Plan } from "../../domain/plan.ts";
import { isEnded, type PromptAnswer, type Run, type Trouble } from "../../domain/run.ts";
import { entriesOfStage, leaveToPeople, openSwitches, undoSteps } from "../undo.ts";
import { type Context, line, type Moved, moved, withHead, withStep, wrongState } from "./transition.ts";

/** One approval of exactly this digest. The last one needed leads to reading the facts again. */
export function approve(
  run: Run,
  context: Context,
  event: { readonly user: string; readonly digest: string; readonly needed: number },
): Moved {
  const { head } = run;
  if (isEnded(head.state)) return ended(run);
  if (event.user === head.requestedBy) {
    return refuse("own-request", "You asked for this run, so you cannot approve it.", "ask another approver");
  }
  if (head.state !== "draft") {
    const by = head.approvals.map((one) => `<@${one.user}>`).join(", ");
    return refuse(
      "already-decided",
      `Already approved by ${by || "others"}.`,
      "nothing more to do; follow the run card",
    );
  }
  if (event.digest !== head.digest) {
    return refuse(
      "digest-mismatch",
      "This button belongs to another plan than the one now open.",
      "approve the newest plan card",
    );
  }
  if (head.approvals.some((one) => one.user === event.user)) {
    return refuse(
      "already-approved-by-you",
      "You have approved this plan already.",
      "another approver has to press the button",
    );
  }
  const approvals = [...head.approvals, { user: event.user, at: context.now, what: "approve", digest: event.digest }];
  const enough = approvals.length >= event.needed;
  const text = `<@${event.user}> approved plan ${event.digest.slice(0, 8)} (${approvals.length} of ${event.needed})`;
  return moved(
    withHead(run, {
      approvals,
      state: enough ? "checking" : "draft",
      note: enough ? "approved; reading the facts again" : "waiting for more approvals",
    }),
    line(context, "approve", text, { by: event.user, show: "thread", data: { digest: event.digest } }),
  );
}

export function reject(run: Run, context: Context, event: { readonly user: string }): Moved {
  if (isEnded(run.head.state)) return ended(run);
  if (run.head.state !== "draft" && run.head.state !== "checking" && run.head.state !== "queued")
    return wrongState(run, "reject", ["draft"]);
  const note = `rejected by <@${event.user}>`;
  return moved(
    withHead(run, { state: "rejected", endedAt: context.now, note }),
    line(context, "reject", `<@${event.user}> rejected the plan`, { by: event.user, show: "broadcast" }),
  );
}

/** Finish the step under way, start none. */
export function pause(run: Run, context: Context, event: { readonly user: string }): Moved {
  if (isEnded(run.head.state)) return ended(run);
  if (run.head.state !== "running" && run.head.state !== "queued") return wrongState(run, "pause", ["running"]);
  if (run.head.pauseWanted)
    return refuse("already-decided", "The run is pausing already.", "use /patch resume to go on");
  return moved(
    withHead(run, { pauseWanted: true, note: `pausing after the step under way, as <@${event.user}> asked` }),
    line(context, "pause", `<@${event.user}> paused the run`, { by: event.user, show: "thread" }),
  );
}

export function resume(run: Run, context: Context, event: { readonly user: string }): Moved {
  if (isEnded(run.head.state)) return ended(run);
  if (run.head.state !== "paused" && !run.head.pauseWanted) return wrongState(run, "resume", ["paused"]);
  return moved(
    withHead(run, { pauseWanted: false, state: run.head.state === "paused" ? "running" : run.head.state, note: "" }),
    line(context, "resume", `<@${event.user}> resumed the run`, { by: event.user, show: "thread" }),
  );
}

/** Put back what can be put back, in reverse, then stop. Before anything began it simply ends. */
export function abort(run: Run, context: Context, event: { readonly user: string }): Moved {
  const { state } = run.head;
  if (isEnded(state)) return ended(run);
  if (run.head.abortWanted)
    return refuse("already-decided", "The run is being aborted already.", "follow the run card");
  if (state === "backing-out" || state === "restoring") {
    return refuse(
      "wrong-state",
      "The run is putting things back already.",
      "wait for its end; the card shows what is left",
    );
  }
  const said = line(context, "abort", `<@${event.user}> aborted the run`, { by: event.user, show: "broadcast" });
  if (["planning", "draft", "checking", "queued"].includes(state)) {
    return moved(
      withHead(run, {
        state: "aborted",
        endedAt: context.now,
        note: `aborted by <@${event.user}> before anything was changed`,
      }),
      said,
    );
  }
  return moved(
    withHead(run, {
      abortWanted: true,
      note: `aborting, as <@${event.user}> asked: the step under way is watched to its end`,
    }),
    said,
  );
}

/** The answer to a rollback prompt. Also after it expired: holding is not an end. */
export function answer(
  run: Run,
  context: Context,
  event: { readonly user: string; readonly prompt: string; readonly answer: PromptAnswer },
): Moved {
  const { head } = run;
  const { prompt } = head;
  if (isEnded(head.state)) return ended(run);
  if (head.state !== "asking" || !prompt || !context.plan) return wrongState(run, event.answer, ["asking"]);
  if (head.abortWanted) {
    return refuse("already-decided", "The run is being aborted; this question is closed.", "follow the run card");
  }
  if (prompt.id !== event.prompt)
    return refuse(
      "stale-button",
      "This question has been answered already.",
      "answer the newest question in the thread",
    );
  const said = line(context, "answer", `<@${event.user}> chose: ${answerWords[event.answer]}`, {
    by: event.user,
    show: "broadcast",
    data: { prompt: prompt.id },
  });
  if (event.answer === "retry") {
    const old = run.steps[prompt.step];
    const again = withStep(run, prompt.step, { state: "pending", attempt: (old?.attempt ?? 1) + 1 });
    return moved(withHead(again, { state: "running", prompt: null, note: "" }), said);
  }
  if (event.answer === "stop") return moved(handOver(run, context.plan, prompt.trouble), said);
  if (!prompt.rollBack)
    return refuse("wrong-state", `Rolling back is not possible: ${prompt.noRollBack}.`, "choose retry or leave as is");
  const undo = undoSteps(run, context.plan, entriesOfStage(run, context.plan, prompt.step));
  return moved(
    withHead(run, {
      state: "backing-out",
      prompt: null,
      undo: [...head.undo, ...undo],
      endAs: "rolled-back",
      note: "rolling back",
    }),
    said,
  );
}

const answerWords: Readonly<Record<PromptAnswer, string>> = {
  "roll-back": "roll back",
  retry: "retry the step",
  stop: "leave as is and stop",
};

/** Leave the failed machine as it is, with everything about it named; put the other switches back; end as stopped. */
function handOver(run: Run, plan: Plan, trouble: Trouble): Run {
  const left = leaveToPeople(run, trouble);
  const undo = [...run.head.undo, ...undoSteps(left, plan, openSwitches(left))];
  return withHead(left, { state: "restoring", prompt: null, endAs: "stopped", undo, note: trouble.message });
}

/** A newer plan for the same cluster takes this one's place. */
export function supersede(run: Run, context: Context, event: { readonly by: string; readonly why: string }): Moved {
  if (isEnded(run.head.state)) return ended(run);
  if (run.head.state !== "draft" && run.head.state !== "checking" && run.head.state !== "planning")
    return wrongState(run, "supersede", ["draft"]);
  return moved(
    withHead(run, { state: "superseded", supersededBy: event.by, endedAt: context.now, note: event.why }),
    line(context, "supersede", event.why, { show: "thread", data: { by: event.by } }),
  );
}

function ended(run: Run): Moved {
  return refuse(
    "run-ended",
    `Run ${run.head.id} has ended (${run.head.state}).`,
    `ask for a new plan: /patch ${run.head.cluster}`,
  );
}
