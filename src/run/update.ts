import { Bug } from "../domain/errors.ts";
import type { Refusal } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan.ts";
import type { Run } from "../domain/run.ts";
import { apply, type RunEvent } from "./machine.ts";
import type { Clock, CommitOptions, Store, Stored } from "./ports.ts";

export type Updated =
  | { readonly ok: true; readonly run: Run; readonly before: Run }
  | Refusal
  /** Another worker has taken the run: this one must stop without another word. */
  | { readonly ok: false; readonly reason: "fenced" }
  | { readonly ok: false; readonly reason: "busy" };

/** Two writers (a worker and a few people) meet seldom; this many losses in a row is a bug. */
const maxConflicts = 50;

/**
 * Applies one event to the stored run by compare-and-set: load, apply, write; again when somebody was
 * faster. A refused event writes nothing. `null` when there is no such run.
 */
export async function update(
  ports: { readonly store: Store; readonly clock: Clock },
  runId: string,
  event: (run: Run) => RunEvent,
  options: CommitOptions = {},
): Promise<Updated | null> {
  for (let tries = 0; tries < maxConflicts; tries += 1) {
    const stored: Stored | null = await ports.store.load(runId);
    if (stored === null) return null;
    if (options.epoch !== undefined && stored.run.head.epoch !== options.epoch) return { ok: false, reason: "fenced" };
    const plan: Plan | null = stored.run.head.digest ? await ports.store.loadPlan(stored.run.head.digest) : null;
    const next = apply(stored.run, event(stored.run), { plan, now: ports.clock.now() });
    if (!next.ok) return next;
    const committed = await ports.store.commit(stored, next.run, next.lines, options);
    if (committed === "ok") return { ok: true, run: next.run, before: stored.run };
    if (committed !== "conflict") return { ok: false, reason: committed };
  }
  throw new Bug(`${maxConflicts} writers in a row were faster on run ${runId}`);
}
