import type { Act } from "../domain/act.ts";
import { actTarget } from "../domain/act.ts";
import { outside } from "../domain/outside.ts";
import type { Step } from "../domain/plan.ts";
import type { StepRecord, Trouble, UndoStep } from "../domain/run.ts";
import { type Crew, note, type Situation, type Taken } from "./crew.ts";
import type { RunEvent } from "./machine.ts";
import { undoWarning } from "./outage-warnings.ts";
import { type Performed, perform } from "./perform.ts";

/** Starts a step of the plan, or goes on with one that an earlier worker left. */
export async function stepTaken(crew: Crew, situation: Situation, step: Step): Promise<Taken> {
  const { head } = situation.run;
  const record = situation.run.steps[step.id] ?? { state: "pending", attempt: 1 };
  const performed = await carryOut(crew, situation, step.act, `${head.id}-${step.id}-${record.attempt}`, record, {
    intended: (before) => ({ kind: "intend", step, before }),
    acted: (handle) => ({ kind: "acted", step: step.id, handle }),
  });
  if (performed === "refused") return "refused";
  if (performed.end === "interrupted") return "interrupted";
  if (performed.end === "done") return note(crew, situation, { kind: "step-done", step, outcome: performed.outcome });
  const promptMinutes = crew.clusters.get(head.cluster)?.policy.promptMinutes ?? 0;
  const deadline = crew.clock.now() + promptMinutes * 60_000;
  return note(crew, situation, { kind: "step-failed", step, trouble: troubleOf(step.act, performed), deadline });
}

/** The same for one act of a back-out or restore. What fails here is handed to a person. */
export async function undoTaken(crew: Crew, situation: Situation, undo: UndoStep): Promise<Taken> {
  const { head } = situation.run;
  const warning = undoWarning(crew.clusters.get(head.cluster), undo.act);
  const performed = await carryOut(
    crew,
    situation,
    undo.act,
    `${head.id}-${undo.id}-${undo.record.attempt}`,
    undo.record,
    {
      intended: (before) => ({ kind: "undo-intended", id: undo.id, before, warning }),
      acted: (handle) => ({ kind: "undo-acted", id: undo.id, handle }),
    },
  );
  if (performed === "refused") return "refused";
  if (performed.end === "interrupted") return "interrupted";
  if (performed.end === "done")
    return note(crew, situation, { kind: "undo-done", id: undo.id, outcome: performed.outcome });
  return note(crew, situation, { kind: "undo-failed", id: undo.id, trouble: troubleOf(undo.act, performed) });
}

interface Events {
  readonly intended: (before: Readonly<Record<string, string>>) => RunEvent;
  readonly acted: (handle: string) => RunEvent;
}

/** `refused`: the intent was not accepted (somebody paused or aborted meanwhile); nothing was done. */
async function carryOut(
  crew: Crew,
  situation: Situation,
  act: Act,
  tag: string,
  record: StepRecord,
  events: Events,
): Promise<Performed | "refused"> {
  const cluster = crew.clusters.get(situation.run.head.cluster);
  const operation = cluster && crew.drivers.operation(situation.run.head.cluster, cluster, act);
  if (!operation) return { end: "blocked", blockers: [noDriver(act)] };
  let refused = false;
  const written = async (event: RunEvent) => {
    const taken = await note(crew, situation, event);
    refused ||= taken === "refused";
    return taken === "ok";
  };
  const performed = await perform({
    operation,
    act,
    tag,
    record,
    mayAct: crew.mayAct,
    signal: situation.signal,
    writes: {
      intended: (before) => written(events.intended(before)),
      acted: (handle) => written(events.acted(handle)),
    },
  });
  if (refused) return "refused";
  if (performed.end !== "done") return performed;
  return { ...performed, outcome: { ...performed.outcome, summary: outside(performed.outcome.summary) } };
}

function noDriver(act: Act) {
  return {
    reason: "blocked" as const,
    where: actTarget(act),
    message: `no driver in the inventory can ${act.do} for ${actTarget(act)}`,
    next: "correct the inventory, then retry",
  };
}

function troubleOf(act: Act, performed: Extract<Performed, { end: "failed" | "blocked" }>): Trouble {
  const where = actTarget(act);
  if (performed.end === "failed") {
    const { code, message, next } = performed.error;
    return { code, where, message: outside(message), next: outside(next) };
  }
  const { blockers } = performed;
  return {
    code: blockers[0]?.reason ?? "blocked",
    where,
    message: outside(blockers.map((blocker) => blocker.message).join("; ")),
    next: outside([...new Set(blockers.map((blocker) => blocker.next))].join("; ")),
  };
}
