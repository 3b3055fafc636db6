import { WebClient } from "@slack/web-api";
import { expect, onTestFinished, test } from "vitest";
import type { Run } from "../../../src/domain/run.ts";
import { apply, type RunEvent } from "../../../src/run/machine.ts";
import { type NotifierParts, showRun } from "../../../src/slack/notifier.ts";
import type { Posted } from "../../../src/slack/ports.ts";
import { startWorkspace, type Workspace } from "../../../src/workspace/index.ts";
import { type FakeStore, fakeStore } from "../../support/fake-store.ts";
import { adam, asked, plan, rita, step, stepEvents, t0, troubleAt } from "../../support/run-builders.ts";

const channel = "C0PATCHING";

function memoryPosted(): Posted & { readonly refs: Map<string, Awaited<ReturnType<Posted["get"]>>> } {
  const refs = new Map<string, Awaited<ReturnType<Posted["get"]>>>();
  let cursor = { id: "", at: 0 };
  return {
    refs,
    get: async (_run, key) => refs.get(key) ?? null,
    set: async (_run, key, ref) => void refs.set(key, ref),
    keys: async () => [...refs.keys()],
    cursor: async () => cursor,
    setCursor: async (_run, next) => {
      cursor = next;
    },
  };
}

interface Setting {
  readonly workspace: Workspace;
  readonly store: FakeStore;
  readonly posted: ReturnType<typeof memoryPosted>;
  readonly parts: NotifierParts;
  /** Lets events happen to the stored run. */
  readonly happen: (...events: readonly RunEvent[]) => Promise<Run>;
  readonly show: () => Promise<void>;
}

async function setting(): Promise<Setting> {
  const workspace = await startWorkspace({ rateLimits: false });
  onTestFinished(() => workspace.close());
  const store = fakeStore();
  const posted = memoryPosted();
  await store.create(asked, []);
  await store.savePlan(plan);
  const client = new WebClient("xoxb-local-tuesday", {
    slackApiUrl: workspace.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 2_000,
  });
  const parts: NotifierParts = {
    client,
    runs: store,
    posted,
    settingsFor: () => ({
      approvalsNeeded: 1,
      approvers: "<!subteam^S0APPROVERS>",
      operators: "<!subteam^S0OPERATORS>",
      richBlocks: true,
    }),
  };
  const happen = async (...events: readonly RunEvent[]): Promise<Run> => {
    for (const event of events) {
      const seen = await store.load("r1");
      if (!seen) throw new Error("the run is gone");
      const moved = apply(seen.run, event, { plan: seen.run.head.digest ? plan : null, now: t0 });
      if (!moved.ok) throw new Error(`${event.kind}: ${moved.message}`);
      await store.commit(seen, moved.run, moved.lines, {});
    }
    const now = await store.load("r1");
    if (!now) throw new Error("the run is gone");
    return now.run;
  };
  return { workspace, store, posted, parts, happen, show: () => showRun(parts, "r1") };
}

const toRunning: readonly RunEvent[] = [
  { kind: "planned", plan },
  { kind: "approve", user: adam, digest: plan.digest, needed: 1 },
  { kind: "facts-held", checked: plan.digest },
  { kind: "start" },
];
const fails: readonly RunEvent[] = [
  ...stepEvents(["s001", "s002"]),
  { kind: "intend", step: step("s003"), before: {} },
  { kind: "step-failed", step: step("s003"), trouble: troubleAt("a"), deadline: t0 + 60_000 },
];

const roots = ({ workspace }: Setting) =>
  workspace.control.messages({ channel }).filter((one) => one.thread_ts === undefined || one.thread_ts === one.ts);
const calls = ({ workspace }: Setting, method: string) =>
  workspace.control.transcript().filter((one) => JSON.stringify(one).includes(`"${method}"`)).length;
const textOf = (message: unknown) => JSON.stringify(message);
const keyed = (set: Setting, key: string) => {
  const ref = set.posted.refs.get(key);
  if (!ref || ref === "posting") throw new Error(`${key} was not posted`);
  return ref;
};
/** Replies under a card, oldest first; without the card itself. */
const thread = (set: Setting, key: string) =>
  set.workspace.control.messages({ channel, threadTs: keyed(set, key).ts }).slice(1);

test("the plan card is posted once; a second look with nothing new calls nothing", async () => {
  const set = await setting();
  await set.happen({ kind: "planned", plan });
  await set.show();
  const before = set.workspace.control.transcript().length;

  await set.show();
  await set.show();

  expect(set.workspace.control.transcript().length).toBe(before);
  expect(roots(set)).toHaveLength(1);
  expect(textOf(roots(set)[0])).toContain("run:approve");
});

test("a card whose plan was made by an older Tuesday says so, and what to do", async () => {
  const set = await setting();
  await set.happen({ kind: "planned", plan });
  const runs = { ...set.store, loadPlan: async () => null };

  await showRun({ ...set.parts, runs }, "r1");

  expect(textOf(roots(set))).toContain("was made by an older Tuesday: ask for a new plan");
});

test("an approved plan card is updated in place and loses its buttons", async () => {
  const set = await setting();
  await set.happen({ kind: "planned", plan });
  await set.show();
  const { ts } = keyed(set, "plan");

  await set.happen(...toRunning.slice(1, 2));
  await set.show();

  expect(roots(set).map((one) => one.ts)).toEqual([ts]);
  expect(textOf(roots(set)[0])).toContain(`Approved by <@${adam}>`);
  expect(textOf(roots(set)[0])).not.toContain("run:approve");
});

test("a post whose answer is lost is found by its metadata and not posted twice", async () => {
  const set = await setting();
  await set.happen({ kind: "planned", plan });
  set.workspace.control.faults({ method: "chat.postMessage", kind: "reply_lost", count: 1 });
  await expect(set.show()).rejects.toThrow();
  expect(set.posted.refs.get("plan")).toBe("posting");

  await set.show();

  expect(roots(set)).toHaveLength(1);
  expect(keyed(set, "plan").ts).toBe(roots(set)[0]?.ts);
});

test("a reply in the thread whose answer is lost is not posted twice either", async () => {
  const set = await setting();
  await set.happen(...toRunning);
  await set.show();
  await set.happen(...stepEvents(["s001"]));
  set.workspace.control.faults({ method: "chat.postMessage", kind: "reply_lost", count: 1 });
  await expect(set.show()).rejects.toThrow();

  await set.show();

  const lines = thread(set, "run")
    .map(textOf)
    .filter((one) => one.includes("s001 was done"));
  expect(lines).toHaveLength(1);
});

test("a post that Slack never got is posted again", async () => {
  const set = await setting();
  await set.happen({ kind: "planned", plan });
  set.workspace.control.faults({ method: "chat.postMessage", kind: "reset", count: 1 });
  await expect(set.show()).rejects.toThrow();

  await set.show();

  expect(roots(set)).toHaveLength(1);
});

test("a card that somebody deleted is posted again", async () => {
  const set = await setting();
  await set.happen({ kind: "planned", plan });
  await set.show();
  const { ts } = keyed(set, "plan");
  await new WebClient("xoxb-local-tuesday", { slackApiUrl: set.workspace.apiUrl }).chat.delete({ channel, ts });

  await set.happen({ kind: "reject", user: adam });
  await set.show();

  expect(keyed(set, "plan").ts).not.toBe(ts);
  expect(roots(set).map((one) => one.ts)).toContain(keyed(set, "plan").ts);
});

test.each(["429", "500"] as const)(
  "a %s on an update comes out as an error and is made good by the next look",
  async (kind) => {
    const set = await setting();
    await set.happen({ kind: "planned", plan });
    await set.show();
    await set.happen({ kind: "reject", user: adam });
    set.workspace.control.faults({ method: "chat.update", kind, count: 1, retryAfter: 7 });

    const failure: unknown = await set.show().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    if (kind === "429") expect(failure).toMatchObject({ retryAfter: 7 });
    expect(textOf(roots(set)[0])).toContain("run:approve");

    await set.show();
    expect(textOf(roots(set)[0])).not.toContain("run:approve");
  },
);

test("a question stands in the thread and in the channel, and is closed when it is answered", async () => {
  const set = await setting();
  await set.happen(...toRunning, ...fails);
  await set.show();
  const { ts } = keyed(set, "prompt:p-s003-1");
  const question = () => thread(set, "run").find((one) => one.ts === ts);
  expect(question()).toMatchObject({ subtype: "thread_broadcast" });
  expect(textOf(question())).toContain("prompt:roll-back");

  await set.happen({ kind: "answer", user: rita, prompt: "p-s003-1", answer: "stop" });
  await set.show();

  expect(textOf(question())).not.toContain("prompt:retry");
  expect(textOf(question())).toContain("closed");
});

test("the lines of the thread come in the order of the journal; loud ones in the channel as well", async () => {
  const set = await setting();
  await set.happen(...toRunning);
  await set.show();
  await set.happen(...stepEvents(["s001"]), { kind: "abort", user: rita });
  await set.happen({ kind: "restore", endAs: "aborted" });
  await set.show();

  const story = thread(set, "run").map(textOf);
  const at = (words: string) => story.findIndex((one) => one.includes(words));
  expect(at("the run has started")).toBeGreaterThan(-1);
  expect(at("s001 was done")).toBeGreaterThan(at("the run has started"));
  expect(at("aborted the run")).toBeGreaterThan(at("s001 was done"));
  expect(thread(set, "run")[at("aborted the run")]).toMatchObject({ subtype: "thread_broadcast" });
  expect(thread(set, "run")[at("s001 was done")]?.subtype).toBeUndefined();
  expect((await set.posted.cursor("r1")).at).toBe(t0);
});

test("lines are told once, however often somebody looks", async () => {
  const set = await setting();
  await set.happen(...toRunning, ...stepEvents(["s001", "s002"]));

  for (let i = 0; i < 3; i += 1) await set.show();

  const all = thread(set, "run").map(textOf);
  expect(all.filter((one) => one.includes("s002 was done"))).toHaveLength(1);
});

test("the delivered time does not pass a line that Slack did not take", async () => {
  const set = await setting();
  await set.happen(...toRunning);
  await set.show();
  const before = await set.posted.cursor("r1");
  await set.happen({ kind: "warn", steps: [step("s004")], texts: [":warning: a goes down"] });
  set.workspace.control.faults({ method: "chat.postMessage", kind: "500", count: 1 });

  await expect(set.show()).rejects.toThrow();

  expect(await set.posted.cursor("r1")).toEqual(before);
});

test("a new process goes on with the same messages", async () => {
  const set = await setting();
  await set.happen(...toRunning);
  await set.show();
  const cards = roots(set).map((one) => one.ts);

  await set.happen(...stepEvents(["s001"]));
  await showRun(
    { ...set.parts, client: new WebClient("xoxb-local-tuesday", { slackApiUrl: set.workspace.apiUrl }) },
    "r1",
  );

  expect(roots(set).map((one) => one.ts)).toEqual(cards);
  expect(textOf(roots(set))).toContain("1 of 14 steps");
  expect(calls(set, "chat.postMessage")).toBeGreaterThan(2);
});

test("the end is summed up in the thread and in the channel, once", async () => {
  const set = await setting();
  await set.happen(...toRunning, ...stepEvents(plan.steps.map((one) => one.id)));
  await set.happen({ kind: "restore", endAs: "done" }, { kind: "finish" });
  await set.show();
  await set.show();

  const sums = thread(set, "run").filter(
    (one) => textOf(one).includes("Downtime, predicted and measured") || one.ts === keyed(set, "summary").ts,
  );
  expect(sums).toHaveLength(1);
  expect(sums[0]).toMatchObject({ subtype: "thread_broadcast" });
});

test("a refused request is one card, and a run that nobody knows is nothing", async () => {
  const set = await setting();
  await set.happen({
    kind: "plan-refused",
    refusal: { ok: false, reason: "blocked", message: "a is busy.", next: "wait" },
  });
  await set.show();
  await set.show();
  await showRun(set.parts, "nobody");

  expect(roots(set)).toHaveLength(1);
  expect(textOf(roots(set)[0])).toContain("a is busy.");
});
