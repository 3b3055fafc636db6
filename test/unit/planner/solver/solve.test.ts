import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Problem } from "../../../../src/domain/problem.ts";
import { checkActions } from "../../../../src/planner/check.ts";
import { parseInstance } from "../../../../src/planner/instance/parse.ts";
import { toProblem } from "../../../../src/planner/instance/to-problem.ts";
import { type SolveTerms, solve } from "../../../../src/planner/solver/solve.ts";
import { hostOf, problemOf, vmOn } from "../../../support/problems.ts";

function shipped(name: string): Problem {
  const bytes = readFileSync(new URL(`../../../instances/${name}.json.gz`, import.meta.url));
  const parsed = parseInstance(JSON.parse(gunzipSync(bytes).toString("utf8")));
  if (!parsed.ok) throw new Error(parsed.message);
  return toProblem(parsed.value);
}

function planned(problem: Problem, terms: Partial<SolveTerms> = {}) {
  const solved = solve(problem, { seed: 1, effort: 40, ...terms });
  if (solved.status !== "planned") throw new Error(solved.why);
  expect(checkActions(problem, solved.actions).violations).toEqual([]);
  return solved;
}

/** Two hosts of 10 and four VMs of 2: one host can be emptied into the other. */
const pair = problemOf({
  hosts: [hostOf("a"), hostOf("b")],
  vms: [vmOn("a", "v1", 2), vmOn("a", "v2", 2), vmOn("b", "v3", 2), vmOn("b", "v4", 2)],
});

describe("solving reference problems", { timeout: 120_000 }, () => {
  it.each([
    ["tiny-01-h3v5u45", 35],
    ["tiny-04-h3v7u45", 38],
  ])("%s: finds the proven optimum of %i", (name, optimum) => {
    expect(planned(shipped(name), { effort: 4_000 }).makespan).toBe(optimum);
  });

  it("says that tiny-06 has no plan, why, and what would help", () => {
    const solved = solve(shipped("tiny-06-h3v7u72"), { seed: 1 });
    expect(solved).toMatchObject({
      status: "infeasible",
      why: expect.stringMatching(/host h0 cannot be emptied: .*18.*17.*stopped/),
    });
  });

  it.each([
    ["azure-10-u60", 4_400],
    ["azure-10-u75", 5_700],
    ["azure-10-tight", 8_900],
  ])("%s: never stuck, and done before second %i", (name, limit) => {
    expect(planned(shipped(name)).makespan).toBeLessThan(limit);
  });

  it("patches nothing where nothing is pending", () => {
    const idle = { ...pair, hosts: pair.hosts.map((host) => ({ ...host, patchSeconds: null })) };
    expect(planned(idle)).toMatchObject({ actions: [], makespan: 0, migrations: 0 });
  });
});

describe("rules beyond the reference problem", () => {
  it("keeps to the order of hosts that rules ask for", () => {
    const { actions } = planned({ ...pair, precedes: [["b", "a"]] });
    const patches = actions.filter((action) => action.type === "patch");
    expect(patches.map((action) => action.type === "patch" && action.host)).toEqual(["b", "a"]);
  });

  it("follows an order over forty hosts", () => {
    const names = Array.from({ length: 40 }, (_, i) => `h${i}`);
    const chain = problemOf({
      hosts: names.map((name) => hostOf(name, { cpu: 64, memory: 64 })),
      vms: names.map((name) => vmOn(name, `v-${name}`, 4)),
      precedes: names.slice(1).map((name, i) => [names[i] ?? "", name] as const),
      limits: { migrationsPerHost: 2, migrationsGlobal: 4, maintenancePerPool: 1 },
    });
    planned(chain);
  });

  it("waits for a patch in place that others wait for", () => {
    const hosts = [hostOf("a", { patchSeconds: null, inPlaceSeconds: 70 }), hostOf("b")];
    const solved = planned({ ...pair, hosts, precedes: [["a", "b"]] });
    expect(
      Math.min(...solved.actions.flatMap((action) => (action.type === "patch" ? action.start : []))),
    ).toBeGreaterThanOrEqual(70);
  });

  it("never moves a VM back to an older host where that cannot work", () => {
    const three = problemOf({
      hosts: [hostOf("a"), hostOf("b"), hostOf("c")],
      vms: [vmOn("a", "v1", 4), vmOn("b", "v2", 4), vmOn("c", "v3", 4)],
      newerOnly: ["p0"],
    });
    planned(three, { effort: 200 });
  });

  it("never has more migrations under way than allowed in all, over all pools", () => {
    const two = problemOf({
      hosts: [hostOf("a"), hostOf("b"), hostOf("c", { pool: "p1" }), hostOf("d", { pool: "p1" })],
      vms: [vmOn("a", "v1", 2), vmOn("b", "v2", 2), vmOn("c", "v3", 2), vmOn("d", "v4", 2)],
      limits: { migrationsGlobal: 1 },
    });
    planned(two, { effort: 200 });
  });

  it("proves that a reserve of a whole host leaves no room to empty one of two", () => {
    const solved = solve({ ...pair, reserve: { p0: { cpu: 10, memory: 10 } } }, { seed: 1 });
    expect(solved.status).toBe("infeasible");
  });

  it("refuses hosts that wait for each other", () => {
    const solved = solve(
      {
        ...pair,
        precedes: [
          ["a", "b"],
          ["b", "a"],
        ],
      },
      { seed: 1 },
    );
    expect(solved.status).toBe("infeasible");
  });
});

describe("the same question", () => {
  it("gives the same actions for the same seed and effort", () => {
    const problem = shipped("azure-10-u75");
    expect(planned(problem).actions).toEqual(planned(problem).actions);
  });

  it("gives the same actions whatever the order of the lists", () => {
    const problem = shipped("azure-10-u75");
    const turned = {
      ...problem,
      hosts: [...problem.hosts].reverse(),
      vms: [...problem.vms].reverse(),
      groups: [...problem.groups].reverse(),
    };
    expect(planned(turned).actions).toEqual(planned(problem).actions);
  });

  it("never answers worse with more effort", () => {
    const problem = shipped("azure-10-tight");
    let last = Number.POSITIVE_INFINITY;
    for (const effort of [1, 5, 20, 80]) {
      const { makespan } = planned(problem, { effort });
      expect(makespan).toBeLessThanOrEqual(last);
      last = makespan;
    }
  });

  it("stops when told, with the first plan in hand", () => {
    const solved = planned(shipped("azure-10-u60"), { effort: 100_000, enough: () => true });
    expect(solved.actions.length).toBeGreaterThan(100);
  });

  it("offers plans with fewer moves beside the quickest", () => {
    const { front, makespan } = planned(shipped("azure-10-u60"), { effort: 300 });
    expect(front[0]?.makespan).toBe(makespan);
    for (let i = 1; i < front.length; i += 1) {
      expect(front[i]?.makespan).toBeGreaterThan(front[i - 1]?.makespan ?? 0);
      expect(front[i]?.migrations).toBeLessThan(front[i - 1]?.migrations ?? 0);
    }
  });
});

describe("planning again in mid-run", () => {
  it("keeps what is left of a plan where nothing has changed", () => {
    const problem = shipped("azure-10-u75");
    const { actions } = planned(problem);
    const again = planned(problem, { keep: actions });
    const names = (list: typeof actions) =>
      list.map((one) => (one.type === "patch" ? one.host : `${one.vm} ${one.src} ${one.dst}`)).sort();
    expect(names(again.actions)).toEqual(names(actions));
  });

  it("keeps the rest when somebody has moved a VM already", () => {
    const { actions } = planned(pair);
    const first = actions.find((action) => action.type === "migrate");
    if (first?.type !== "migrate") throw new Error("no move");
    const moved = pair.vms.map((vm) => (vm.id === first.vm ? { ...vm, host: first.dst } : vm));
    expect(planned({ ...pair, vms: moved }, { keep: actions }).actions).toHaveLength(actions.length - 1);
  });

  it("plans around a host that is lost", () => {
    const problem = shipped("azure-10-u60");
    const { actions } = planned(problem);
    const lost = "h0";
    const left = {
      ...problem,
      hosts: problem.hosts.filter((host) => host.id !== lost),
      vms: problem.vms.filter((vm) => vm.host !== lost),
    };
    planned(left, { keep: actions });
  });
});
