import type { ActOutcome } from "../../domain/act.ts";
import { actTarget } from "../../domain/act.ts";
import { actWords } from "../../domain/act-words.ts";
import type { endStates, Run, StepRecord, Trouble, UndoStep } from "../../domain/run.ts";
import { leaveToPeople, openSwitches, undoSteps } from "../undo.ts";
import {
  type Context,
  line,
  type Moved,
  moved,
  stepUnderWay,
  undoOpen,
  withEntry,
  withHead,
  wrongState,
} from "./transition.ts";

const active = ["running", "paused", "asking", "backing-out"] as const;

/** Puts every switch that is still open back, newest first, and then ends. */
export function restore(run: Run, context: Context, event: { readonly endAs: (typeof endStates)[number] }): Moved {
  if (!context.plan || !(active as readonly string[]).includes(run.head.state) || stepUnderWay(run) || undoOpen(run))
    return wrongState(run, "restore", active);
  // Aborted while a question about a failed machine was open: that machine is left as it is.
  const left = run.head.prompt ? leaveToPeople(run, run.head.prompt.trouble) : run;
  const undo = undoSteps(left, context.plan, openSwitches(left));
  const next = withHead(left, {
    state: "restoring",
    undo: [...run.head.undo, ...undo],
    endAs: event.endAs,
    prompt: null,
  });
  return moved(
    next,
    line(context, "restore", undo.length > 0 ? `putting ${undo.length} things back` : "nothing to put back"),
  );
}

export function undoIntended(
  run: Run,
  context: Context,
  event: { readonly id: string; readonly before: Readonly<Record<string, string>>; readonly warning: string | null },
): Moved {
  const result = changeUndo(run, event.id, ["pending"], (one) => ({
    record: { ...one.record, state: "intended", before: { ...event.before }, startedAt: context.now },
    text: line(context, "undo-intent", actWords(one.act), { data: { undo: one.id } }),
  }));
  if (!result.ok || event.warning === null) return result;
  return { ...result, lines: [line(context, "downtime-warning", event.warning, { show: "thread" }), ...result.lines] };
}

export function undoActed(run: Run, context: Context, event: { readonly id: string; readonly handle: string }): Moved {
  return changeUndo(run, event.id, ["intended", "acting"], (one) => ({
    record: { ...one.record, state: "acting", handle: event.handle },
    text: line(context, "undo-act", `under way as ${event.handle}`, { data: { undo: one.id } }),
  }));
}

export function undoDone(
  run: Run,
  context: Context,
  event: { readonly id: string; readonly outcome: ActOutcome },
): Moved {
  const result = changeUndo(run, event.id, ["intended", "acting"], (one) => ({
    record: { ...one.record, state: "done", endedAt: context.now, outcome: event.outcome },
    text: line(context, "undone", `↩ ${event.outcome.summary}`, {
      show: "thread",
      data: { undo: one.id, outcome: event.outcome },
    }),
  }));
  if (!result.ok) return result;
  const entry = result.run.head.undo.find((one) => one.id === event.id)?.entry ?? "";
  const whole = result.run.head.undo.filter((one) => one.entry === entry).every((one) => one.record.state === "done");
  return whole ? { ...result, run: withEntry(result.run, entry, { state: "put-back" }) } : result;
}

/**
 * Putting back failed: everything about that machine is handed to a person, the rest goes on being put
 * back. A back-out that failed does not end as "rolled back".
 */
export function undoFailed(
  run: Run,
  context: Context,
  event: { readonly id: string; readonly trouble: Trouble },
): Moved {
  const result = changeUndo(run, event.id, ["pending", "intended", "acting"], (one) => ({
    record: { ...one.record, state: "failed", endedAt: context.now, trouble: event.trouble },
    text: line(context, "undo-failed", `${actWords(one.act)} failed: ${event.trouble.message} ${event.trouble.next}`, {
      show: "broadcast",
      data: { undo: one.id, trouble: event.trouble },
    }),
  }));
  if (!result.ok) return result;
  const failed = result.run.head.undo.find((one) => one.id === event.id);
  const machine = failed ? actTarget(failed.act) : event.trouble.where;
  const note = event.trouble.message;
  const left = leaveToPeople(result.run, { where: machine, message: note }, failed?.entry);
  const dropped = new Set(left.ledger.filter((entry) => entry.state === "handed-over").map((entry) => entry.id));
  const undo = result.run.head.undo.map((one) =>
    one.record.state === "pending" && dropped.has(one.entry)
      ? { ...one, record: { ...one.record, state: "skipped" as const } }
      : one,
  );
  const endAs =
    result.run.head.endAs === "done" || result.run.head.endAs === "rolled-back" ? "stopped" : result.run.head.endAs;
  return { ...result, run: withHead(left, { undo, endAs, note }) };
}

/** The end. Changes that stand are marked as kept; the store frees the cluster in the same write. */
export function finish(run: Run, context: Context): Moved {
  const { endAs } = run.head;
  if (run.head.state !== "restoring" || !endAs || undoOpen(run)) return wrongState(run, "finish", ["restoring"]);
  const ledger = run.ledger.map((entry) => (entry.state === "open" ? { ...entry, state: "kept" as const } : entry));
  return moved(
    withHead(
      { ...run, ledger },
      {
        state: endAs,
        endedAt: context.now,
        pauseWanted: false,
        abortWanted: false,
        note: endAs === "done" ? "" : run.head.note,
      },
    ),
    line(context, "end", `the run has ended: ${endAs}`, { data: { endAs } }),
  );
}

function changeUndo(
  run: Run,
  id: string,
  from: readonly StepRecord["state"][],
  change: (one: UndoStep) => { readonly record: StepRecord; readonly text: ReturnType<typeof line> },
): Moved {
  const one = run.head.undo.find((candidate) => candidate.id === id);
  const putting = run.head.state === "backing-out" || run.head.state === "restoring";
  if (!putting || !one || !from.includes(one.record.state))
    return wrongState(run, `undo ${id}`, ["backing-out", "restoring"]);
  const { record, text } = change(one);
  return moved(
    withHead(run, { undo: run.head.undo.map((other) => (other.id === id ? { ...other, record } : other)) }),
    text,
  );
}
