import { describe, expect, test } from "vitest";
import type { Problem } from "../../../../src/domain/problem.ts";
import { proveInfeasible } from "../../../../src/planner/bounds/feasibility.ts";
import { haveInstances, listTiny, readInstance } from "../../../support/instances.ts";
import { hostOf, problemOf, vmOn } from "../../../support/problems.ts";

const prove = (problem: Problem) => proveInfeasible(problem, 20_000);

describe.skipIf(!haveInstances)("of the tiny reference instances", () => {
  test("tiny-06 has no plan, and one small VM stopped gives it one", () => {
    expect(prove(readInstance("tiny/tiny-06-h3v7u72.json"))).toEqual({
      pool: "p0",
      host: "h0",
      why: "host h0 cannot be emptied: what runs in pool p0 needs 18 MiB of memory, the other 2 hosts together offer 17 MiB of memory; neither can h1",
      remedy: "with v3 stopped for 1 min, host h0 can be emptied",
    });
  });

  test("no other is called infeasible", { timeout: 60_000 }, () => {
    const others = listTiny().filter((name) => !name.startsWith("tiny-06"));

    expect(others.filter((name) => prove(readInstance(`tiny/${name}`)))).toEqual([]);
  });

  test("nor is any of the large ones, whose plans are known", { timeout: 120_000 }, () => {
    for (const name of ["azure-10-tight", "azure-100-tight", "bytedance-236", "btrplace-issue100-32"])
      expect(prove(readInstance(`${name}.json`))).toBe(null);
  });
});

describe("a host that cannot be emptied is named, with the VM, figures and the least that helps", () => {
  test("a VM that no other host could take", () => {
    const hosts = [hostOf("h7", { memory: 100 * 1024 }), hostOf("h8", { memory: 71 * 1024 })];

    expect(prove(problemOf({ hosts, vms: [vmOn("h7", "db-12", 96 * 1024)] }))).toEqual({
      pool: "p0",
      host: "h7",
      why: "host h7 cannot be emptied: db-12 needs 96 GiB of memory, the largest of the other hosts has room for 71 GiB of memory when it is empty",
      remedy: "with db-12 stopped for 2 min, host h7 can be emptied",
    });
  });

  test("too little in sum", () => {
    const hosts = [hostOf("h1"), hostOf("h2"), hostOf("h3")];
    const vms = ["h1", "h2", "h3"].flatMap((id) => [vmOn(id, `a-${id}`, 5), vmOn(id, `b-${id}`, 4)]);

    expect(prove(problemOf({ hosts, vms }))).toEqual({
      pool: "p0",
      host: "h1",
      why: "host h1 cannot be emptied: what runs in pool p0 needs 27 MiB of memory, the other 2 hosts together offer 20 MiB of memory; neither can h2, h3",
      remedy: "with b-h1 and b-h2 stopped for 2 min, host h1 can be emptied",
    });
  });

  test("a reserve that leaves too little", () => {
    const hosts = [hostOf("h1"), hostOf("h2")];
    const vms = [vmOn("h1", "v1", 8)];

    expect(prove(problemOf({ hosts, vms }))).toBe(null);
    expect(prove(problemOf({ hosts, vms, reserve: { p0: { cpu: 0, memory: 4 } } }))).toEqual({
      pool: "p0",
      host: "h1",
      why: "host h1 cannot be emptied: what runs in pool p0 needs 12 MiB of memory, with the 4 MiB of memory that must stay free, the other host offers 10 MiB of memory; neither can h2",
      remedy: "with v1 stopped for 2 min, host h1 can be emptied",
    });
  });

  test("room in sum, but in pieces", () => {
    const hosts = ["h1", "h2", "h3", "h4"].map((id) => hostOf(id));

    expect(prove(problemOf({ hosts, vms: hosts.map(({ id }) => vmOn(id, `v-${id}`, 6)) }))).toEqual({
      pool: "p0",
      host: "h1",
      why: "host h1 cannot be emptied: the 4 VMs of 6 MiB of memory and more cannot be arranged on 3 other hosts: the room left beside them is too small for one more; neither can h2, h3, h4",
      remedy: "with v-h1 stopped for 2 min, host h1 can be emptied",
    });
    // Each size alone would fit; cpu and memory together do not.
    const mixed = [
      vmOn("h1", "a", 2, { cpu: 6 }),
      vmOn("h1", "b", 3, { cpu: 3 }),
      vmOn("h2", "c", 2, { cpu: 6 }),
      vmOn("h2", "d", 6, { cpu: 2 }),
      vmOn("h3", "e", 6, { cpu: 2 }),
    ];
    expect(prove(problemOf({ hosts: hosts.slice(0, 3), vms: mixed }))).toEqual({
      pool: "p0",
      host: "h1",
      why: "host h1 cannot be emptied: its pool's 5 VMs that move cannot be arranged on the 2 other hosts at once, in whatever way",
      remedy: "with b stopped for 2 min, host h1 can be emptied",
    });
  });

  test("an arrangement exists, but no migration can begin", () => {
    const hosts = [hostOf("h0", { memory: 4 }), hostOf("h1"), hostOf("h2")];
    const vms = [vmOn("h0", "a", 4), vmOn("h1", "b", 5), vmOn("h1", "c", 3), vmOn("h2", "d", 5), vmOn("h2", "e", 3)];

    expect(prove(problemOf({ hosts, vms }))).toEqual({
      pool: "p0",
      host: "h0",
      why: "host h0 cannot be emptied: a needs 4 MiB of memory, the largest gap that moves can make on another host is 2 MiB of memory; no migration at all can begin; neither can h1, h2",
      remedy: "with c stopped for 2 min, host h0 can be emptied",
    });
  });

  test("anti-affinity with fewer hosts than members", () => {
    const hosts = [hostOf("h1"), hostOf("h2")];
    const vms = [vmOn("h1", "v1", 1, { group: "g" }), vmOn("h2", "v2", 1, { group: "g" })];
    const groups = [{ id: "g", antiAffinity: true, minUp: 0, members: ["v1", "v2"] }];

    expect(prove(problemOf({ hosts, vms, groups }))).toEqual({
      pool: "p0",
      host: "h1",
      why: "host h1 cannot be emptied: the 2 members of group g that move need hosts of their own, 1 would be left for them; neither can h2",
      remedy: "with v1 stopped for 2 min, host h1 can be emptied",
    });
  });
});

describe("rules that forbid a patch", () => {
  const hosts = [hostOf("h1", { domain: "r1" }), hostOf("h2", { patchSeconds: null })];
  const vms = [vmOn("h1", "v1", 1)];

  test("limits of 0", () => {
    for (const limit of ["migrationsPerHost", "migrationsGlobal", "maintenancePerPool", "maintenancePerDomain"])
      expect(prove(problemOf({ hosts, vms, limits: { [limit]: 0 } }))?.host).toBe("h1");
    expect(prove(problemOf({ hosts, vms }))).toBe(null);
  });

  test("an order that goes in a circle", () => {
    const precedes = [
      ["h1", "h2"],
      ["h2", "h1"],
    ] as const;

    expect(prove(problemOf({ hosts, vms, precedes }))).toBe(null);
    expect(prove(problemOf({ hosts: [hostOf("h1"), hostOf("h2")], vms, precedes }))).toEqual({
      pool: "p0",
      host: "h1",
      why: "host h1 can never be patched: h1 waits for h2, which waits for h1",
      remedy: "take one pair out of the order, for example that h2 comes before h1",
    });
  });

  test("a group that must stay up, with members that never move", () => {
    const fixed = vmOn("h1", "db-1", 1, { migratable: false, group: "db" });
    const groups = [{ id: "db", antiAffinity: false, minUp: 1, members: ["db-1"] }];

    expect(prove(problemOf({ hosts, vms: [fixed], groups }))).toEqual({
      pool: "p0",
      host: "h1",
      why: "host h1 cannot be patched: db-1 cannot move and would be down, which leaves 0 of the 1 member of group db up, and 1 must be",
      remedy: "let 0 of group db be enough for 2 min, or make db-1 movable",
    });
  });
});
