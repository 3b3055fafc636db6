import { expect, test } from "vitest";
import { listHostSets, type Rule } from "../../../../src/planner/bounds/host-kinds.ts";
import type { PendingHost } from "../../../../src/planner/bounds/pool-figures.ts";
import { hostOf } from "../../../support/problems.ts";

function pendingOf(memory: readonly number[]): readonly PendingHost[] {
  return memory.map((size, i) => {
    const host = hostOf(`h${i}`, { memory: size });
    return { host, seconds: 100, evacuation: 0, room: { cpu: 10, memory: size }, vms: [], pinned: [] };
  });
}

const within = (limit: number): Rule => ({ weightOf: ({ room }) => room.memory, limit });

test("hosts with equal room and patches are one kind, the largest first, and full sets are listed", () => {
  const { kinds, sets } = listHostSets(pendingOf([2, 3, 2, 2]), [within(5)], 4);

  expect(kinds.map(({ hosts }) => hosts.map(({ host }) => host.id))).toEqual([["h1"], ["h0", "h2", "h3"]]);
  expect(sets.map((set) => [...set])).toEqual([
    [1, 1],
    [0, 2],
  ]);
});

test("hosts with equal room whose patches take longer are another kind: one may count where two do not", () => {
  const pending = pendingOf([2, 2, 2]).map((one, i) => ({ ...one, seconds: i === 1 ? 300 : 100 }));

  const { kinds } = listHostSets(pending, [within(4)], 2);

  expect(kinds.map(({ hosts }) => hosts.map(({ host }) => host.id))).toEqual([["h1"], ["h0", "h2"]]);
});

test("a host alone always counts, also where it does not fit", () => {
  const { sets } = listHostSets(pendingOf([9, 2]), [within(3)], 1);

  expect(sets.map((set) => [...set])).toEqual([
    [0, 1],
    [1, 0],
  ]);
  expect(listHostSets(pendingOf([9, 2]), [within(-1)], 1).sets).toContainEqual(Float64Array.of(0, 1));
});

test("every rule counts", () => {
  const two: Rule = { weightOf: () => 1, limit: 2 };

  expect(listHostSets(pendingOf([2, 2, 2, 2]), [within(7), two], 2).sets).toEqual([Float64Array.of(2)]);
});

test("many sizes are put together with the smaller weights: no set that keeps the rules is lost", () => {
  const memory = Array.from({ length: 60 }, (_, i) => 1_000 + 37 * i);
  const pending = pendingOf(memory);
  const limit = 21_000;

  const { kinds, sets } = listHostSets(pending, [within(limit)], 20);

  expect(kinds.length).toBeLessThan(12);
  expect(kinds.flatMap(({ hosts }) => hosts)).toHaveLength(60);
  for (const { hosts, weights } of kinds) expect(weights[0]).toBe(Math.min(...hosts.map(({ room }) => room.memory)));
  // Sets made by going through the hosts with some stride: each has room in one of those listed.
  for (let stride = 1; stride < 30; stride++) {
    const set = new Set<PendingHost>();
    let left = limit;
    for (let i = 0; i < 60; i++) {
      const one = pending[(i * stride) % 60];
      if (!one || set.has(one) || one.room.memory > left) continue;
      set.add(one);
      left -= one.room.memory;
    }
    const counts = kinds.map(({ hosts }) => hosts.filter((one) => set.has(one)).length);
    expect(sets.some((full) => counts.every((count, kind) => count <= (full[kind] ?? 0)))).toBe(true);
  }
});
