import { describe, expect, test } from "vitest";
import { lowerBound } from "../../../../src/planner/bounds/lower-bound.ts";
import { migrationBound } from "../../../../src/planner/bounds/migration-bound.ts";
import { haveInstances, listTiny, readInstance } from "../../../support/instances.ts";

/**
 * Table 5.2 of planning.md as printed: instance, pool, hosts (H*), E0, A, B, B2, k_max (i-iii; with v), γ, C, D, E,
 * LB, R. Where (v) gave a k_max one lower, γ, C, D (and LB, if C set it) were printed with that one.
 */
const table = `
azure-10-u60 p0 | 10 (10) | 233 | 1,745 | 3,086 | 2,331 | 4; 4 | 38 | 3,030 | 2,759 | 1,509 | 3,086 | 4
azure-10-u75 p0 | 10 (10) | 37 | 1,371 | 3,814 | 2,261 | 3; 3 | 64 | 3,479 | 3,377 | 1,270 | 3,814 | 9
azure-10-tight p0 | 10 (10) | 61 | 1,479 | 5,687 | 2,986 | 2; 2 | 61 | 5,477 | 4,705 | 1,258 | 5,687 | 11
azure-100-u60 p0 | 32 (31) | 60 | 1,859 | 3,720 | 2,508 | 13; 13 | 100 | 3,534 | 2,823 | 1,600 | 3,720 | 2
azure-100-u60 p1 | 16 (15) | 60 | 3,188 | 5,032 | 3,799 | 7; 7 | 86 | 5,450 | 4,887 | 3,136 | 5,450 | 2
azure-100-u60 p2 | 24 (22) | 31 | 1,525 | 2,542 | 1,930 | 11; 11 | 125 | 2,184 | 1,440 | 1,303 | 2,542 | 0
azure-100-u60 p3 | 28 (26) | 60 | 1,343 | 1,988 | 1,536 | 14; 14 | 90 | 1,698 | 1,334 | 1,200 | 1,988 | 0
azure-100-u75 p0 | 32 (30) | 60 | 1,919 | 5,633 | 3,476 | 9; 9 | 41 | 4,679 | 3,808 | 1,678 | 5,633 | 0
azure-100-u75 p1 | 16 (14) | 89 | 3,337 | 6,914 | 4,166 | 5; 4 | 0 | 7,397 | 6,069 | 3,120 | 7,397 | 0
azure-100-u75 p2 | 24 (20) | 84 | 1,467 | 3,580 | 2,219 | 7; 7 | 51 | 3,054 | 2,748 | 1,235 | 3,580 | 0
azure-100-u75 p3 | 28 (23) | 31 | 2,092 | 4,158 | 2,135 | 6; 6 | 52 | 3,352 | 2,655 | 1,278 | 4,158 | 0
azure-100-tight p0 | 32 (28) | 34 | 1,766 | 5,795 | 2,985 | 7; 7 | 16 | 4,986 | 3,966 | 1,683 | 5,795 | 0
azure-100-tight p1 | 16 (12) | 53 | 2,752 | 10,554 | 4,254 | 3; 2 | 0 | 13,604 | 10,643 | 2,656 | 13,604 | 0
azure-100-tight p2 | 24 (21) | 66 | 1,668 | 7,257 | 3,004 | 4; 3 | 0 | 7,727 | 6,142 | 1,443 | 7,727 | 1
azure-100-tight p3 | 28 (26) | 36 | 1,305 | 4,424 | 2,115 | 6; 6 | 59 | 3,632 | 3,281 | 1,080 | 4,424 | 0
bytedance-43 p0 | 43 (43) | 137 | 1,885 | 8,136 | 8,136 | 7; 7 | 132 | 6,528 | 5,177 | 1,316 | 8,136 | 1
bytedance-236 p0 | 236 (236) | 146 | 2,815 | 36,368 | 36,368 | 8; – | 78 | 31,279 | 24,506 | 1,607 | 36,368 | 1
bytedance-352 p0 | 352 (352) | 0 | 4,034 | 7,004 | 7,004 | 95; – | 35 | 3,900 | 3,040 | 1,496 | 7,004 | 0
bytedance-824 p0 | 824 (824) | 0 | 6,826 | 11,296 | 11,296 | 117; – | 221 | 7,448 | 5,760 | 1,564 | 11,296 | 0
btrplace-issue100-32 p0 | 32 (32) | 787 | 2,716 | 4,236 | 4,236 | 12; 12 | 204 | 4,550 | 4,009 | 2,678 | 4,550 | 209
`;

/**
 * Where our bound is higher than the printed LB: by steps (B4) and sets of hosts (G), which planning.md does not have.
 * The printed terms stay as they are.
 */
const raised: Readonly<Record<string, number>> = {
  "azure-10-u60 p0": 3_214,
  "azure-10-u75 p0": 3_873,
  "azure-10-tight p0": 7_051,
  "azure-100-u60 p0": 3_738,
  "azure-100-u60 p2": 2_550,
  "azure-100-u60 p3": 1_994,
  "azure-100-u75 p0": 5_654,
  "azure-100-u75 p3": 4_167,
  "azure-100-tight p0": 5_921,
  "azure-100-tight p1": 13_634,
  "azure-100-tight p2": 7_836,
  "azure-100-tight p3": 4_513,
  "bytedance-352 p0": 8_250,
};

interface Row {
  readonly instance: string;
  readonly pool: string;
  readonly figures: readonly number[];
  readonly pending: number;
  readonly kMax: number;
  /** With (v), where it was solved. */
  readonly exact: number | null;
}

function readRows(): readonly Row[] {
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", hosts = "", e0, a, b, b2, k = "", ...rest] = line.split(" | ");
      const [instance = "", pool = ""] = name.split(" ");
      const [kMax = "", exact = ""] = k.split("; ");
      const figures = [e0, a, b, b2, ...rest].map((text = "") => Number(text.replaceAll(",", "")));
      const pending = Number(/\((\d+)\)/.exec(hosts)?.[1]);
      return { instance, pool, figures, pending, kMax: Number(kMax), exact: exact === "–" ? null : Number(exact) };
    });
}

const rows = readRows();

// Without the reference instances in /work/shared/instances there is nothing to compare with.
describe.skipIf(!haveInstances)("the bound gives the figures of the knowledge base", () => {
  for (const instance of new Set(rows.map((row) => row.instance)))
    test(`table 5.2, ${instance}`, { timeout: 60_000 }, () => {
      const problem = readInstance(`${instance}.json`);
      const bound = lowerBound(problem);
      const mine = rows.filter((row) => row.instance === instance);

      for (const { pool, figures, kMax, exact } of mine) {
        const found = bound.pools.find((one) => one.pool === pool);
        const { A, B, B2, C, D, E } = found?.terms ?? { A: 0, B: 0, B2: 0, C: 0, D: 0, E: 0 };
        const [e0 = 0, a, b, b2, gamma, c = 0, , e, lb = 0] = figures;
        expect([found?.firstEvacuation, A, B, B2, E]).toEqual([e0, a, b, b2, e]);
        // Ours may be as low as the exact one, by cpu and memory together; not lower.
        expect(found?.kMax).toBeLessThanOrEqual(kMax);
        expect(found?.kMax).toBeGreaterThanOrEqual(exact ?? 0);
        if (found?.kMax === (exact ?? kMax)) expect([found.gamma, C, D]).toEqual([gamma, c, figures[6]]);
        else if (exact !== null) expect(C).toBeLessThan(c);
        if (exact === kMax) expect(Math.max(A, B, B2, C, D, E)).toBe(lb);
        const higher = raised[`${instance} ${pool}`];
        if (higher !== undefined) expect([found?.seconds, higher > lb]).toEqual([higher, true]);
        else if (exact === kMax) expect(found?.seconds).toBe(lb);
        else expect(found?.seconds).toBeGreaterThanOrEqual(exact === null ? lb : 0);
      }
      const moves = mine.reduce((sum, row) => sum + (row.figures[9] ?? 0), 0);
      const pending = new Set(problem.hosts.flatMap((host) => (host.patchSeconds === null ? [] : [host.id])));
      const first = problem.vms.filter((vm) => vm.migratable && pending.has(vm.host)).length;
      expect(pending.size).toBe(mine.reduce((sum, row) => sum + row.pending, 0));
      expect(migrationBound(problem)).toBe(first + moves);
    });

  test("section 6, the LB column of the tiny instances; where sets of hosts raise it, still none above the optimum", () => {
    const known = [35, 42, 44, 36, 34, 45, 26, 42, 49, 24, 51, 45, 25, 52, 52, 37, 29, 36, 33, 32, 34];
    const higher = new Map([
      [7, 27],
      [10, 25],
      [13, 26],
      [18, 39],
      [21, 39],
    ]);
    // tiny-06 has no plan.
    const optimum = [35, 44, 46, 38, 38, 45, 28, 48, 49, 27, 51, 46, 29, 52, 55, 39, 34, 42, 36, 36, 40];
    const moves = [6, 6, 6, 9, 8, null, 7, 7, 7, 9, 9, 9, 12, 12, 11, 9, 9, 9, 11, 11, 11];
    const problems = listTiny().map((name) => readInstance(`tiny/${name}`));

    const bounds = problems.map((problem) => lowerBound(problem).seconds);

    expect(bounds).toEqual(known.map((seconds, i) => higher.get(i + 1) ?? seconds));
    expect(bounds.filter((seconds, i) => seconds > (optimum[i] ?? 0))).toEqual([]);
    expect(problems.map((problem, i) => (moves[i] === null ? null : migrationBound(problem)))).toEqual(moves);
  });

  test("every one of the 303 pools of 10,000 hosts has its bound", { timeout: 120_000 }, () => {
    const problem = readInstance("azure-10000-u75.json.gz");

    const bound = lowerBound(problem);

    expect(bound.pools).toHaveLength(303);
    expect(bound.pools.filter(({ seconds }) => seconds <= 0)).toEqual([]);
  });
});
