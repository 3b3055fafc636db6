import { expect, test } from "vitest";
import { planOf, refusalOf, rulesOf, stepsOn, stepWords } from "./plans.ts";

const none = { patches: [] };
const moves = (words: readonly string[]) => words.filter((word) => word.startsWith("migrate"));

test("R28: the next host is emptied onto hosts that are patched already", () => {
  const plan = planOf({
    pools: { p: { family: "proxmox", hosts: { h1: {}, h2: {}, h3: {} }, vms: { a: { on: "h2", ...none } } } },
  });

  expect(moves(stepWords(plan))).toEqual(["migrate a h2>h1"]);
  expect(plan.stages[1]?.reasons.map((reason) => reason.text)).toContain("a moves to h1: h1 is already patched");
});

test("R28: a host with nothing pending counts as patched", () => {
  const plan = planOf({
    pools: { p: { family: "proxmox", hosts: { h1: {}, h2: {}, h3: none }, vms: { a: { on: "h1", ...none } } } },
  });

  expect(moves(stepWords(plan))).toEqual(["migrate a h1>h3"]);
});

test("R28 has nothing to say when no patched host has room: then the emptiest one is taken, and it is said", () => {
  const plan = planOf({
    pools: {
      p: { family: "proxmox", hosts: { h1: {}, h2: { gib: 32 }, h3: { gib: 64 } }, vms: { a: { on: "h1", ...none } } },
    },
  });

  expect(moves(stepsOn(plan, "h1"))).toEqual(["migrate a h1>h3"]);
  expect(plan.stages[0]?.reasons.map((reason) => reason.text)).toContain(
    "a moves to h3: h3 has room; no patched host has",
  );
});

test("R28: a VM moves once in a rolling pool and never back to an older host", () => {
  const vms = Object.fromEntries(["a", "b", "c"].map((name, i) => [name, { on: `h${i + 1}`, ...none }]));
  const plan = planOf({ pools: { p: { hosts: { h1: { master: true }, h2: {}, h3: {} }, vms } } });

  const patched = new Set<string>();
  for (const { act } of plan.steps) {
    if (act.do === "patch") patched.add(act.machine);
    if (act.do === "migrate" && patched.size > 0) expect([act.vm, patched.has(act.to)]).toEqual([act.vm, true]);
  }
});

test("refuses a plan when a VM fits nowhere, with its size, the largest gap and what to do", () => {
  const refusal = refusalOf({
    pools: {
      p: {
        hosts: { h1: { gib: 64 }, h2: { gib: 32 } },
        vms: { big: { on: "h1", gib: 40, ...none }, other: { on: "h2", gib: 2, ...none } },
      },
    },
  });

  expect(refusal).toMatchObject({
    reason: "no-capacity",
    message:
      "host h1 cannot be emptied: big needs 40 GiB of memory, the largest of the other hosts has room for 32 GiB of memory when it is empty",
    next: "with big stopped for 7 min, host h1 can be emptied; or free room in p, then ask for a new plan",
  });
});

test("refuses to empty the only host of a pool", () => {
  const refusal = refusalOf({ pools: { p: { hosts: { h1: {} }, vms: { a: { on: "h1", ...none } } } } });

  expect(refusal.message).toBe("host h1 cannot be emptied: a has nowhere to go, its pool has no other host");
});

test("all hosts that cannot be emptied are named at once", () => {
  const refusal = refusalOf({
    pools: {
      p: {
        hosts: { h1: { gib: 16 }, h2: { gib: 16 } },
        vms: { a: { on: "h1", gib: 10, ...none }, b: { on: "h2", gib: 10, ...none } },
      },
    },
  });

  expect(refusal.blockers?.map((blocker) => blocker.where)).toEqual(["h1", "h2"]);
});

test("a VM that is switched off takes no room and is not moved", () => {
  const plan = planOf({
    pools: {
      p: {
        hosts: { h1: { gib: 16 }, h2: { gib: 16 } },
        vms: { a: { on: "h1", gib: 10, ...none }, off: { on: "h2", gib: 10, running: false, ...none } },
      },
    },
  });

  expect(moves(stepsOn(plan, "h1"))).toEqual(["migrate a h1>h2"]);
  expect(stepWords(plan).join()).not.toContain("off");
});

test("a VM that nobody wrote into the inventory is moved all the same: it would go down as well", () => {
  const plan = planOf({
    pools: { p: { hosts: { h1: {}, h2: none }, vms: { stranger: { on: "h1", patcher: false } } } },
  });

  expect(moves(stepWords(plan))).toEqual(["migrate stranger h1>h2"]);
});

test("a VM moves beside no other member of its group when there is a choice", () => {
  const plan = planOf({
    pools: {
      p: {
        hosts: { h1: {}, h2: { gib: 128, ...none }, h3: { gib: 32, ...none } },
        vms: { "db-1": { on: "h1", ...none }, "db-2": { on: "h2", ...none } },
      },
    },
    groups: { db: { kind: "redundant", members: ["db-1", "db-2"] } },
  });

  expect(moves(stepWords(plan))).toEqual(["migrate db-1 h1>h3"]);
});

test("a VM that cannot move goes down with its host: the downtime is said, and it is started again on the same host", () => {
  const plan = planOf({
    pools: { p: { hosts: { h1: {}, h2: none }, vms: { gpu: { on: "h1", stuck: true, ...none } } } },
  });

  expect(stepsOn(plan, "h1")).toEqual([
    "stop-vm gpu",
    "enter-maintenance h1",
    "patch h1",
    "reboot h1",
    "check-health h1",
    "leave-maintenance h1",
    "start-vm gpu h1",
  ]);
  // 30 into maintenance, 100 patch, 200 reboot, 15 check, 30 out of maintenance, 40 start.
  expect(plan.steps[0]?.outages).toEqual([
    { machine: "gpu", seconds: 415, why: "goes down with h1: a GPU is passed through" },
  ]);
  expect(plan.noDowntime).toEqual([]);
});

test("without live migration every VM goes down with its host, with the platform's reason", () => {
  const plan = planOf({
    pools: { p: { liveMigration: false, hosts: { h1: {}, h2: none }, vms: { a: { on: "h1", ...none } } } },
  });

  expect(stepsOn(plan, "h1")[0]).toBe("stop-vm a");
  expect(plan.steps[0]?.outages[0]?.why).toBe("goes down with h1: no shared storage");
});

test("R36: no reboot, no evacuation: nothing moves and the host stays in service", () => {
  const plan = planOf({
    pools: { p: { hosts: { h1: { reboot: false }, h2: {} }, vms: { a: { on: "h1", ...none } } } },
  });

  expect(stepsOn(plan, "h1")).toEqual(["patch h1", "check-health h1"]);
  expect(rulesOf(plan, "h1")).not.toContain("R28");
});

test("policy `reboots: never`: patches are installed, nothing is moved or rebooted, and it is said that a reboot is left", () => {
  const plan = planOf({
    policy: { reboots: "never" },
    bare: { nas: {} },
    pools: { p: { hosts: { h1: {}, h2: {} }, vms: { a: { on: "h1" } } } },
  });

  expect(stepWords(plan).filter((word) => /reboot|migrate|maintenance|stop/.test(word))).toEqual([]);
  expect(stepWords(plan)).toContain("patch h1");
  expect(plan.steps.flatMap((step) => step.outages)).toEqual([]);
  const said = plan.stages[0]?.reasons.map((reason) => reason.text);
  expect(said).toContain("reboot needed (new kernel), but left to you: policy says never");
});
