import type { Act } from "../domain/act.ts";
import { actTarget } from "../domain/act.ts";
import { actWords } from "../domain/act-words.ts";
import type { Plan } from "../domain/plan.ts";
import type { LedgerEntry, Prompt, Run, StepRecord, Trouble, UndoStep } from "../domain/run.ts";

const fresh: StepRecord = { state: "pending", attempt: 1 };

/** Open entries of the failed step's stage, newest first: what "roll back" would undo. */
export function entriesOfStage(run: Run, plan: Plan, step: string): readonly LedgerEntry[] {
  const stage = plan.steps.find((one) => one.id === step)?.stage;
  const inStage = new Set(plan.steps.filter((one) => one.stage === stage).map((one) => one.id));
  return run.ledger.filter((entry) => entry.state === "open" && inStage.has(entry.step)).reverse();
}

/** Switches still open, newest first: put back at every end, in success too. */
export function openSwitches(run: Run): readonly LedgerEntry[] {
  return run.ledger.filter((entry) => entry.state === "open" && entry.undo.kind === "switch").reverse();
}

/** Undo steps of some entries. A reboot is left out where the stage's own reboot had not begun: nothing new is running yet. */
export function undoSteps(run: Run, plan: Plan, entries: readonly LedgerEntry[]): UndoStep[] {
  const done = run.head.undo.length;
  return entries
    .flatMap((entry) =>
      entry.undo.acts.filter((act) => !needlessReboot(run, plan, entry, act)).map((act) => ({ entry, act })),
    )
    .map(({ entry, act }, i) => ({
      id: `u${String(done + i + 1).padStart(3, "0")}`,
      entry: entry.id,
      act,
      record: fresh,
    }));
}

function needlessReboot(run: Run, plan: Plan, entry: LedgerEntry, act: Act): boolean {
  if (act.do !== "reboot") return false;
  const stage = plan.steps.find((one) => one.id === entry.step)?.stage;
  const reboots = plan.steps.filter((one) => one.stage === stage && one.act.do === "reboot");
  return reboots.every((one) => !begun(run.steps[one.id]));
}

/** May it have had an effect? A step that was blocked before its intent has had none; a repeated one may have. */
function begun(record: StepRecord | undefined): boolean {
  return record !== undefined && (record.startedAt !== undefined || record.attempt > 1);
}

/** What the prompt says about going back: only when a change of this stage can be taken back. */
export function rollBackOffer(run: Run, plan: Plan, step: string): Pick<Prompt, "rollBack" | "noRollBack"> {
  const entries = entriesOfStage(run, plan, step);
  const stage = plan.stages.find((one) => one.id === plan.steps.find((other) => other.id === step)?.stage);
  // Where there is a way back, the ledger knows whether it is needed.
  const oneWay = plan.steps
    .filter((one) => one.stage === stage?.id && one.act.do === "patch" && one.undo === null)
    .some((one) => begun(run.steps[one.id]));
  const changes = entries.filter((entry) => entry.undo.kind === "change");
  if (oneWay && changes.length === 0) {
    return { rollBack: null, noRollBack: stage?.backOut.text ?? "there is no clean way back" };
  }
  if (entries.length === 0) return { rollBack: null, noRollBack: "nothing of this stage has been changed yet" };
  return {
    rollBack: {
      does: undoSteps(run, plan, entries).map((one) => actWords(one.act)),
      loses: [...new Set(changes.map((entry) => entry.undo.loses))],
    },
    noRollBack: null,
  };
}

/** Everything still open about the failed machine is a person's from now on: we do not touch it again. */
export function leaveToPeople(run: Run, trouble: Pick<Trouble, "where" | "message">, entryId?: string): Run {
  const ledger = run.ledger.map((entry) =>
    entry.state === "open" && (entry.id === entryId || concerns(entry, trouble.where))
      ? { ...entry, state: "handed-over" as const, note: trouble.message }
      : entry,
  );
  return { ...run, ledger };
}

function concerns(entry: LedgerEntry, machine: string): boolean {
  return (
    entry.target === machine ||
    entry.undo.acts.some((act) => actTarget(act) === machine || (act.do === "start-vm" && act.host === machine))
  );
}
