import { Bug } from "../domain/errors.ts";
import { done, type Refusal, type Result, refuse } from "../domain/outcome.ts";
import { isEnded, type PromptAnswer, type Run } from "../domain/run.ts";
import { mayAct } from "./authority.ts";
import type { PeopleEvent } from "./machine.ts";
import { newRun } from "./new-run.ts";
import type { Clock, Clusters, Directory, Enqueue, Notify, Store } from "./ports.ts";
import { update } from "./update.ts";

/** What people's verbs work with. No drivers: people decide, workers act. */
export interface Desk {
  readonly store: Store;
  readonly clusters: Clusters;
  readonly directory: Directory;
  readonly enqueue: Enqueue;
  readonly notify: Notify;
  readonly clock: Clock;
  /** A fresh run id: lower-case letters and digits. */
  readonly newId: () => string;
  /** False on a Redis that forgets; said wherever the state is shown. */
  readonly durable: boolean;
}

/** Asks for a plan. An older plan of the cluster that nobody approved yet gives way; a run under way does not. */
export async function requestPlan(
  desk: Desk,
  asked: { readonly cluster: string; readonly user: string; readonly channel: string },
): Promise<Result<Run>> {
  const allowed = await mayAct(desk, asked.cluster, "operators", asked.user);
  if (!allowed.ok) return allowed;
  const open = await openRunsOf(desk, asked.cluster);
  const active = open.find((run) => run.head.state !== "draft" && run.head.state !== "planning");
  if (active) {
    return refuse(
      "cluster-busy",
      `${asked.cluster} has a run under way: ${active.head.id} (${active.head.state}), asked for by <@${active.head.requestedBy}>.`,
      `/patch status ${asked.cluster} shows it; a new plan is possible when it has ended`,
    );
  }
  const run = newRun({ ...asked, id: desk.newId(), now: desk.clock.now() });
  await desk.store.create(run, [
    {
      at: run.head.requestedAt,
      kind: "request",
      by: asked.user,
      text: `<@${asked.user}> asked for a plan of ${asked.cluster}`,
      show: "journal",
    },
  ]);
  for (const old of open) {
    await decided(desk, old.head.id, () => ({
      kind: "supersede",
      by: run.head.id,
      why: `<@${asked.user}> asked for a newer plan`,
    }));
  }
  await desk.enqueue.tick(run.head.id);
  return done(run);
}

/** One approval of the plan with this digest. The facts are read again before anything is done. */
export async function approve(
  desk: Desk,
  asked: { readonly run: string; readonly user: string; readonly digest: string },
): Promise<Result<Run>> {
  return withRun(desk, asked.run, "approvers", asked.user, (run) => ({
    kind: "approve",
    user: asked.user,
    digest: asked.digest,
    needed: desk.clusters.get(run.head.cluster)?.policy.approvals ?? Number.POSITIVE_INFINITY,
  }));
}

export async function reject(desk: Desk, asked: { readonly run: string; readonly user: string }): Promise<Result<Run>> {
  return withRun(desk, asked.run, "approvers", asked.user, () => ({ kind: "reject", user: asked.user }));
}

export type SteerVerb = "pause" | "resume" | "abort";

/** Pause, resume or abort the cluster's open run, as `/patch pause cluster-a` asks. */
export async function steer(
  desk: Desk,
  asked: { readonly verb: SteerVerb; readonly cluster: string; readonly user: string },
): Promise<Result<Run>> {
  const allowed = await mayAct(desk, asked.cluster, "operators", asked.user);
  if (!allowed.ok) return allowed;
  const [run] = await openRunsOf(desk, asked.cluster);
  if (!run)
    return refuse("unknown-run", `${asked.cluster} has no open run.`, `/patch ${asked.cluster} asks for a plan`);
  return decided(desk, run.head.id, () => ({ kind: asked.verb, user: asked.user }));
}

/** The same for one run, as the buttons of its card ask. */
export async function steerRun(
  desk: Desk,
  asked: { readonly verb: SteerVerb; readonly run: string; readonly user: string },
): Promise<Result<Run>> {
  return withRun(desk, asked.run, "operators", asked.user, () => ({ kind: asked.verb, user: asked.user }));
}

/** The answer to a rollback prompt. */
export async function answer(
  desk: Desk,
  asked: { readonly run: string; readonly user: string; readonly prompt: string; readonly answer: PromptAnswer },
): Promise<Result<Run>> {
  return withRun(desk, asked.run, "operators", asked.user, () => ({
    kind: "answer",
    user: asked.user,
    prompt: asked.prompt,
    answer: asked.answer,
  }));
}

/** The newest run of the cluster, open or ended; without a cluster all open runs. */
export async function status(desk: Pick<Desk, "store" | "clusters">, cluster: string | null): Promise<readonly Run[]> {
  if (cluster === null) return loadAll(desk, await desk.store.openRuns());
  const recent = await loadAll(desk, await desk.store.recentRuns(200));
  return recent.filter((run) => run.head.cluster === cluster).slice(0, 1);
}

async function withRun(
  desk: Desk,
  runId: string,
  team: "operators" | "approvers",
  user: string,
  event: (run: Run) => PeopleEvent,
): Promise<Result<Run>> {
  const stored = await desk.store.load(runId);
  if (stored === null) return noRun(runId);
  const allowed = await mayAct(desk, stored.run.head.cluster, team, user);
  if (!allowed.ok) return allowed;
  return decided(desk, runId, event);
}

/** The decision is stored before anybody hears of it; then the worker is woken and the card repaired. */
async function decided(desk: Desk, runId: string, event: (run: Run) => PeopleEvent): Promise<Result<Run>> {
  const updated = await update(desk, runId, event);
  if (updated === null) return noRun(runId);
  // Also after a refusal: a stale card is shown anew.
  await desk.notify.changed(runId);
  if (updated.ok) {
    await desk.enqueue.tick(runId);
    return done(updated.run);
  }
  if (updated.reason === "fenced" || updated.reason === "busy")
    throw new Bug(`a person's decision was ${updated.reason}`);
  return updated;
}

async function openRunsOf(desk: Pick<Desk, "store">, cluster: string): Promise<readonly Run[]> {
  const runs = await loadAll(desk, await desk.store.openRuns());
  return runs.filter((run) => run.head.cluster === cluster && !isEnded(run.head.state));
}

async function loadAll(desk: Pick<Desk, "store">, ids: readonly string[]): Promise<readonly Run[]> {
  const stored = await Promise.all(ids.map((id) => desk.store.load(id)));
  return stored.flatMap((one) => (one ? [one.run] : []));
}

function noRun(runId: string): Refusal {
  return refuse(
    "unknown-run",
    `There is no run ${runId}.`,
    "the button is from another Tuesday or very old; ask for a new plan",
  );
}
