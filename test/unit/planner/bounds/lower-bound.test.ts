import { describe, expect, test } from "vitest";
import { lowerBound } from "../../../../src/planner/bounds/lower-bound.ts";
import { downtimeBound, migrationBound } from "../../../../src/planner/bounds/migration-bound.ts";
import { hostOf, problemOf, vmOn } from "../../../support/problems.ts";

/** Four hosts with nothing on them but what a test adds. */
const four = ["h1", "h2", "h3", "h4"].map((id) => hostOf(id));

test("nothing to patch needs no time", () => {
  const problem = problemOf({ hosts: [hostOf("h1", { patchSeconds: null })], vms: [] });

  expect(lowerBound(problem)).toMatchObject({ seconds: 0, binding: { pool: null, text: "nothing to patch" } });
  expect(migrationBound(problem)).toBe(0);
});

test("the worked example of planning.md 2.3", () => {
  const apart = { cpu: 2, migrateSeconds: 3, group: "g0" };
  const size = { cpu: 8, memory: 8 };
  const problem = problemOf({
    hosts: [
      hostOf("a", { ...size, patchSeconds: 15 }),
      hostOf("b", { ...size, patchSeconds: 15 }),
      hostOf("c", { ...size, patchSeconds: null, inPlaceSeconds: 7 }),
    ],
    vms: [
      vmOn("a", "v1", 4, apart),
      vmOn("b", "v2", 4, apart),
      vmOn("a", "v3", 2, { migratable: false }),
      vmOn("c", "v4", 2, { migrateSeconds: 2 }),
    ],
    groups: [{ id: "g0", antiAffinity: true, minUp: 0, members: ["v1", "v2"] }],
    limits: { migrationsPerHost: 1 },
  });

  const bound = lowerBound(problem);

  expect(bound).toMatchObject({ seconds: 35, pools: [{ kMax: 1, gamma: 2, terms: { D: 35 } }] });
  expect(bound.binding.term).toBe("gap-between-waves");
  expect(migrationBound(problem)).toBe(2);
  expect(downtimeBound(problem)).toBeCloseTo(0.4 + 15);
});

describe("the binding limit in words", () => {
  const say = (parts: Parameters<typeof problemOf>[0]) => lowerBound(problemOf(parts)).binding;

  test("one host alone", () => {
    const hosts = [hostOf("h17", { patchSeconds: 1_253 }), ...four.map((host) => ({ ...host, patchSeconds: null }))];

    expect(say({ hosts, vms: [vmOn("h17", "v1", 5, { migrateSeconds: 310 })] })).toEqual({
      term: "critical-host",
      pool: "p0",
      text: "host h17 alone: 310 s to empty it and 1,253 s to patch",
    });
    expect(say({ hosts: [hostOf("h1", { patchSeconds: null, inPlaceSeconds: 90 })], vms: [] }).text).toBe(
      "host h1 alone: 90 s to patch it in place",
    );
  });

  test("capacity", () => {
    const vms = four.flatMap(({ id }) => [vmOn(id, `a-${id}`, 4), vmOn(id, `b-${id}`, 3)]);

    expect(say({ hosts: four, vms }).text).toMatch(/^capacity: 1 host at a time is all that 30 % spare memory allows/);
    expect(say({ hosts: four.map((host, i) => hostOf(host.id, { patchSeconds: i ? 100 : 300 })), vms }).term).toBe(
      "gap-between-waves",
    );
  });

  test("big VMs", () => {
    const vms = four.slice(0, 3).map(({ id }) => vmOn(id, `on-${id}`, 6));

    expect(say({ hosts: four, vms })).toMatchObject({
      term: "big-vms",
      text: expect.stringContaining("only about 1 of 4"),
    });
  });

  test("limits of the policy", () => {
    expect(say({ hosts: four, vms: [], limits: { maintenancePerPool: 1 } }).text).toBe(
      "limit: 1 host of pool p0 in patch at once, and 4 to patch",
    );
    const domains = four.map((host, i) => ({ ...host, domain: i < 3 ? "r1" : "r2", pool: `p${i}` }));
    const bound = lowerBound(problemOf({ hosts: domains, vms: [], limits: { maintenancePerDomain: 1 } }));
    expect(bound).toMatchObject({ seconds: 300, binding: { term: "waves", pool: null } });
    expect(bound.binding.text).toBe("limit: 1 host of domain r1 in patch at once, 3 to patch");
  });

  test("an order of patches, across pools", () => {
    const hosts = four.map((host, i) => ({ ...host, pool: `p${i % 2}` }));
    const precedes = [
      ["h1", "h2"],
      ["h2", "h4"],
    ] as const;

    expect(say({ hosts, vms: [vmOn("h1", "v1", 1)], precedes })).toEqual({
      term: "critical-host",
      pool: null,
      text: "fixed order: h1, then h2, then h4: 10 s to empty the first and 300 s to patch them one after another",
    });
  });

  test("migration slots of the whole problem", () => {
    const pools = four.flatMap((host, i) => [
      { ...host, pool: `p${i}` },
      hostOf(`spare-${i}`, { pool: `p${i}`, patchSeconds: null }),
    ]);
    const vms = four.flatMap(({ id }) => [vmOn(id, `a-${id}`, 2), vmOn(id, `b-${id}`, 2)]);

    expect(say({ hosts: pools, vms, limits: { migrationsGlobal: 1 } })).toEqual({
      term: "migration-slots",
      pool: null,
      text: "migration slots: 80 s of migrations in all pools through 1 slot at once, then a patch of 100 s",
    });
  });

  test("a group whose members cannot move", () => {
    const fixed = { migratable: false, group: "db" };
    const vms = ["h1", "h2", "h3"].map((id) => vmOn(id, `db-${id}`, 1, fixed));
    const groups = [{ id: "db", antiAffinity: true, minUp: 2, members: vms.map(({ id }) => id) }];

    const bound = lowerBound(problemOf({ hosts: four, vms, groups }));

    expect(bound).toMatchObject({ seconds: 300, binding: { term: "groups" } });
    expect(bound.binding.text).toBe(
      "group db: at most 1 of its 3 members may be down at once, and 3 that cannot move are down for 300 s together",
    );
  });
});

test("an anti-affinity group leaves few hosts to patch at a time; members that never move may stay on a host in patch", () => {
  const groups = [{ id: "g", antiAffinity: true, minUp: 0, members: ["v1", "v2", "v3"] }];
  const vms = (migratable: boolean) =>
    ["1", "2", "3"].map((n) => vmOn(`h${n}`, `v${n}`, 1, { group: "g", migratable }));
  const kMax = (migratable: boolean) =>
    lowerBound(problemOf({ hosts: four, vms: vms(migratable), groups })).pools[0]?.kMax;

  expect(kMax(true)).toBe(1);
  expect(kMax(false)).toBe(4);
});

test("a reserve takes hosts out of a wave, but proves no gap between waves", () => {
  const hosts = [hostOf("h0", { memory: 2, patchSeconds: 1 }), hostOf("h1", { memory: 2, patchSeconds: 1 })];
  const vms = [vmOn("h0", "v0", 1, { cpu: 0, migrateSeconds: 1 })];

  const bound = lowerBound(problemOf({ hosts, vms, reserve: { p0: { cpu: 0, memory: 1 } } }));

  // Patch h1, move v0, patch h0: 3 s are enough.
  expect(bound).toMatchObject({ seconds: 3, pools: [{ kMax: 1 }] });
});

test("a host that starts overfull voids no bound: what it has in excess need not leave at once", () => {
  const hosts = [hostOf("h0"), hostOf("full", { patchSeconds: null }), hostOf("free", { patchSeconds: null })];
  const vms = [vmOn("h0", "v0", 6), vmOn("full", "v1", 8), vmOn("full", "v2", 8)];

  expect(lowerBound(problemOf({ hosts, vms })).seconds).toBe(110);
});
