import { describe, expect, test } from "vitest";
import type { Plan } from "../../../../../src/domain/plan.ts";
import { scene } from "../../../../support/builders.ts";
import { planOf } from "../../plans.ts";
import {
  changed,
  estate,
  indexOf,
  moved,
  rulesIn,
  sketch,
  valid,
  violationsOf,
  withContent,
  withTimes,
} from "./broken.ts";
import { type Case, expectBroken } from "./cases.ts";

const { schedule, steps, stages } = valid;
const scheduled = (more: Partial<Plan["schedule"]>) => withContent(valid, { schedule: { ...schedule, ...more } });
const first = steps.slice(0, 3);
const [guest] = stages.filter(({ id }) => id === "guest-os/q1");

const cases: readonly Case[] = [
  [
    "content that was changed after the approval",
    { ...valid, cluster: "other" },
    ["digest", "facts"],
    /it is not the plan that was approved/,
  ],
  [
    "two steps with one id",
    withContent(valid, { steps: steps.map((one, i) => (i === 2 ? { ...one, id: "s002" } : one)) }),
    ["ids", "after"],
    /2 steps have the id s002/,
  ],
  [
    "a step of no stage",
    withContent(valid, { steps: steps.map((one, i) => (i === 65 ? { ...one, stage: "nowhere" } : one)) }),
    ["ids"],
    /belongs to nowhere, which is no stage/,
  ],
  [
    "times that are no whole seconds",
    withContent(valid, { steps: steps.map((one, i) => (i === 65 ? { ...one, start: one.start + 0.5 } : one)) }),
    ["times"],
    /these are not whole seconds/,
  ],
  [
    "a step that ends before it begins",
    withContent(valid, { steps: steps.map((one, i) => (i === 65 ? { ...one, end: one.start - 1 } : one)) }),
    ["times"],
    /does not end before it begins/,
  ],
  [
    "a step of another length than it says",
    withContent(valid, { steps: steps.map((one, i) => (i === 65 ? { ...one, seconds: 1 } : one)) }),
    ["times"],
    /it says 1 s/,
  ],
  [
    "more steps at once than allowed",
    withTimes(
      valid,
      steps.map((one, i) => (i === 1 ? { ...one, start: 0, end: 60, after: [] } : one)),
    ),
    ["steps-at-once", "stage-order"],
    /2 steps are under way at once, at most 1 may be/,
  ],
  [
    "a list that is not in the order of time",
    withContent(valid, { steps: [...steps.slice(0, 29), ...steps.slice(32), ...steps.slice(29, 32)] }),
    ["sequence", "after", "stage-order"],
    /stands behind/,
  ],
  [
    "a step that waits for nobody known",
    withContent(valid, { steps: steps.map((one, i) => (i === 65 ? { ...one, after: ["s999"] } : one)) }),
    ["after"],
    /waits for s999, which is no step/,
  ],
  [
    "a stage before one that it waits for",
    withContent(valid, {
      edges: [
        {
          before: "guest-os/web",
          after: "guest-os/q1",
          reason: { rule: "R1", strength: "policy", text: "web first", source: "", scope: "" },
        },
      ],
    }),
    ["stage-order"],
    /guest-os\/q1 begins at .*, before guest-os\/web is over at .* \(R1: web first\)/,
  ],
  [
    "an order edge to nowhere",
    withContent(valid, {
      edges: [
        {
          before: "nowhere",
          after: "guest-os/q1",
          reason: { rule: "R1", strength: "policy", text: "", source: "", scope: "" },
        },
      ],
    }),
    ["stage-order"],
    /names nowhere, which is no stage/,
  ],
  [
    "a title that says something else",
    withContent(valid, { steps: steps.map((one, i) => (i === 65 ? { ...one, title: "do nothing" } : one)) }),
    ["shown"],
    /is shown as "do nothing", and would remove snapshot/,
  ],
  [
    "a stage that shows other patches",
    withContent(valid, { stages: stages.map((one) => (one === guest ? { ...one, patches: [] } : one)) }),
    ["shown"],
    /Guest q1 shows 0 patches, and its steps install 1, or others/,
  ],
  [
    "a length that is not that of the steps",
    scheduled({ makespan: 1, lowerBound: 0 }),
    ["schedule"],
    /the plan says that it takes 1 s/,
  ],
  ["another number of migrations", scheduled({ migrations: 99 }), ["schedule"], /says 99 migrations/],
  [
    "a bound that the plan beats",
    scheduled({ lowerBound: schedule.makespan + 1 }),
    ["schedule"],
    /none takes less than/,
  ],
  [
    "a downtime that is not in the list",
    scheduled({ downtimes: [] }),
    ["schedule"],
    /missing in the list of downtimes/,
  ],
  [
    "an outage that nobody is told",
    changed(
      valid,
      indexOf(valid, "reboot", ({ machine }) => machine === "bare1"),
      () => ({ outages: [] }),
    ),
    ["outages"],
    /bare1 goes down, and that is told 0 times/,
  ],
  [
    "an outage that is told too short",
    changed(valid, indexOf(valid, "stop-vm"), ({ outages }) => ({
      outages: outages.map((one) => ({ ...one, seconds: 5 })),
    })),
    ["outages"],
    /its owner is told 5 s/,
  ],
  [
    "a machine that goes down and is said not to",
    withContent(valid, { noDowntime: [{ machine: "bare1", why: "patched without a reboot" }] }),
    ["outages"],
    /is in the list of those that do not/,
  ],
  [
    "a machine that is left alone and patched",
    withContent(valid, { untouched: [...valid.untouched, { machine: "bare1", why: "no patcher" }] }),
    ["untouched"],
    /bare1 is to be left alone \(no patcher\)/,
  ],
  [
    "a machine that the plan forgets",
    withContent(valid, { untouched: [] }),
    ["untouched"],
    /does not say what becomes of calm/,
  ],
  [
    "a machine with something pending that is left alone as if it had nothing",
    valid,
    ["untouched"],
    /left alone as if nothing were pending; 1 patches are/,
    {
      ...sketch,
      pools: {
        p: {
          ...sketch.pools?.p,
          hosts: sketch.pools?.p?.hosts ?? {},
          vms: { ...sketch.pools?.p?.vms, calm: { on: "h1" } },
        },
      },
    },
  ],
  [
    "names that nobody knows",
    withContent(valid, { noDowntime: [{ machine: "ghost", why: "" }] }),
    ["unknown-name"],
    /speaks of ghost, which nobody knows/,
  ],
  [
    "facts of another cluster",
    valid,
    ["facts"],
    /the plan has the cluster c, the facts have d/,
    { ...estate, facts: { ...estate.facts, cluster: "d" } },
  ],
  [
    "facts with a gap",
    valid,
    ["facts"],
    /h9 was not read: no answer/,
    {
      ...estate,
      facts: { ...estate.facts, unread: [{ where: "h9", code: "unreachable", message: "no answer", next: "" }] },
    },
  ],
];

describe("refuses", () => {
  test.each(cases.map((one) => ({ what: one[0], one })))("$what", ({ one }) => expectBroken(one));
});

test("a VM that the facts do not know any more is unknown wherever the plan names it", () => {
  const pools = estate.facts.pools.map((pool) => ({ ...pool, vms: pool.vms.filter(({ vm }) => vm !== "calm") }));
  const found = violationsOf(valid, { ...estate, facts: { ...estate.facts, pools } });

  expect(rulesIn(found)).toEqual(["unknown-name"]);
  expect(found[0]?.text).toMatch(/move calm from h1 to h3 \(live\)\): no VM calm in p/);
});

test("edges that meet in a point are looked through", () => {
  const reason = { rule: "R9", strength: "policy" as const, text: "guests before", source: "", scope: "" };
  const through = (last: string) =>
    violationsOf(
      withContent(valid, {
        edges: [
          { before: "guest-os/q2", after: "point", reason },
          { before: "point", after: last, reason },
        ],
      }),
    );

  expect(through("guest-os/q3")).toEqual([]);
  expect(rulesIn(through("guest-os/q1"))).toEqual(["stage-order"]);
});

describe("windows", () => {
  const start = Date.parse(estate.facts.readAt);
  const window = (from: number, to: number) => ({
    from: start + from * 1000,
    to: start + to * 1000,
    text: `${from}-${to}`,
  });
  const found = (...windows: ReturnType<typeof window>[]) => violationsOf(scheduled({ windows }));

  test("a plan that fits one window, or two with the pause between two stages, is fine", () => {
    expect(found(window(0, schedule.makespan))).toEqual([]);
    expect(found(window(-100, 2_200), window(9_000, 9_000 + schedule.makespan))).toEqual([]);
  });

  test("refuses a plan that is longer than its window, and one whose pause tears a host's cycle apart", () => {
    expect(rulesIn(found(window(0, schedule.makespan - 1)))).toEqual(["windows"]);
    // 300 s are over in the middle of the first host; what has begun by then does not fit the rest.
    expect(found(window(0, 300), window(9_000, 9_000 + schedule.makespan - 185))).toEqual([]);
    expect(rulesIn(found(window(0, 300), window(9_000, 9_000 + schedule.makespan - 186)))).toEqual(["windows"]);
  });

  test("refuses a window that was over before the facts were read", () => {
    expect(rulesIn(found(window(-9_000, -1)))).toEqual(["windows"]);
  });
});

test("a host that comes before its turn in the list is told with its place", () => {
  const early = moved(
    valid,
    indexOf(valid, "enter-maintenance", ({ host }) => host === "h3"),
    first.length,
  );

  expect(rulesIn(violationsOf(early))).toContain("maintenance");
});

test("1 000 VMs on 40 hosts are checked, and nothing is found", { timeout: 60_000 }, () => {
  const hosts = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`h${i}`, { gib: 256, master: i === 0 }]));
  const vms = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`v${i}`, { on: `h${i % 40}` }]));
  const given = scene({ pools: { p: { switches: ["ha"], hosts, vms } } });
  const plan = planOf(given);

  expect(violationsOf(plan, given)).toEqual([]);
  expect(plan.steps.length).toBeGreaterThan(4_000);
});
