import { isEnded, type PromptAnswer, type Run, type RunState } from "../../src/domain/run.ts";
import { advance, type Rest } from "../../src/run/advance.ts";
import * as control from "../../src/run/control.ts";
import type { Crew } from "../../src/run/crew.ts";
import type { Store } from "../../src/run/ports.ts";
import { type FakeDesk, fakeClock, fakeDesk, stored } from "./fake-desk.ts";
import { type FakeStore, fakeStore } from "./fake-store.ts";
import { type Around, type Begun, type FakeWorld, fakeCluster, fakeWorld, isRepeatable } from "./fake-world.ts";
import { adam, rita, t0 } from "./run-builders.ts";

/** A process that is killed in the middle of something. */
export class Crash extends Error {}

/** What happens in a run besides the plan itself. */
export interface Scenario {
  readonly name: string;
  /** How the first run ends when nobody crashes. */
  readonly end: RunState;
  readonly prepare?: (world: FakeWorld) => void;
  /** Something people do while this act is under way; asked for every act. */
  readonly during?: (begun: Begun, desk: FakeDesk) => Promise<unknown> | null;
  /** Right before the approval of the first run. */
  readonly beforeApproval?: (world: FakeWorld) => void;
  readonly answer?: PromptAnswer;
}

export interface Stage {
  readonly world: FakeWorld;
  readonly store: FakeStore;
  readonly desk: FakeDesk;
  /** Promises that were broken on the way, in words. */
  readonly problems: string[];
}

/** Everything that must be the same however often somebody crashed. */
export interface Ending {
  readonly runs: readonly unknown[];
  readonly truth: FakeWorld["truth"];
  /** Acts that must not be done twice, with their tags. */
  readonly acts: readonly string[];
  readonly journal: readonly string[];
  readonly owner: string | null;
}

/** A cluster, people, and a request for a plan. */
export async function openStage(scenario: Scenario): Promise<Stage> {
  const world = fakeWorld();
  const store = fakeStore();
  const desk = fakeDesk(store, { small: fakeCluster }, fakeClock(t0));
  const stage: Stage = { world, store, desk, problems: [] };
  scenario.prepare?.(world);
  world.onBegin(async (begun) => {
    await checkBegun(stage, begun);
    await scenario.during?.(begun, desk);
  });
  await control.requestPlan(desk, { cluster: "small", user: rita, channel: "C0PATCHING" });
  return stage;
}

/** No act without its intent, its ledger entry and the lock of the cluster, all stored before. */
async function checkBegun({ store, problems }: Stage, { tag, act }: Begun): Promise<void> {
  const [, run = "", id = "", attempt = ""] = /^(.+)-([su]\d+)-(\d+)$/.exec(tag) ?? [];
  const { head, steps, ledger } = await stored(store, run);
  const record = steps[id] ?? head.undo.find((one) => one.id === id)?.record;
  const plan = head.digest ? await store.loadPlan(head.digest) : null;
  const undo = plan?.steps.find((one) => one.id === id)?.undo;
  if (record?.state !== "intended" && record?.state !== "acting") problems.push(`${tag} (${act.do}) without an intent`);
  if (String(record?.attempt) !== attempt) problems.push(`${tag} in attempt ${record?.attempt}`);
  if (undo && !ledger.some((entry) => entry.step === id && entry.state === "open"))
    problems.push(`${tag} (${act.do}) without a ledger entry`);
  if ((await store.ownerOf("small")) !== run) problems.push(`${tag} (${act.do}) without the lock of the cluster`);
}

/** A worker that sees store, world and queue through `around`. */
export function crewOf({ world, store, desk }: Stage, around: Around, mayAct = () => true): Crew {
  const watched: Store = {
    ...store,
    create: (run, lines) => around("create", () => store.create(run, lines)),
    commit: (previous, next, lines, options) =>
      around(`commit ${lines.at(-1)?.kind ?? "claim"}`, () => store.commit(previous, next, lines, options)),
    savePlan: (plan) => around("save plan", () => store.savePlan(plan)),
  };
  return {
    store: watched,
    drivers: world.drivers(around),
    clusters: desk.clusters,
    notify: {
      changed: (run) => around("notify", () => desk.notify.changed(run)),
      deliveredUpTo: desk.notify.deliveredUpTo,
    },
    enqueue: { tick: (run) => around("tick", () => desk.enqueue.tick(run)) },
    clock: desk.clock,
    durable: true,
    mayAct,
  };
}

/** Lets a worker look at every open run, and people and time react, until all runs have ended or this side does not hold on. */
export async function playOn(
  stage: Stage,
  scenario: Scenario,
  crew: () => Crew,
  holdsOn: () => boolean = () => true,
): Promise<void> {
  for (let round = 0; round < 500; round += 1) {
    const open = await stage.store.openRuns();
    if (open.length === 0) return;
    for (const id of open) {
      if (!holdsOn()) return;
      const rest = await survived(advance(crew(), id, new AbortController().signal));
      if (rest) await react(stage, scenario, id, rest);
    }
  }
  stage.problems.push("the run does not end");
}

async function survived(work: Promise<Rest>): Promise<Rest | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Crash) return null;
    throw error;
  }
}

/** What people do about a run that waits; the rest is a matter of time. */
async function react({ store, desk, world }: Stage, scenario: Scenario, id: string, rest: Rest): Promise<void> {
  const run = await stored(store, id);
  const { head } = run;
  if (head.state === "draft" && id === "r1") {
    scenario.beforeApproval?.(world);
    await control.approve(desk, { run: id, user: adam, digest: head.digest ?? "" });
  } else if (head.state === "draft") await control.reject(desk, { run: id, user: adam });
  else if (head.state === "paused") await control.steerRun(desk, { verb: "resume", run: id, user: rita });
  else if (head.state === "asking" && head.prompt)
    await control.answer(desk, { run: id, user: rita, prompt: head.prompt.id, answer: scenario.answer ?? "stop" });
  else if (rest.rest === "waiting" && rest.until !== null) desk.clock.set(rest.until);
}

export const untouched: Around = (_point, work) => work();

/** The final state in a form that does not depend on who did it and when. */
export async function endingOf({ store, world, desk }: Stage): Promise<Ending> {
  const ids = (await store.recentRuns(100)).toSorted();
  const runs = await Promise.all(ids.map(async (id) => essence(await stored(store, id))));
  return {
    runs,
    truth: world.truth,
    acts: world.log.filter(({ act }) => !isRepeatable(act)).map(({ tag, act }) => `${tag} ${act.do}`),
    journal: store.audit().map(({ run, line }) => `${run} ${line.kind}`),
    owner: await desk.store.ownerOf("small"),
  };
}

function essence({ head, steps, ledger }: Run): unknown {
  return {
    id: head.id,
    state: isEnded(head.state) ? head.state : `still ${head.state}`,
    note: head.note,
    approvals: head.approvals.map((one) => one.user),
    steps: Object.entries(steps).map(([id, { state, attempt }]) => `${id} ${state} ${attempt}`),
    ledger: ledger.map(({ id, state }) => `${id} ${state}`),
    undo: head.undo.map(({ id, record }) => `${id} ${record.state}`),
  };
}
