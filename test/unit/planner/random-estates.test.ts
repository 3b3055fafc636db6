import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { components } from "../../../src/domain/act.ts";
import { groupKinds, vmRoles } from "../../../src/domain/inventory.ts";
import { softwareProducts, storageKinds } from "../../../src/domain/products.ts";
import { buildPlan } from "../../../src/planner/build-plan.ts";
import { type HostSketch, type PoolSketch, type Scene, scene, type VmSketch } from "../../support/builders.ts";
import { type Dice, dice, otherOrder } from "./random.ts";
import { replay } from "./replay.ts";

const families = ["xapi", "vsphere", "hyperv", "proxmox", "libvirt"];

function state(roll: Dice) {
  const patches = roll.chance(0.8)
    ? Array.from({ length: roll.between(1, 3) }, (_, i) => ({
        name: `package-${i}`,
        ...(roll.chance(0.15) ? { component: roll.one(components) } : {}),
        ...(roll.chance(0.05) ? { class: "cpu-vulnerability" as const, cves: ["CVE-2017-5715"] } : {}),
      }))
    : [];
  const runs = roll.chance(0.1) ? [roll.one(softwareProducts)] : [];
  return { patches, runs, reboot: patches.length > 0 && roll.chance(0.8), backOut: roll.chance(0.7) };
}

function pool(name: string, roll: Dice): PoolSketch {
  const hosts: Record<string, HostSketch> = {};
  const hostCount = roll.between(1, 4);
  for (let i = 1; i <= hostCount; i += 1)
    hosts[`${name}h${i}`] = { ...state(roll), gib: roll.one([32, 40, 64]), master: i === 1 };
  const room = new Map(Object.entries(hosts).map(([host, { gib = 0 }]) => [host, gib]));
  const vms: Record<string, VmSketch> = {};
  const vmCount = roll.between(0, 8);
  for (let i = 1; i <= vmCount; i += 1) {
    const on = roll.one(Object.keys(hosts));
    const gib = roll.one([2, 4, 8, 16, 30]);
    if ((room.get(on) ?? 0) < gib) continue;
    room.set(on, (room.get(on) ?? 0) - gib);
    const roles = roll.chance(0.12) ? [roll.one(vmRoles)] : [];
    vms[`${name}v${i}`] = {
      ...state(roll),
      on,
      gib,
      roles,
      running: roll.chance(0.97),
      stuck: roll.chance(0.08),
      snapshot: roll.chance(0.7),
      patcher: roll.chance(0.9),
      ...(roles.includes("management") ? { manages: name } : {}),
    };
  }
  return {
    family: roll.one(families),
    liveMigration: roll.chance(0.85),
    snapshots: roll.chance(0.8),
    switches: roll.chance(0.5) ? ["ha", "balancer"] : [],
    ...(roll.chance(0.3) ? { storage: { kind: roll.one(storageKinds) } } : {}),
    hosts,
    vms,
  };
}

function estate(seed: number): Scene {
  const roll = dice(seed);
  const pools = Object.fromEntries(
    Array.from({ length: roll.between(0, 3) }, (_, i) => [`p${i}`, pool(`p${i}`, roll)]),
  );
  const bare = Object.fromEntries(Array.from({ length: roll.between(0, 3) }, (_, i) => [`bare-${i}`, state(roll)]));
  const all = roll.shuffled([
    ...Object.keys(bare),
    ...Object.values(pools).flatMap((one) => [...Object.keys(one.hosts), ...Object.keys(one.vms ?? {})]),
  ]);
  const groups: Record<string, { kind: string; members: string[]; primary?: string }> = {};
  for (let i = 0; i < 2 && all.length >= 3; i += 1) {
    const members = all.splice(0, roll.between(2, 3));
    const [primary] = members;
    groups[`g${i}`] = {
      kind: roll.chance(0.7) ? roll.one(["domain-controllers", "quorum", "redundant"]) : roll.one(groupKinds),
      members,
      ...(primary ? { primary } : {}),
    };
  }
  const policy = {
    reboots: roll.chance(0.85) ? "when-needed" : "never",
    snapshots: roll.one(["before-guest-patch", "never"]),
  };
  return scene({ pools, bare, groups, policy });
}

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
