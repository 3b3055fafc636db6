import { Bug } from "../domain/errors.ts";
import type { Plan } from "../domain/plan.ts";
import { isEnded, type Run } from "../domain/run.ts";
import { actionTaken } from "./act-on.ts";
import type { Crew } from "./crew.ts";
import { decide } from "./decide.ts";
import { pauseFor } from "./perform.ts";
import { update } from "./update.ts";

export type Rest =
  | { readonly rest: "ended" | "interrupted" | "missing" }
  /** Nothing to do now. `until` (ms since 1970) when time alone changes that. */
  | { readonly rest: "waiting"; readonly until: number | null; readonly why: string };

/** A wait this short is not worth giving the run back to the queue. */
const shortWaitMs = 5_000;

/**
 * The central loop: claim the run, then decide and act until it ends, waits or is taken away. May be
 * called at any time, by any worker, any number of times; every write of a worker that has been replaced
 * is refused by the store.
 */
export async function advance(crew: Crew, runId: string, signal: AbortSignal): Promise<Rest> {
  const first = await look(crew, runId);
  if (first === null) return { rest: "missing" };
  if (isEnded(first.run.head.state)) return { rest: "ended" };
  if (first.action.do === "wait" && !short(crew, first.action.until))
    return { rest: "waiting", until: first.action.until, why: first.action.why };

  const claimed = await update(crew, runId, () => ({ kind: "claim" }));
  if (claimed === null || !claimed.ok) return { rest: "interrupted" };
  const { epoch } = claimed.run.head;

  let refusals = 0;
  while (!signal.aborted) {
    const seen = await look(crew, runId);
    if (seen === null) return { rest: "missing" };
    if (seen.run.head.epoch !== epoch) return { rest: "interrupted" };
    if (isEnded(seen.run.head.state)) return { rest: "ended" };
    if (seen.action.do === "wait") {
      if (!short(crew, seen.action.until)) return { rest: "waiting", until: seen.action.until, why: seen.action.why };
      await pauseFor(Math.max(20, Math.min(seen.action.until - crew.clock.now(), 500)), signal);
      continue;
    }
    const taken = await actionTaken(crew, { run: seen.run, plan: seen.plan, epoch, signal }, seen.action);
    refusals = taken === "refused" ? refusals + 1 : 0;
    // People can be faster a few times; an action that is refused for ever is a bug and must not spin.
    if (refusals > 20) throw new Bug(`run ${runId} refuses "${seen.action.do}" in state ${seen.run.head.state}`);
    if (taken === "interrupted") return { rest: "interrupted" };
    if (taken === "busy") return { rest: "waiting", until: null, why: "another run holds the cluster" };
  }
  return { rest: "interrupted" };
}

async function look(crew: Crew, runId: string) {
  const stored = await crew.store.load(runId);
  if (stored === null) return null;
  const { run } = stored;
  const plan: Plan | null = run.head.digest ? await crew.store.loadPlan(run.head.digest) : null;
  const deliveredUpTo = run.head.state === "running" ? await crew.notify.deliveredUpTo(runId) : 0;
  const heldBy = run.head.state === "queued" ? await crew.store.ownerOf(run.head.cluster) : null;
  const around = { now: crew.clock.now(), deliveredUpTo, heldBy, approvalMs: approvalMs(crew, run) };
  return { run, plan, action: decide(run, plan, around) };
}

function approvalMs(crew: Crew, run: Run): number {
  return (crew.clusters.get(run.head.cluster)?.policy.approvalMinutes ?? 0) * 60_000;
}

function short(crew: Crew, until: number | null): until is number {
  return until !== null && until - crew.clock.now() <= shortWaitMs;
}
