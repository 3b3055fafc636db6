import fc from "fast-check";
import { expect, test } from "vitest";
import type { Problem } from "../../../../src/domain/problem.ts";
import { lowerBound } from "../../../../src/planner/bounds/lower-bound.ts";
import { solveExactly } from "../../../support/brute-force.ts";
import { hostOf, problemOf, vmOn } from "../../../support/problems.ts";
import { randomProblem } from "../../../support/random-problems.ts";

const seed = 20_270_112;

/** Two hosts of 15 GiB, four of 10 GiB, each but 4 GiB full of VMs of 1 GiB: one large or two small ones fit into 24. */
function mixed(limits: Partial<Problem["limits"]> = {}, reserve = 0): Problem {
  const gib = 1_024;
  const sizes = [15, 15, 10, 10, 10, 10];
  const hosts = sizes.map((size, i) => hostOf(`h${i}`, { memory: size * gib, cpu: 100 }));
  const vms = sizes.flatMap((size, i) => Array.from({ length: size - 4 }, (_, j) => vmOn(`h${i}`, `v${i}-${j}`, gib)));
  return problemOf({ hosts, vms, limits, ...(reserve > 0 ? { reserve: { p0: { cpu: 0, memory: reserve } } } : {}) });
}

test("one large host or two small ones at a time: large ones count whole, small ones half, and each waits for the move of the next", () => {
  const bound = lowerBound(mixed());

  // 20 to empty the first, 2 · 110 + 4 · 110 / 2 with 10 s after each, but not after the last.
  expect(bound).toMatchObject({ seconds: 450, binding: { term: "host-sets", pool: "p0" } });
  expect(bound.binding.text).toBe(
    "room: 1 host of 15 GiB of memory or 2 of 10 GiB of memory at a time is all that 34 % spare memory allows, and pool p0 has 6 to patch; 10 s at least pass before the next can be empty",
  );
});

test("limits of the policy and a reserve prove no wait between patches", () => {
  expect(lowerBound(mixed({ maintenancePerPool: 2 })).pools[0]?.terms.G).toBe(420);
  expect(lowerBound(mixed({}, 1)).pools[0]?.terms.G).toBe(420);
});

test("a limit of one at a time counts in the sets too", () => {
  expect(lowerBound(mixed({ maintenancePerPool: 1 })).pools[0]?.terms.G).toBe(620);
});

test("hosts of all sizes with long and short patches: never above the shortest plan", { timeout: 120_000 }, () => {
  const more = fc.record({ cpu: fc.nat(6), memory: fc.nat(6), times: fc.integer({ min: 1, max: 5 }) });
  let binding = 0;
  fc.assert(
    fc.property(
      randomProblem({ hosts: 4, vms: 3, rules: false }),
      fc.array(more, { minLength: 4, maxLength: 4 }),
      (drawn, extra) => {
        const hosts = drawn.hosts.map((host, i) => {
          const { cpu, memory, times } = extra[i] ?? { cpu: 0, memory: 0, times: 1 };
          const patchSeconds = host.patchSeconds === null ? null : host.patchSeconds * times;
          return { ...host, cpu: host.cpu + cpu, memory: host.memory + memory, patchSeconds };
        });
        const problem = { ...drawn, hosts };
        const shortest = solveExactly(problem);
        if (shortest === null) return;
        const bound = lowerBound(problem);
        if (bound.binding.term === "host-sets") binding++;
        expect(bound.seconds).toBeLessThanOrEqual(shortest);
      },
    ),
    { seed, numRuns: 60 },
  );
  expect(binding).toBeGreaterThan(2);
});
