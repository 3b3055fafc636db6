import type { Plan } from "../domain/plan.ts";
import type { Run } from "../domain/run.ts";
import type { Planner } from "../planner/checked-plan.ts";
import type { RunEvent } from "./machine.ts";
import type { Clock, Clusters, Drivers, Enqueue, Notify, Store } from "./ports.ts";
import { update } from "./update.ts";

/** Everything a worker works with. */
export interface Crew {
  readonly store: Store;
  readonly drivers: Drivers;
  readonly clusters: Clusters;
  readonly notify: Notify;
  readonly enqueue: Enqueue;
  readonly clock: Clock;
  /** Who makes plans; left out everywhere but in tests of broken plans. The checker sees them all. */
  readonly planner?: Planner;
  /** False on a Redis that forgets: real machines are refused. */
  readonly durable: boolean;
  /** May this worker still act on the run? Its queue lock may be too old. */
  readonly mayAct: () => boolean;
}

export interface Situation {
  readonly run: Run;
  readonly plan: Plan | null;
  readonly epoch: number;
  readonly signal: AbortSignal;
}

/**
 * What became of a write: `refused`: a person was faster and the event does not fit any more, look again;
 * `interrupted`: another worker has the run, leave it alone; `busy`: another run holds the cluster.
 */
export type Taken = "ok" | "refused" | "interrupted" | "busy";

/** Writes one event as this worker and shows it. */
export async function note(
  crew: Crew,
  { run, epoch }: Pick<Situation, "run" | "epoch">,
  event: RunEvent,
  more: { readonly takeCluster?: boolean } = {},
): Promise<Taken> {
  const updated = await update(crew, run.head.id, () => event, { epoch, ...more });
  if (updated === null) return "interrupted";
  if (!updated.ok && updated.reason === "fenced") return "interrupted";
  if (!updated.ok && updated.reason === "busy") return "busy";
  if (!updated.ok) return "refused";
  await crew.notify.changed(run.head.id);
  return "ok";
}
