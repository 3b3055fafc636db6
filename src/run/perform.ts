import type { Act, ActKind, ActOf, ActOutcome } from "../domain/act.ts";
import { PatchError } from "../domain/errors.ts";
import type { Blocker } from "../domain/outcome.ts";
import type { StepRecord } from "../domain/run.ts";
import type { Before, Operation } from "../drivers/operation.ts";

/** Writes around an act. Each returns false when another worker has taken the run: then nothing more is done. */
export interface Writes {
  readonly intended: (before: Before) => Promise<boolean>;
  readonly acted: (handle: string) => Promise<boolean>;
}

export interface Performance<K extends ActKind> {
  readonly operation: Operation<K>;
  readonly act: ActOf<K>;
  readonly tag: string;
  readonly record: StepRecord;
  readonly writes: Writes;
  /** False when this worker may no longer act: its lock is old, or it is being stopped. Asked right before the act. */
  readonly mayAct: () => boolean;
  readonly signal: AbortSignal;
}

export type Performed =
  | { readonly end: "done"; readonly outcome: ActOutcome }
  | { readonly end: "blocked"; readonly blockers: readonly Blocker[] }
  | { readonly end: "failed"; readonly error: PatchError }
  /** Stopped by us; the next holder goes on from the intent. */
  | { readonly end: "interrupted" };

/**
 * A machine that does not answer, or whose answer to a start was lost, is asked again after these pauses
 * (ms): the same tag is looked for first, so nothing begins twice. Nothing else is tried again by itself.
 */
const patience = [1_000, 3_000, 10_000] as const;

/**
 * Carries one act out: look → intent → probe → start → handle → follow. Begins wherever the record of an
 * earlier process ended, so a crash at any point costs time, never a second act.
 */
export async function perform<K extends ActKind>(performance: Performance<K>): Promise<Performed> {
  let record = performance.record;
  for (let tries = 0; ; tries += 1) {
    try {
      return await once(performance, record, (newer) => {
        record = newer;
      });
    } catch (error) {
      if (performance.signal.aborted) return { end: "interrupted" };
      if (!(error instanceof PatchError)) throw error;
      const pause = patience[tries];
      if (!worthAsking(error) || pause === undefined) return { end: "failed", error };
      await pauseFor(pause, performance.signal);
    }
  }
}

function worthAsking(error: PatchError): boolean {
  return error.code === "unreachable" || (error.code === "unknown-effect" && error.retry === "later");
}

async function once<K extends ActKind>(
  performance: Performance<K>,
  record: StepRecord,
  remember: (record: StepRecord) => void,
): Promise<Performed> {
  const { operation, act, writes, signal } = performance;
  let now = record;
  let fresh = false;
  if (now.state === "pending") {
    const seen = await operation.look(act, signal);
    if (seen.blockers.length > 0) return { end: "blocked", blockers: seen.blockers };
    if (!(await writes.intended(seen.before))) return { end: "interrupted" };
    now = { ...now, state: "intended", before: { ...seen.before } };
    fresh = true;
    remember(now);
  }
  const before = now.before ?? {};
  if (now.handle === undefined) {
    const handle = await begin(performance, before, fresh);
    if (handle === null || !(await writes.acted(handle))) return { end: "interrupted" };
    now = { ...now, state: "acting", handle };
    remember(now);
  }
  const outcome = await operation.follow(act, now.handle ?? "", before, { signal, progress: () => {} });
  return { end: "done", outcome };
}

/** Finds the act in the world, or starts it. Null when this worker may not act any more. */
async function begin<K extends ActKind>(
  performance: Performance<K>,
  before: Before,
  fresh: boolean,
): Promise<string | null> {
  const { operation, act, tag, mayAct, signal } = performance;
  if (!fresh && operation.repeat === "never")
    throw unknownEffect(act, "it must never be repeated, and a worker died at it");
  if (operation.repeat === "reconcile") {
    const probe = await operation.probe(act, tag, before, signal);
    if (probe.state === "unknown") throw unknownEffect(act, probe.why);
    if (probe.state !== "absent") return probe.handle;
  }
  if (!mayAct() || signal.aborted) return null;
  return operation.start(act, tag, before, signal);
}

function unknownEffect(act: Act, why: string): PatchError {
  return new PatchError({
    code: "unknown-effect",
    retry: "never",
    message: `it is not known whether "${act.do}" has happened: ${why}`,
    next: "look at the machine; retry only if it has not happened",
  });
}

/** Resolves early when the signal is aborted. */
export function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
