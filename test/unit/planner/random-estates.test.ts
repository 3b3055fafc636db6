import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { buildPlan } from "../../../src/planner/build-plan.ts";
import { dice, otherOrder } from "./random.ts";
import { estate } from "./random-scenes.ts";
import { replay } from "./replay.ts";

const seeds = Array.from({ length: 300 }, (_, i) => i + 1);
const made = seeds.map((seed) => {
  const { cluster, facts } = estate(seed);
  return { seed, cluster, facts, result: buildPlan("c", cluster, facts) };
});

test("300 random estates: a good part can be planned, and a good part is refused", () => {
  const planned = made.filter(({ result }) => result.ok).length;

  expect(planned).toBeGreaterThan(75);
  expect(planned).toBeLessThan(260);
});

test("among the refusals of random estates are full hosts, circles and groups that fall short", () => {
  const reasons = made.flatMap(({ result }) =>
    result.ok ? [] : (result.blockers ?? [result]).map((one) => one.reason),
  );
  const count = (reason: string) => reasons.filter((one) => one === reason).length;

  for (const reason of ["no-capacity", "circular", "blocked"])
    expect([reason, count(reason) > 5]).toEqual([reason, true]);
});

test("every plan of a random estate can be played: no VM is lost, no host overfilled, no switch left, no group short", {
  timeout: 30_000,
}, () => {
  const wrong = made.flatMap(({ seed, cluster, facts, result }) =>
    result.ok ? replay({ cluster, facts }, result.value).map((what) => `estate ${seed}: ${what}`) : [],
  );

  expect(wrong).toEqual([]);
});

test("every refusal of a random estate says what, where and what to do", () => {
  for (const { result } of made) {
    if (result.ok) continue;
    for (const one of [result, ...(result.blockers ?? [])]) {
      expect(one.message.length).toBeGreaterThan(10);
      expect(one.next.length).toBeGreaterThan(10);
    }
  }
});

test("every machine of a random estate is in the plan or in the list of untouched ones, with the reason", {
  timeout: 30_000,
}, () => {
  for (const { cluster, result } of made) {
    if (!result.ok) continue;
    const told = [
      ...result.value.stages.map((stage) => stage.target),
      ...result.value.untouched.map((one) => one.machine),
    ];
    const machines = [...Object.keys(cluster.hosts), ...Object.keys(cluster.vms)];
    expect(machines.filter((machine) => !told.includes(machine))).toEqual([]);
  }
});

test("the same random estate written and read in another order gives the same plan, to the digest", {
  timeout: 30_000,
}, () => {
  const differing = made.filter(({ seed, cluster, facts, result }) => {
    const roll = dice(seed + 10_000);
    const again = buildPlan("c", otherOrder(cluster, roll), otherOrder(facts, roll));
    return !isDeepStrictEqual(again, result);
  });

  expect(differing.map(({ seed }) => seed)).toEqual([]);
});

test("with reboots forbidden by policy, no random estate is rebooted, emptied or put in maintenance", {
  timeout: 30_000,
}, () => {
  const wrong = made.flatMap(({ seed, cluster, facts }) => {
    const result = buildPlan("c", { ...cluster, policy: { ...cluster.policy, reboots: "never" } }, facts);
    if (!result.ok) return [];
    const away = result.value.steps.filter(
      ({ act, outages }) =>
        outages.length > 0 || ["reboot", "enter-maintenance", "migrate", "stop-vm"].includes(act.do),
    );
    return away.map((step) => `estate ${seed}: ${step.title}`);
  });

  expect(wrong).toEqual([]);
});
