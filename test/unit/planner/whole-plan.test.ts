import { beforeAll, expect, test } from "vitest";
import type { Plan } from "../../../src/domain/plan.ts";
import type { Scene } from "../../support/builders.ts";
import { clusterA } from "./cluster-a.ts";
import { planOf, rulesOf, stepsOn, stepWords, targets } from "./plans.ts";
import { replay } from "./replay.ts";

let clusterAScene: Scene;
let plan: Plan;
beforeAll(async () => {
  clusterAScene = await clusterA();
  plan = planOf(clusterAScene);
});

test("cluster-a: vCenter, ESXi hosts, Xen master first, guests by name, the Slack proxy last", () => {
  expect(targets(plan)).toEqual([
    "vcenter-1",
    "esx-1",
    "esx-2",
    "xen-1",
    "xen-2",
    "xen-3",
    "db-1",
    "db-2",
    "db-3",
    "dc-1",
    "dc-2",
    "render-1",
    "web-1",
    "web-2",
    "proxy-1",
  ]);
});

test("cluster-a: played step by step, nothing runs out of memory, goes down by surprise or stays switched off", () => {
  expect(replay(clusterAScene, plan)).toEqual([]);
});

test("cluster-a: the replay notices what it is for", () => {
  const broken = (change: (steps: Plan["steps"]) => Plan["steps"]) =>
    replay(clusterAScene, { ...plan, steps: change(plan.steps) });
  const without = (kind: string) => broken((steps) => steps.filter((step) => step.act.do !== kind));

  expect(without("migrate").join()).toContain("still carries");
  expect(without("leave-maintenance").join()).toContain("is never closed");
  expect(without("set-switch").join()).toBe("");
  expect(without("start-vm").join()).toContain("is never closed");
  expect(without("stop-vm").join()).toContain("still carries render-1");
  expect(without("remove-snapshot").join()).toContain("is never closed");
  expect(broken((steps) => steps.map((step) => ({ ...step, undo: null }))).join()).toContain("without a way back");
});

test("cluster-a: the replay notices a host that is too small for what the plan puts on it", () => {
  const small = structuredClone(clusterAScene);
  for (const pool of small.facts.pools)
    for (const host of pool.hosts) if (host.host === "xen-1") host.memoryMiB = 28 * 1024;

  expect(replay(small, plan).join()).toContain("xen-1 has not enough memory");
});

test("cluster-a: every switch is off before the first host of its pool and on again after the last", () => {
  const words = stepWords(plan);
  const at = (word: string) => words.indexOf(word);

  for (const [pool, name, hosts] of [
    ["xen-pool", "ha", ["xen-1", "xen-2", "xen-3"]],
    ["esx-cluster", "ha-admission-control", ["esx-1", "esx-2"]],
  ] as const) {
    for (const host of hosts) {
      expect(at(`${name} off ${pool}`)).toBeLessThan(at(`enter-maintenance ${host}`));
      expect(at(`${name} on ${pool}`)).toBeGreaterThan(at(`leave-maintenance ${host}`));
    }
    expect(at(`${name} off ${pool}`)).toBeGreaterThanOrEqual(0);
  }
});

test("cluster-a: every step that switches something off has an undo and exactly one later step that closes it", () => {
  const switches = plan.steps.filter((step) => step.undo?.kind === "switch");

  expect(switches.length).toBeGreaterThan(5);
  for (const step of switches) {
    const closing = plan.steps.filter((later) => later.closes === step.id);
    expect([step.id, closing.length]).toEqual([step.id, 1]);
    expect(closing[0]?.id.localeCompare(step.id)).toBe(1);
  }
});

test("cluster-a: a host is patched only between entering and leaving maintenance, and checked before it serves again", () => {
  for (const host of ["xen-1", "xen-2", "xen-3", "esx-1", "esx-2"]) {
    const own = stepsOn(plan, host).filter((word) => !word.startsWith("migrate") && !word.includes("-vm"));
    expect(own).toEqual([
      `enter-maintenance ${host}`,
      `patch ${host}`,
      `reboot ${host}`,
      `check-health ${host}`,
      `leave-maintenance ${host}`,
    ]);
  }
});

test("cluster-a: the VM with a GPU goes down with its host, with the downtime said, and is started again", () => {
  const stop = plan.steps.find((step) => step.act.do === "stop-vm");

  expect(stepsOn(plan, "xen-3").filter((word) => word.includes("render-1"))).toEqual([
    "stop-vm render-1",
    "start-vm render-1 xen-3",
  ]);
  expect(stop?.outages).toEqual([
    {
      machine: "render-1",
      seconds: expect.any(Number),
      why: "goes down with xen-3: a GPU of xen-3 is passed through to it",
    },
  ]);
  expect(stop?.outages[0]?.seconds).toBeGreaterThan(8 * 60 + 5 * 60);
});

test("cluster-a: domain controllers, quorum members and the GPU VM get no snapshot, the others do", () => {
  const snapshots = stepWords(plan).filter((word) => word.startsWith("snapshot"));

  expect(snapshots.sort()).toEqual(["snapshot proxy-1", "snapshot vcenter-1", "snapshot web-1", "snapshot web-2"]);
});

test("cluster-a: web-2 needs no reboot and has no downtime; files-1 has nothing to do; both are said", () => {
  expect(stepsOn(plan, "web-2").some((word) => word.startsWith("reboot"))).toBe(false);
  expect(plan.noDowntime).toContainEqual({
    machine: "web-2",
    why: "live migration, pause about 0.3 s; patched without a reboot",
  });
  expect(plan.untouched).toEqual([{ machine: "files-1", why: "nothing pending" }]);
});

test("cluster-a: every stage has a reason with a rule, and no reason is empty", () => {
  for (const stage of plan.stages) {
    expect([stage.id, stage.reasons.length > 0]).toEqual([stage.id, true]);
    for (const reason of stage.reasons) expect(reason.text.length * reason.source.length).toBeGreaterThan(0);
  }
});

test("cluster-a: the rules that speak are those of the platforms in it", () => {
  expect(rulesOf(plan, "vcenter-1")).toContain("R2");
  expect(rulesOf(plan, "xen-2")).toContain("R19");
  expect(rulesOf(plan, "esx-1")).not.toContain("R49");
  expect(rulesOf(plan, "dc-2")).toContain("R58");
  expect(rulesOf(plan, "db-2")).toContain("R66");
  expect(rulesOf(plan, "proxy-1")).toContain("R78");
});

test("cluster-a: back-out is told for every stage, and says so where there is none", () => {
  const backOutOf = (target: string) => plan.stages.find((stage) => stage.target === target)?.backOut;

  expect(backOutOf("xen-2")).toMatchObject({ possible: false, text: expect.stringMatching(/no way back/) });
  expect(backOutOf("web-1")).toMatchObject({ possible: true, text: expect.stringMatching(/snapshot/) });
  expect(backOutOf("db-1")).toMatchObject({ possible: true, text: expect.stringMatching(/packages go back/) });
});

test("cluster-a: the plan's time is the sum of its steps, and says where the estimates come from", () => {
  expect(plan.seconds).toBe(plan.steps.reduce((sum, step) => sum + step.seconds, 0));
  expect(plan.estimateSources.length).toBeGreaterThan(0);
  expect(plan.simulated).toBe(true);
  expect(plan.warnAheadSeconds).toBe(120);
});
