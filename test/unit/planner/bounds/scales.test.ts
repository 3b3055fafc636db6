import { expect, test } from "vitest";
import { measurePools } from "../../../../src/planner/bounds/pool-figures.ts";
import { boundSteps, measureScales, weigh } from "../../../../src/planner/bounds/scales.ts";
import { hostOf, problemOf, vmOn } from "../../../support/problems.ts";

/** Hosts of 11 MiB with two VMs of 4 MiB on most: 3 MiB of each host are of no use, though they sum up to room. */
function wasted() {
  const hosts = Array.from({ length: 6 }, (_, i) => hostOf(`h${i}`, { memory: 11, cpu: 100 }));
  const vms = hosts.flatMap(({ id }, i) => (i < 2 ? [`a${i}`] : [`a${i}`, `b${i}`]).map((name) => vmOn(id, name, 4)));
  return problemOf({ hosts, vms });
}

test("whole steps count, not what is left of them", () => {
  expect(weigh({ resource: "memory", step: 4 }, { cpu: 100, memory: 11 })).toBe(2);
  expect(weigh({ resource: "memory", step: 0 }, { cpu: 100, memory: 11 })).toBe(11);
  expect(weigh({ resource: "cpu", step: 0 }, { cpu: -1, memory: 11 })).toBe(0);
});

test("by cpu, by memory, and in steps of each size of a VM but one unit", () => {
  const [pool] = measurePools(wasted());

  const scales = pool ? measureScales(pool) : [];

  expect(scales.map(({ resource, step, spare }) => [resource, step, spare])).toEqual([
    ["cpu", 0, 590],
    ["memory", 0, 26],
    ["memory", 4, 2],
  ]);
  // 600 s of patches of 2 steps and 10 VMs of 10 s and 1 step through 2 steps of room.
  expect(pool && boundSteps(pool, scales).seconds).toBe(650);
});

test("a reserve counts by amount; in steps it may lie scattered", () => {
  const [pool] = measurePools({ ...wasted(), reserve: { p0: { cpu: 0, memory: 3 } } });

  expect(pool && measureScales(pool).map(({ spare }) => spare)).toEqual([590, 23, 2]);
});

test("the rest of each host that no VM fills, in words", () => {
  const [pool] = measurePools(wasted());

  expect(pool && boundSteps(pool, measureScales(pool)).explain()).toBe(
    "capacity: pool p0 has 39 % spare memory, and VMs of 4 MiB of memory and more cannot use the rest that is left on each host",
  );
});
