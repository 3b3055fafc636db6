import { describe, expect, test } from "vitest";
import type { MigrateAction, PatchAction, Problem, ProblemAction } from "../../../src/domain/problem.ts";
import { type CheckRule, checkActions, checkRules } from "../../../src/planner/check.ts";

const noLimits = { migrationsGlobal: null, maintenancePerPool: null, maintenancePerDomain: null };
const nothingMore = { precedes: [], newerOnly: [], reserve: {} };

function host(id: string, patchSeconds: number | null, size = 8, pool = "p") {
  return { id, pool, domain: null, cpu: size, memory: size, patchSeconds, inPlaceSeconds: 0 };
}

function vm(id: string, at: string, size: number, group: string | null = null, migratable = true) {
  return { id, host: at, cpu: 1, memory: size, migratable, migrateSeconds: 2, pauseMs: 100, group };
}

function migrate(id: string, src: string, dst: string, start: number, end: number): MigrateAction {
  return { type: "migrate", vm: id, src, dst, start, end };
}

function patch(id: string, start: number, end: number): PatchAction {
  return { type: "patch", host: id, start, end };
}

function textsOf(problem: Problem, actions: readonly ProblemAction[]): readonly string[] {
  return checkActions(problem, actions).violations.map(({ text }) => text);
}

/** planning.md 2.3, with its answers as they stand there. */
describe("the worked example", () => {
  const sized = { cpu: 2, memory: 4, migrateSeconds: 3, pauseMs: 0, migratable: true };
  const small = { cpu: 1, memory: 2, migrateSeconds: 2, pauseMs: 0 };
  const example: Problem = {
    hosts: [host("a", 15), host("b", 15), { ...host("c", null), inPlaceSeconds: 7 }],
    vms: [
      { id: "v1", host: "a", ...sized, group: "g0" },
      { id: "v2", host: "b", ...sized, group: "g0" },
      { id: "v3", host: "a", ...small, migratable: false, group: null },
      { id: "v4", host: "c", ...small, migratable: true, group: null },
    ],
    groups: [{ id: "g0", antiAffinity: true, minUp: 0, members: ["v1", "v2"] }],
    limits: { migrationsPerHost: 1, ...noLimits },
    ...nothingMore,
  };
  const v1 = migrate("v1", "a", "c", 0, 3);
  const v2 = migrate("v2", "b", "a", 18, 21);
  const [a, b] = [patch("a", 3, 18), patch("b", 21, 36)];

  test("passes", () => {
    expect(checkActions(example, [v1, a, v2, b])).toEqual({
      ok: true,
      violations: [],
      count: 0,
      makespan: 36,
      migrations: 2,
      groupViolations: 0,
    });
  });

  test("passes in any order of the entries", () => {
    expect(checkActions(example, [b, v2, a, v1]).ok).toBe(true);
  });

  test.each<[string, readonly ProblemAction[], readonly string[]]>([
    ["v1 over [0,2)", [{ ...v1, end: 2 }, a, v2, b], ["v1 migrates in 2s < 3s"]],
    ["patch a [2,17)", [v1, patch("a", 2, 17), v2, b], ["v1 on a during its patch"]],
    ["v2 b→a [17,20)", [v1, a, migrate("v2", "b", "a", 17, 20), b], ["v2 on a during its patch"]],
    [
      "v2 b→c [18,21)",
      [v1, a, migrate("v2", "b", "c", 18, 21), b],
      ["capacity of c at 18: cpu 5/8 mem 10/8", "anti-affinity g0 on c at 18"],
    ],
    [
      "plus v4 c→b [1,3)",
      [v1, a, v2, b, migrate("v4", "c", "b", 1, 3)],
      ["more than 1 migrations on c at 1", "v4 on b during its patch"],
    ],
    [
      "plus patch c [0,7)",
      [v1, a, v2, b, patch("c", 0, 7)],
      ["c has a patch entry and needs none", "v1 on c during its patch", "v4 on c during its patch"],
    ],
  ])("refuses %s", (_change, actions, texts) => {
    expect(textsOf(example, actions)).toEqual(texts);
  });

  test("refuses an entry of another kind, whose end counts into the makespan", () => {
    const guest = { type: "guestPatch", vm: "v1", start: 30, end: 90 } as unknown as ProblemAction;

    expect(checkActions(example, [v1, a, v2, b, guest])).toMatchObject({
      ok: false,
      makespan: 90,
      violations: [{ rule: "entry", text: "entry 4 is neither a migrate nor a patch" }],
    });
  });

  test("refuses an object around the list", () => {
    const wrapped = { plan: [v1, a, v2, b] } as unknown as readonly ProblemAction[];

    expect(textsOf(example, wrapped)).toEqual(["the plan is no list of actions"]);
  });

  test("reports the longest patch in place as the makespan where nothing lasts longer", () => {
    const idle: Problem = { ...example, hosts: [{ ...host("c", null), inPlaceSeconds: 7 }], vms: [], groups: [] };

    expect(checkActions(idle, [])).toMatchObject({ ok: true, makespan: 7 });
  });
});

/**
 * One plan that keeps every rule, with each limit as tight as the plan allows: pool p of four hosts (x and y to be
 * patched, w and z not), pool q of one. VMs: m1 on x and m2 on y move to z; f is fixed on x, g2 is fixed on y.
 */
const problem: Problem = {
  hosts: [
    { ...host("x", 10), domain: "r" },
    { ...host("y", 10), domain: "r" },
    host("z", null),
    host("w", null),
    host("q1", null, 8, "q"),
  ],
  vms: [
    vm("m1", "x", 4, "g"),
    vm("m2", "y", 2),
    vm("f", "x", 1, "up", false),
    vm("g2", "y", 1, "up", false),
    vm("n", "w", 3, "g"),
    vm("k", "w", 1),
  ],
  groups: [
    { id: "g", antiAffinity: true, minUp: 1, members: ["m1", "n"] },
    { id: "up", antiAffinity: true, minUp: 1, members: ["f", "g2"] },
  ],
  limits: { migrationsPerHost: 1, migrationsGlobal: 1, maintenancePerPool: 1, maintenancePerDomain: 1 },
  precedes: [["x", "y"]],
  newerOnly: ["p"],
  reserve: { p: { cpu: 18, memory: 11 } },
};
const m1 = migrate("m1", "x", "z", 0, 2);
const m2 = migrate("m2", "y", "z", 2, 4);
const px = patch("x", 2, 12);
const py = patch("y", 12, 22);
const valid = [m1, m2, px, py];

const loose: Problem = {
  ...problem,
  limits: { migrationsPerHost: 9, ...noLimits },
  precedes: [],
  newerOnly: [],
  reserve: {},
  groups: problem.groups.map((group) => ({ ...group, minUp: 0 })),
};

test("the plan that the next tests break is valid, with every limit set", () => {
  expect(checkActions(problem, valid)).toEqual({
    ok: true,
    violations: [],
    count: 0,
    makespan: 22,
    migrations: 2,
    groupViolations: 0,
  });
});

interface Break {
  readonly rule: CheckRule;
  readonly what: string;
  readonly problem?: Problem;
  readonly actions: readonly ProblemAction[];
  readonly text: string;
}

const together = patch("y", 4, 14);
const breaks: readonly Break[] = [
  {
    rule: "entry",
    what: "a VM that is not there",
    actions: [...valid, migrate("no", "z", "w", 30, 32)],
    text: "VM no is not in the problem (entry 4)",
  },
  {
    rule: "entry",
    what: "a source that is not there",
    actions: [...valid, migrate("k", "no", "w", 30, 32)],
    text: "host no is not in the problem (entry 4)",
  },
  {
    rule: "entry",
    what: "a target that is not there",
    actions: [...valid, migrate("k", "w", "no", 30, 32)],
    text: "host no is not in the problem (entry 4)",
  },
  {
    rule: "entry",
    what: "a patch of a host that is not there",
    actions: [...valid, patch("no", 30, 40)],
    text: "host no is not in the problem (entry 4)",
  },
  {
    rule: "entry",
    what: "null for an entry",
    actions: [...valid, null as unknown as ProblemAction],
    text: "entry 4 is neither a migrate nor a patch",
  },
  {
    rule: "times",
    what: "half a second",
    actions: [m1, m2, px, patch("y", 12.5, 22.5)],
    text: "[12.5,22.5) of host y (entry 3): not whole seconds",
  },
  {
    rule: "times",
    what: "a negative start",
    actions: [m1, migrate("k", "w", "z", -2, 0), m2, px, py],
    text: "[-2,0) of VM k (entry 1): starts before 0",
  },
  {
    rule: "times",
    what: "an end at the start",
    actions: [...valid, migrate("k", "w", "z", 30, 30)],
    text: "[30,30) of VM k (entry 4): does not end after its start",
  },
  {
    rule: "times",
    what: "a time that is no number",
    actions: [...valid, migrate("k", "w", "z", Number.NaN, 30)],
    text: "[NaN,30) of VM k (entry 4): not whole seconds",
  },
  { rule: "patched-once", what: "a host left out", actions: [m1, m2, px], text: "y never patched" },
  {
    rule: "patched-once",
    what: "a host patched twice",
    actions: [...valid, patch("y", 30, 40)],
    text: "y patched twice",
  },
  {
    rule: "patch-length",
    what: "a patch one second too short",
    actions: [m1, m2, px, patch("y", 12, 21)],
    text: "y patch too short: 9s < 10s",
  },
  {
    rule: "patch-not-needed",
    what: "a patch of a host that needs none",
    actions: [...valid, patch("q1", 30, 40)],
    text: "q1 has a patch entry and needs none",
  },
  {
    rule: "not-migratable",
    what: "a fixed VM that moves",
    actions: [...valid, migrate("f", "x", "z", 30, 32)],
    text: "f is not migratable",
  },
  {
    rule: "migration-length",
    what: "a migration one second too short",
    actions: [...valid, migrate("k", "w", "z", 30, 31)],
    text: "k migrates in 1s < 2s",
  },
  {
    rule: "chain",
    what: "a source where the VM is not",
    actions: [...valid, migrate("k", "z", "w", 30, 32)],
    text: "k is on w, plan says z",
  },
  {
    rule: "chain",
    what: "a VM that goes where it is",
    problem: loose,
    actions: [...valid, migrate("k", "w", "w", 30, 32)],
    text: "k src=dst at 30",
  },
  {
    rule: "chain",
    what: "two migrations of a VM at once",
    problem: loose,
    actions: [...valid, migrate("k", "w", "z", 30, 32), migrate("k", "z", "w", 31, 33)],
    text: "k migrates twice at once at 31",
  },
  {
    rule: "pool",
    what: "a VM that leaves its pool",
    actions: [...valid, migrate("k", "w", "q1", 30, 32)],
    text: "k leaves its pool at 30",
  },
  {
    rule: "empty-host",
    what: "a migration that ends one second into a patch",
    actions: [migrate("m1", "x", "z", 0, 3), migrate("m2", "y", "z", 3, 5), px, py],
    text: "m1 on x during its patch",
  },
  {
    rule: "empty-host",
    what: "a migration that begins one second before the end of a patch",
    problem: loose,
    actions: [...valid, migrate("k", "w", "y", 21, 23)],
    text: "k on y during its patch",
  },
  {
    rule: "empty-host",
    what: "a VM that nobody moved",
    problem: loose,
    actions: [m1, px, py],
    text: "m2 on y during its patch",
  },
  {
    rule: "capacity",
    what: "more memory than a host has",
    problem: { ...loose, vms: loose.vms.map((one) => (one.id === "m2" ? { ...one, memory: 5 } : one)) },
    actions: valid,
    text: "capacity of z at 2: cpu 2/8 mem 9/8",
  },
  {
    rule: "capacity",
    what: "more vCPUs than a host has",
    problem: { ...loose, vms: loose.vms.map((one) => (one.id === "m2" ? { ...one, cpu: 8 } : one)) },
    actions: valid,
    text: "capacity of z at 2: cpu 9/8 mem 6/8",
  },
  {
    rule: "capacity",
    what: "a fixed VM that still takes its room",
    problem: { ...loose, vms: loose.vms.map((one) => (one.id === "f" ? { ...one, memory: 6 } : one)) },
    actions: [...valid, migrate("n", "w", "x", 30, 32)],
    text: "capacity of x at 30: cpu 2/8 mem 9/8",
  },
  {
    rule: "capacity",
    what: "room that is taken at the source until the end",
    problem: { ...loose, vms: [...loose.vms, vm("big", "w", 3)] },
    actions: [...valid, migrate("big", "w", "x", 30, 33), migrate("m2", "z", "w", 32, 34)],
    text: "capacity of w at 32: cpu 4/8 mem 9/8",
  },
  {
    rule: "capacity",
    what: "a host that is too full before anything happens",
    problem: { ...loose, vms: [...loose.vms, vm("big", "w", 5)] },
    actions: valid,
    text: "capacity of w at 0: cpu 3/8 mem 9/8",
  },
  {
    rule: "anti-affinity",
    what: "two members on one host",
    actions: [...valid, migrate("n", "w", "z", 30, 32)],
    problem: { ...problem, vms: problem.vms.map((one) => (one.id === "n" ? { ...one, memory: 1 } : one)) },
    text: "anti-affinity g on z at 30",
  },
  {
    rule: "anti-affinity",
    what: "a member that moves to a fixed one",
    problem: { ...loose, groups: [{ id: "g", antiAffinity: true, minUp: 0, members: ["n", "f"] }] },
    actions: [...valid, migrate("n", "w", "x", 30, 32)],
    text: "anti-affinity g on x at 30",
  },
  {
    rule: "anti-affinity",
    what: "a member that arrives before the other has left",
    problem: { ...loose, groups: [{ id: "g", antiAffinity: true, minUp: 0, members: ["m2", "k"] }] },
    actions: [...valid, migrate("m2", "z", "x", 30, 33), migrate("k", "w", "z", 32, 34)],
    text: "anti-affinity g on z at 32",
  },
  {
    rule: "slots",
    what: "two migrations out of and into one host",
    problem: { ...problem, limits: { ...problem.limits, migrationsGlobal: null } },
    actions: [m1, migrate("m2", "y", "z", 1, 3), px, py],
    text: "more than 1 migrations on z at 1",
  },
  {
    rule: "slots",
    what: "one migration in and one out",
    problem: { ...loose, limits: { ...loose.limits, migrationsPerHost: 1 } },
    actions: [...valid, migrate("m1", "z", "x", 30, 32), migrate("k", "w", "z", 31, 33)],
    text: "more than 1 migrations on z at 31",
  },
  {
    rule: "migrations-global",
    what: "two migrations on different hosts",
    problem: { ...loose, limits: { ...problem.limits, maintenancePerPool: null } },
    actions: [m1, m2, px, py, migrate("m1", "z", "x", 30, 32), migrate("k", "w", "y", 31, 33)],
    text: "more than 1 migrations in all at 31",
  },
  {
    rule: "min-up",
    what: "both members of a pair down",
    problem: { ...loose, groups: problem.groups },
    actions: [m1, m2, px, together],
    text: "up below minUp at 4",
  },
  {
    rule: "maintenance-per-pool",
    what: "two hosts of a pool in patch",
    problem: { ...loose, limits: { ...loose.limits, maintenancePerPool: 1 } },
    actions: [m1, m2, px, together],
    text: "2 hosts of p in patch at 4, at most 1",
  },
  {
    rule: "maintenance-per-domain",
    what: "two hosts of a domain in patch",
    problem: { ...loose, limits: { ...loose.limits, maintenancePerDomain: 1 } },
    actions: [m1, m2, px, together],
    text: "2 hosts of r in patch at 4, at most 1",
  },
  {
    rule: "precedes",
    what: "the second host before the first has ended",
    problem: { ...loose, precedes: problem.precedes },
    actions: [m1, m2, px, patch("y", 11, 21)],
    text: "y starts its patch at 11, before x ends at 12",
  },
  {
    rule: "precedes",
    what: "a host before a patch in place has ended",
    problem: {
      ...loose,
      hosts: loose.hosts.map((one) => (one.id === "w" ? { ...one, inPlaceSeconds: 3 } : one)),
      precedes: [["w", "x"]],
    },
    actions: valid,
    text: "x starts its patch at 2, before w ends at 3",
  },
  {
    rule: "newer-only",
    what: "a VM back to a host that still waits",
    problem: { ...loose, newerOnly: ["p"] },
    actions: [
      m1,
      migrate("m2", "y", "z", 4, 6),
      px,
      patch("y", 20, 30),
      migrate("k", "w", "y", 12, 14),
      migrate("k", "y", "w", 14, 16),
    ],
    text: "k goes back from w to y, not yet patched, at 12",
  },
  {
    rule: "newer-only",
    what: "a VM from a host just patched to one that waits",
    problem: { ...loose, newerOnly: ["p"], vms: [...loose.vms, vm("s", "x", 1)] },
    actions: [
      m1,
      m2,
      migrate("s", "x", "z", 0, 2),
      px,
      migrate("s", "z", "x", 12, 14),
      migrate("s", "x", "y", 14, 16),
      migrate("s", "y", "z", 16, 18),
      patch("y", 18, 28),
    ],
    text: "s goes back from x to y, not yet patched, at 14",
  },
  {
    rule: "reserve",
    what: "a pool with less free than its reserve",
    problem: { ...loose, reserve: { p: { cpu: 18, memory: 12 } } },
    actions: valid,
    text: "reserve of p at 2: cpu 18/18 mem 11/12 free",
  },
];

test.each(breaks)(
  "refuses $what, as $rule and as nothing else",
  ({ problem: other = problem, actions, rule, text }) => {
    const report = checkActions(other, actions);

    expect(report.violations.map((one) => [one.rule, one.text])).toContainEqual([rule, text]);
    expect(new Set(report.violations.map((one) => one.rule))).toEqual(new Set([rule]));
    expect(report.ok).toBe(false);
  },
);

test("every rule is broken by one of these", () => {
  expect(new Set(breaks.map(({ rule }) => rule))).toEqual(new Set(checkRules));
});
