import { beforeAll, expect, test } from "vitest";
import type { Plan } from "../../../src/domain/plan.ts";
import { digestOf } from "../../../src/planner/digest.ts";
import type { Scene } from "../../support/builders.ts";
import { clusterA } from "./cluster-a.ts";
import { planOf } from "./plans.ts";
import { dice, otherKeyOrder, otherOrder } from "./random.ts";

let given: Scene;
let plan: Plan;
beforeAll(async () => {
  given = await clusterA();
  plan = planOf(given);
});

/** The plan of cluster-a after a change to a copy of its facts and inventory. */
function changed(change: (copy: Scene) => void): Plan {
  const copy = structuredClone(given);
  change(copy);
  return planOf(copy);
}

const machine = (scene: Scene, name: string) => {
  const found = scene.facts.machines.find((one) => one.machine === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const vm = (scene: Scene, name: string) => {
  const found = scene.facts.pools.flatMap((pool) => pool.vms).find((one) => one.vm === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

test("a digest is SHA-256 in lower-case hex over all of the plan but itself", () => {
  const { digest, ...rest } = plan;

  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(digestOf(rest)).toBe(digest);
});

test("planning twice gives the same plan", () => {
  expect(planOf(given)).toEqual(plan);
});

test.each(Array.from({ length: 10 }, (_, i) => i))(
  "the same facts and inventory in another order of keys and lists give the same plan and digest (%i)",
  (seed) => {
    const roll = dice(seed);

    const again = planOf({ cluster: otherOrder(given.cluster, roll), facts: otherOrder(given.facts, roll) });

    expect(again.digest).toBe(plan.digest);
    expect(again).toEqual(plan);
  },
);

test("a stored plan with its keys in another order has the same digest", () => {
  const { digest, ...rest } = plan;

  expect(digestOf(otherKeyOrder(rest, dice(1)))).toBe(digest);
});

test("the order of steps is part of the digest", () => {
  const { digest, ...rest } = plan;

  expect(digestOf({ ...rest, steps: [...rest.steps].reverse() })).not.toBe(digest);
});

test("the time of the reading is not part of it: the same facts a minute later are the same plan", () => {
  const later = planOf({ ...given, facts: { ...given.facts, readAt: "2030-01-01T00:00:00.000Z" } });

  expect(later.digest).toBe(plan.digest);
});

test.each<[string, (copy: Scene) => void]>([
  [
    "a version on offer",
    (copy) => {
      const [first] = machine(copy, "web-1").pending.patches;
      if (first) first.to = "9.9";
    },
  ],
  [
    "a version installed",
    (copy) => {
      const [first] = machine(copy, "xen-2").pending.patches;
      if (first) first.from = "0.0";
    },
  ],
  ["one patch less", (copy) => void machine(copy, "db-1").pending.patches.pop()],
  [
    "the need for a reboot",
    (copy) => {
      machine(copy, "web-1").pending.reboot = { needed: false, why: "no kernel" };
    },
  ],
  [
    "the way back",
    (copy) => {
      machine(copy, "db-1").pending.backOut = { possible: false, why: "the mirror dropped it" };
    },
  ],
  [
    "the place of a VM",
    (copy) => {
      vm(copy, "web-1").host = "xen-1";
    },
  ],
  [
    "a VM that cannot move any more",
    (copy) => {
      vm(copy, "web-1").migratable = { ok: false, why: "a CD is in the drive" };
    },
  ],
  [
    "the pool master",
    (copy) => {
      for (const pool of copy.facts.pools) for (const host of pool.hosts) host.poolMaster = host.host === "xen-3";
    },
  ],
  [
    "a switch that is off already",
    (copy) => {
      for (const pool of copy.facts.pools) for (const one of pool.switches) one.on = false;
    },
  ],
  [
    "the warning ahead",
    (copy) => {
      copy.cluster.policy.warnAheadMinutes = 7;
    },
  ],
  [
    "a dependency",
    (copy) => {
      copy.cluster.vms["web-1"]?.dependsOn.push("web-2");
    },
  ],
])("another digest for %s: an approval does not cover it", (_what, change) => {
  expect(changed(change).digest).not.toBe(plan.digest);
});
