import { expect, test } from "vitest";
import { buildPlan } from "../../../src/planner/build-plan.ts";
import { checkPlan } from "../../../src/planner/check.ts";
import type { HostSketch, VmSketch } from "../../support/builders.ts";
import { scene } from "../../support/builders.ts";
import { planOf, targets } from "./plans.ts";
import { replay } from "./replay.ts";

function large(policy: Record<string, unknown> = {}) {
  const hosts: Record<string, HostSketch> = {};
  const vms: Record<string, VmSketch> = {};
  for (let i = 1; i <= 40; i += 1) hosts[`h${i}`] = { master: i === 1 };
  for (let i = 1; i <= 400; i += 1) vms[`v${i}`] = { on: `h${1 + (i % 40)}` };
  return scene({ pools: { p: { switches: ["ha"], hosts, vms } }, policy });
}

test("a pool of 40 hosts and 400 VMs is planned within seconds, and the plan can be played", {
  timeout: 30_000,
}, () => {
  const given = large();

  const plan = planOf(given);

  expect(targets(plan)).toHaveLength(440);
  expect(replay(given, plan)).toEqual([]);
});

test("the same pool with four steps at once takes half the time at most", {
  timeout: 30_000,
}, () => {
  const { cluster, facts } = large({ pace: { hostsPerPool: 4, guestsAtOnce: 4 } });
  const one = buildPlan("c", cluster, facts);
  const four = buildPlan("c", cluster, facts, { stepsAtOnce: 4 });

  if (!one.ok || !four.ok) throw new Error("refused");
  expect(four.value.schedule.makespan).toBeLessThan(one.value.schedule.makespan / 2);
  expect(checkPlan({ plan: four.value, cluster, facts }).violations).toEqual([]);
});
