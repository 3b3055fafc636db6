import { expect, test } from "vitest";
import { draftStages } from "../../../src/planner/draft.ts";
import { order, orderStages } from "../../../src/planner/order.ts";
import { allBefore, isMilestone } from "../../../src/planner/rules/rule.ts";
import { readWorld } from "../../../src/planner/world.ts";
import { scene } from "../../support/builders.ts";

const names = (count: number, first: string) => Array.from({ length: count }, (_, i) => `${first}${i + 1}`);

function draftsOf(count: number) {
  const { cluster, facts } = scene({ bare: Object.fromEntries(names(count, "m").map((name) => [name, {}])) });
  return draftStages(readWorld("c", cluster, facts)).drafts;
}

test("small sets are ordered pair by pair, large ones through a milestone", () => {
  const few = draftsOf(6);
  const many = draftsOf(60);

  expect(allBefore(few.slice(0, 3), few.slice(3), "x")).toHaveLength(9);
  const edges = allBefore(many.slice(0, 20), many.slice(20), "x");
  expect(edges).toHaveLength(60);
  expect(edges.filter(({ before, after }) => isMilestone(before) || isMilestone(after))).toHaveLength(60);
});

test("a milestone keeps everything before it before everything after it", () => {
  const drafts = draftsOf(60);
  const edges = allBefore(drafts.slice(20), drafts.slice(0, 20), "x").map((edge) => ({ ...edge, rule: "T2" }));

  const ordered = order(drafts, edges);

  expect(ordered.ok && ordered.drafts.map(({ target }) => target)).toEqual([
    ...names(60, "m").slice(20),
    ...names(20, "m"),
  ]);
});

test("no stage waits for itself, and no set through a milestone for its own members", () => {
  const drafts = draftsOf(30);

  const edges = allBefore(drafts, drafts, "x");

  expect(edges.some(({ before, after }) => before === after || isMilestone(after))).toBe(false);
});

test("an estate of 40 hosts and 400 guests has hundreds of edges, not tens of thousands", () => {
  const hosts = Object.fromEntries(names(40, "h").map((name) => [name, {}]));
  const vms = Object.fromEntries(names(400, "v").map((name, i) => [name, { on: `h${1 + (i % 40)}` }]));
  const { cluster, facts } = scene({ pools: { p: { family: "vsphere", hosts, vms } } });
  const world = readWorld("c", cluster, facts);

  const ordered = orderStages(world, draftStages(world).drafts);

  expect(ordered.ok && ordered.edges.length).toBeLessThan(2_000);
});

test("a bug is told when an edge names a stage that is not there", () => {
  expect(() => order(draftsOf(1), [{ before: "nobody", after: "host-os/m1", text: "x", rule: "T2" }])).toThrow(
    /not there/,
  );
});
