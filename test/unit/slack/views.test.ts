import { beforeAll, describe, expect, test } from "vitest";
import type { Plan } from "../../../src/domain/plan.ts";
import { endStates, type Prompt, type Run, type RunState, runStates } from "../../../src/domain/run.ts";
import type { View } from "../../../src/slack/views/blocks.ts";
import { helpView } from "../../../src/slack/views/help.ts";
import { type CardSettings, planCard } from "../../../src/slack/views/plan-card.ts";
import { planDetails } from "../../../src/slack/views/plan-details.ts";
import { promptCard, promptClosed } from "../../../src/slack/views/prompt.ts";
import { refusalCard } from "../../../src/slack/views/refusal.ts";
import { runCard } from "../../../src/slack/views/run-card.ts";
import { summary } from "../../../src/slack/views/summary.ts";
import { checkMessageBlocks } from "../../../src/workspace/blocks/check.ts";
import { bigPlan, busyRun, clusterAPlan } from "../../support/fake-plans.ts";
import { adam, planWith, rita, runIn, plan as small, t0, withHead } from "../../support/run-builders.ts";
import { injections, limitProblems } from "./slack-limits.ts";

const settings = (richBlocks: boolean): CardSettings => ({
  approvalsNeeded: 1,
  approvers: "<!subteam^S0APPROVERS>",
  richBlocks,
});
const operators = "<!subteam^S0OPERATORS>";
const ours = ["<!subteam^S0APPROVERS>", operators, `<@${rita}>`, `<@${adam}>`];

function promptOf(run: Run): Prompt {
  const prompt = run.head.prompt ?? runIn("asking").head.prompt;
  if (!prompt) throw new Error("no prompt");
  return prompt;
}

/** The first and the last few: the parts of a long thread are made alike. */
function someOf(views: readonly View[]): readonly View[] {
  return views.length <= 6 ? views : [...views.slice(0, 3), ...views.slice(-3)];
}

/** Every message about a run in this state, by name. */
function allViews(plan: Plan, run: Run, rich: boolean): ReadonlyMap<string, View> {
  const prompt = promptOf(run);
  const held = { ...prompt, held: true };
  const noWay = { ...prompt, rollBack: null, noRollBack: prompt.trouble.message };
  return new Map([
    ["plan card", planCard(plan, run, settings(rich))],
    ["run card", runCard(plan, run, settings(rich))],
    ["summary", summary(plan, run)],
    ["prompt", promptCard(run, prompt, operators, plan)],
    ["held prompt", promptCard(run, held, operators, plan)],
    ["prompt without a way back", promptCard(run, noWay, operators, plan)],
    ["closed prompt", promptClosed(run)],
    ["refusal", refusalCard(run)],
    ...someOf(planDetails(plan)).map((view, i) => [`details ${i}`, view] as const),
  ]);
}

const shown = (view: View | undefined) => JSON.stringify(view);
const buttonsOf = (view: View) =>
  view.blocks.flatMap((block) =>
    block.type === "actions" ? block.elements.flatMap((one) => ("action_id" in one ? [one.action_id] : [])) : [],
  );

const evil = "<!channel> <@U666> <!subteam^S666> <https://evil.example|look> & *bold* `code` 💥 ";
const texts: Readonly<Record<string, (words: string) => string>> = {
  ordinary: (words) => words,
  hostile: (words) => `${evil}${words}`,
  long: (words) => `${words} ${"x".repeat(5000)}`,
  "long and hostile": (words) => `${words} ${"<@U666>&".repeat(625)}`,
  emoji: (words) => `${words} ${"💥".repeat(400)}`,
};

const wordy = (words: string) => `${words} ${"x".repeat(90)}`;

let clusterA: Plan;
beforeAll(async () => {
  clusterA = await clusterAPlan();
});

/** Slack's limits by two checkers: the one beside this test and the local workspace's. */
function refusedBySlack(views: ReadonlyMap<string, View>): readonly string[] {
  return [...views].flatMap(([name, view]) => [
    ...limitProblems(view).map((problem) => `${name}: ${problem}`),
    ...checkMessageBlocks(view.blocks).map(({ pointer, code }) => `${name}: ${pointer} ${code}`),
  ]);
}

describe.each([true, false])("with rich blocks: %s", (rich) => {
  test.each([...runStates])("the plan of cluster-a fits into Slack in state %s", (state) => {
    const head = { digest: clusterA.digest, cluster: "cluster-a", startedAt: t0, endedAt: t0 + 60_000 };
    const run = busyRun(withHead(runIn(state), head), clusterA, (words) => words);

    expect(refusedBySlack(allViews(clusterA, run, rich))).toEqual([]);
  });

  describe.each([0, 1, 8, 90, 300])("a plan of %i stages", (size) => {
    // Five thousand characters in every text of three hundred stages are a test of patience only.
    const kinds = Object.keys(texts).filter((kind) => size < 50 || !kind.startsWith("long"));
    test.each(kinds)("with %s texts fits into Slack and injects nothing", (kind) => {
      const text = texts[kind] ?? ((words: string) => words);
      const plan = bigPlan(size, text);
      for (const state of size < 50
        ? (["draft", "running", "asking", "done"] as const)
        : (["draft", "asking"] as const)) {
        const run = busyRun(withHead(runIn(state), { note: text("a note").replaceAll("<@", "‹@") }), plan, text);
        const views = allViews(plan, withHead(run, { prompt: promptOf(run) }), rich);

        expect(refusedBySlack(views)).toEqual([]);
        for (const [name, view] of views) expect([name, injections(view, ours)]).toEqual([name, []]);
      }
    });
  });
});

test("a plan without a single outage says that nobody is down", () => {
  const quiet = planWith({ steps: small.steps.map((one) => ({ ...one, outages: [] })), noDowntime: [] });

  expect(shown(planCard(quiet, runIn("draft"), settings(true)))).toContain("Nobody.");
});

test("the plan card says how long, the least possible and why, and the windows; the run card names the windows", () => {
  const windows = [{ from: t0, to: t0 + 3_600_000, text: "Tue 3 Mar 2026 20:00–21:00 UTC" }];
  const schedule = {
    ...small.schedule,
    lowerBound: 60,
    binding: { term: "one-at-a-time" as const, text: "one step at a time" },
    windows,
  };
  const plan = planWith({ schedule });

  const card = shown(planCard(plan, runIn("draft"), settings(true)));
  expect(card).toMatch(/Takes about .*; no plan takes less than 60 s \(one step at a time\)/);
  expect(card).toContain("Steps begin only in: Tue 3 Mar 2026 20:00–21:00 UTC");
  expect(shown(runCard(plan, runIn("running"), settings(true)))).toContain("Steps begin only in: Tue 3 Mar 2026");
});

test("every reason of every stage is in the thread with its rule and its source", () => {
  const details = planDetails(clusterA).map(shown).join();

  for (const { reasons } of clusterA.stages)
    for (const { rule, strength } of reasons) expect(details).toContain(`[${rule}, ${strength}]`);
  expect(clusterA.stages.flatMap((stage) => stage.reasons).length).toBeGreaterThan(10);
});

test.each([true, false])("the plan card of cluster-a names rules, downtime, back-out and digest (rich: %s)", (rich) => {
  const card = shown(planCard(clusterA, withHead(runIn("draft"), { digest: clusterA.digest }), settings(rich)));

  for (const stage of clusterA.stages) {
    expect(card).toContain(stage.title);
    expect(card).toContain(`[${stage.reasons[0]?.rule}, `);
  }
  for (const { machine } of clusterA.steps.flatMap((step) => step.outages)) expect(card).toContain(machine);
  for (const { rule } of clusterA.decisions) expect(card).toContain(`[${rule}, `);
  expect(card).toContain(clusterA.digest.slice(0, 12));
});

test("what a card has no room for is counted on it and complete in the thread", () => {
  const plan = bigPlan(300, wordy);
  const card = planCard(plan, runIn("draft"), settings(true));
  const details = planDetails(plan).map(shown).join();

  expect(shown(card)).toMatch(/… and \d+ more in the thread/);
  for (const stage of plan.stages) expect(details).toContain(`Guest ${stage.id} `);
  expect(details).toContain("Who is down");
});

test("a long list on a run card is shortened and says so", () => {
  const plan = bigPlan(300, wordy);
  const run = busyRun(runIn("running"), plan, wordy);

  for (const rich of [true, false]) expect(shown(runCard(plan, run, settings(rich)))).toMatch(/… and \d+ more/);
  expect(shown(summary(plan, run))).toMatch(/… and \d+ more/);
});

test("every card of a simulated plan says so, and no card of a real one does", () => {
  const real = planWith({ simulated: false });
  const run = runIn("asking");
  const cards = (plan: Plan) => [
    planCard(plan, run, settings(true)),
    runCard(plan, run, settings(true)),
    promptCard(run, promptOf(run), operators, plan),
    summary(plan, run),
  ];

  for (const card of cards(small)) expect(shown(card).toLowerCase()).toContain("simulated");
  for (const card of cards(real)) expect(shown(card).toLowerCase()).not.toContain("simulated estate");
});

test("a question without a way back offers no roll back, one with a way back does and confirms it", () => {
  const run = runIn("asking");
  const prompt = promptOf(run);
  const without = promptCard(run, { ...prompt, rollBack: null, noRollBack: "h1 cannot go back" }, operators, small);
  const withOne = promptCard(run, prompt, operators, small);

  expect(buttonsOf(without)).toEqual(["prompt:retry", "prompt:stop"]);
  expect(shown(without)).toContain("h1 cannot go back");
  expect(buttonsOf(withOne)).toEqual(["prompt:roll-back", "prompt:retry", "prompt:stop"]);
  expect(shown(withOne)).toContain("revert a to snapshot before");
  expect(shown(withOne)).toContain("what was written since");
});

test("a question says what happens when nobody answers, before and after", () => {
  const run = runIn("asking");
  const prompt = promptOf(run);

  expect(shown(promptCard(run, prompt, operators, small))).toContain("nothing is undone");
  expect(shown(promptCard(run, { ...prompt, held: true }, operators, small))).toContain("The buttons still work");
});

test.each([...endStates])("refuses to leave a live button on the cards of a run that is %s", (state) => {
  const run = runIn(state);

  expect(buttonsOf(planCard(small, run, settings(true)))).toEqual([]);
  expect(buttonsOf(runCard(small, run, settings(true)))).toEqual([]);
  expect(buttonsOf(summary(small, run))).toEqual([]);
});

const live: Partial<Record<RunState, readonly string[]>> = {
  running: ["run:pause", "run:abort"],
  paused: ["run:resume", "run:abort"],
  asking: ["run:abort"],
  "backing-out": [],
  restoring: [],
};

test.each(Object.entries(live))("the run card in state %s has the buttons %j", (state, wanted) => {
  expect(buttonsOf(runCard(small, runIn(state as RunState), settings(true)))).toEqual(wanted);
});

test("only a draft can be approved, and its buttons carry run and digest", () => {
  const approvable = runStates.filter((state) => buttonsOf(planCard(small, runIn(state), settings(true))).length > 0);

  expect(approvable).toEqual(["draft"]);
  expect(shown(planCard(small, runIn("draft"), settings(true)))).toContain(`"value":"r1:${small.digest}"`);
});

test("approvals that are not yet enough are shown by name beside the buttons", () => {
  const half = withHead(runIn("draft"), {
    approvals: [{ user: adam, at: t0, what: "approve", digest: small.digest }],
  });
  const card = shown(planCard(small, half, { ...settings(true), approvalsNeeded: 2 }));

  expect(card).toContain(`1 of 2: <@${adam}>`);
  expect(card).toContain("run:approve");
});

test("what is switched off is on the run card as long as it is", () => {
  expect(shown(runCard(small, runIn("running"), settings(true)))).toContain("To be put back:* switch ha on in p");
  expect(shown(runCard(small, runIn("done"), settings(true)))).not.toContain("To be put back");
});

test("what was handed over is on the run card and in the summary, with the reason", () => {
  const run = runIn("restoring");

  for (const view of [runCard(small, run, settings(true)), summary(small, run)]) {
    expect(shown(view)).toContain("remove snapshot before of a");
    expect(shown(view)).toContain("a does not do it.");
  }
});

test("the summary tells versions, predicted and measured downtime, and what is not patched", () => {
  const run = busyRun(runIn("stopped"), small, (words) => words);
  const text = shown(summary(small, run));

  expect(text).toContain("`package-1` 1 → 2");
  expect(text).toMatch(/\*a\*: about 60 s predicted, 61 s measured/);
  expect(text).toContain("not (fully) patched: b, h1");
  expect(text).toContain("still runs old code");
});

test("a change that was rolled back is shown as such", () => {
  const run = busyRun(runIn("rolled-back"), small, (words) => words);
  const ledger = [
    {
      id: "l-s003-1",
      step: "s003",
      target: "a",
      undo: { kind: "change" as const, acts: [], text: "revert", until: "", loses: "" },
      state: "put-back" as const,
    },
  ];

  expect(shown(summary(small, { ...run, ledger }))).toContain("rolled back");
});

test("a refusal with three thousand blockers fits into Slack", () => {
  const blockers = Array.from({ length: 3000 }, (_, i) => ({ where: `m${i}`, message: evil, next: evil }));
  const run = withHead(runIn("refused"), { refusal: { reason: "blocked", message: evil, next: evil, blockers } });

  expect(refusedBySlack(new Map([["refusal", refusalCard(run)]]))).toEqual([]);
  expect(injections(refusalCard(run), ours)).toEqual([]);
  expect(shown(refusalCard(run))).toMatch(/… and \d+ more/);
});

test("help with a hundred clusters fits into Slack", () => {
  const view = helpView(
    Array.from({ length: 500 }, (_, i) => `cluster-${i}`),
    [{ usage: "/patch <cluster>", does: "plans" }],
  );

  expect(refusedBySlack(new Map([["help", view]]))).toEqual([]);
  expect(injections(view, ours)).toEqual([]);
});
