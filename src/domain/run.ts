import { z } from "zod";
import { Act, ActOutcome } from "./act.ts";
import { Undo } from "./plan.ts";

export const runStates = [
  "planning",
  "draft",
  "checking",
  "queued",
  "running",
  "paused",
  "asking",
  "backing-out",
  "restoring",
  "done",
  "stopped",
  "rolled-back",
  "aborted",
  "rejected",
  "expired",
  "superseded",
  "refused",
] as const;
export type RunState = (typeof runStates)[number];

/** States that nothing leaves. The cluster is free again. */
export const endStates = [
  "done",
  "stopped",
  "rolled-back",
  "aborted",
  "rejected",
  "expired",
  "superseded",
  "refused",
] as const;

export function isEnded(state: RunState): boolean {
  return (endStates as readonly RunState[]).includes(state);
}

/** What went wrong, in words for people; from a PatchError, a blocker or a refusal. */
export const Trouble = z.object({ code: z.string(), where: z.string(), message: z.string(), next: z.string() });
export type Trouble = z.infer<typeof Trouble>;

export const stepStates = ["pending", "intended", "acting", "done", "failed", "skipped"] as const;

export const StepRecord = z.object({
  state: z.enum(stepStates),
  /** Counts up with every retry by a person; part of the tag. */
  attempt: z.number().int(),
  before: z.record(z.string(), z.string()).optional(),
  handle: z.string().optional(),
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  outcome: ActOutcome.optional(),
  trouble: Trouble.optional(),
});
export type StepRecord = z.infer<typeof StepRecord>;

/**
 * One thing we changed, with the way back. `open` until put back or closed by the plan itself;
 * `kept`: the change stands, as wished; `handed-over`: a person must see to it.
 */
export const LedgerEntry = z.object({
  id: z.string(),
  step: z.string(),
  target: z.string(),
  undo: Undo,
  state: z.enum(["open", "put-back", "kept", "handed-over"]),
  note: z.string().optional(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** One act of a back-out or restore, carried out like a step: intent, probe, act, verify. */
export const UndoStep = z.object({ id: z.string(), entry: z.string(), act: Act, record: StepRecord });
export type UndoStep = z.infer<typeof UndoStep>;

export const promptAnswers = ["roll-back", "retry", "stop"] as const;
export type PromptAnswer = (typeof promptAnswers)[number];

/** The question to people about a failed step. Never answered by time: when it expires the run holds. */
export const Prompt = z.object({
  id: z.string(),
  step: z.string(),
  trouble: Trouble,
  /** What going back would do, act by act, and what it would lose. Null when there is no clean way back. */
  rollBack: z.object({ does: z.array(z.string()), loses: z.array(z.string()) }).nullable(),
  /** Why "roll back" is not offered, and what a person must do instead. */
  noRollBack: z.string().nullable(),
  askedAt: z.number(),
  deadline: z.number(),
  held: z.boolean(),
});
export type Prompt = z.infer<typeof Prompt>;

export const Decision = z.object({
  user: z.string(),
  at: z.number(),
  what: z.string(),
  digest: z.string(),
});
export type Decision = z.infer<typeof Decision>;

/** The head of a stored run: small, rewritten with every change. Steps and ledger are stored beside it. */
export const RunHead = z.object({
  format: z.literal(1),
  id: z.string(),
  cluster: z.string(),
  state: z.enum(runStates),
  requestedBy: z.string(),
  requestedAt: z.number(),
  channel: z.string(),
  /** Grows with every claim by a worker; writes with an older epoch are refused. */
  epoch: z.number().int(),
  digest: z.string().nullable(),
  /** Digest of the plan that the independent checker passed, right before the run became ready to start. */
  checked: z.string().nullable().default(null),
  draftedAt: z.number().nullable(),
  approvals: z.array(Decision),
  pauseWanted: z.boolean(),
  abortWanted: z.boolean(),
  warned: z.record(z.string(), z.number()),
  prompt: Prompt.nullable(),
  undo: z.array(UndoStep),
  /** Where a back-out or restore leads when its undo steps are done. */
  endAs: z.enum(endStates).nullable(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** One sentence: why it ended or stands still. */
  note: z.string(),
  supersededBy: z.string().nullable(),
  refusal: z
    .object({
      reason: z.string(),
      message: z.string(),
      next: z.string(),
      blockers: z.array(z.object({ where: z.string(), message: z.string(), next: z.string() })),
    })
    .nullable(),
});
export type RunHead = z.infer<typeof RunHead>;

/** A run as the machine sees it. `plan` is immutable and stored apart, by digest. */
export interface Run {
  readonly head: RunHead;
  readonly steps: Readonly<Record<string, StepRecord>>;
  readonly ledger: readonly LedgerEntry[];
}

/** One line of the story. `thread` lines are shown in the run card's thread; `broadcast` ones in the channel as well. */
export const JournalLine = z.object({
  at: z.number(),
  kind: z.string(),
  by: z.string(),
  text: z.string(),
  show: z.enum(["journal", "thread", "broadcast"]),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type JournalLine = z.infer<typeof JournalLine>;
