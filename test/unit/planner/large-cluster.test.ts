import { expect, test } from "vitest";
import type { HostSketch, VmSketch } from "../../support/builders.ts";
import { scene } from "../../support/builders.ts";
import { planOf, targets } from "./plans.ts";
import { replay } from "./replay.ts";

test("a pool of 40 hosts and 400 VMs is planned within seconds, and the plan can be played", {
  timeout: 30_000,
}, () => {
  const hosts: Record<string, HostSketch> = {};
  const vms: Record<string, VmSketch> = {};
  for (let i = 1; i <= 40; i += 1) hosts[`h${i}`] = { master: i === 1 };
  for (let i = 1; i <= 400; i += 1) vms[`v${i}`] = { on: `h${1 + (i % 40)}` };
  const given = scene({ pools: { p: { switches: ["ha"], hosts, vms } } });

  const plan = planOf(given);

  expect(targets(plan)).toHaveLength(440);
  expect(replay(given, plan)).toEqual([]);
});
