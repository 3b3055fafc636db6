import { expect, test } from "vitest";
import type { Undo } from "../../../src/domain/plan.ts";
import { planOf, stepsOn, stepWords } from "./plans.ts";

const guest = (vm: object = {}, more: object = {}) => ({
  pools: { p: { hosts: { h1: { patches: [] } }, vms: { a: { on: "h1", ...vm } }, ...more } },
});

const undoOf = (plan: ReturnType<typeof planOf>, word: string): Undo | null =>
  plan.steps[stepWords(plan).indexOf(word)]?.undo ?? null;

test("a guest gets a snapshot, its patches, a reboot, a check, and the snapshot is removed", () => {
  const plan = planOf(guest());

  expect(stepsOn(plan, "a")).toEqual(["snapshot a", "patch a", "reboot a", "check-health a", "remove-snapshot a"]);
});

test("with a snapshot, the way back is the snapshot, and what it loses is said", () => {
  const plan = planOf(guest());

  expect(undoOf(plan, "patch a")).toMatchObject({
    kind: "change",
    acts: [{ do: "revert-snapshot", vm: "a" }],
    loses: expect.stringContaining("everything written on a"),
  });
});

test.each([
  ["the policy says never", guest(), { policy: { snapshots: "never" } }],
  ["the VM says no", guest({ snapshot: false }), {}],
  ["the platform cannot", guest({}, { snapshots: false }), {}],
])("no snapshot is taken when %s; the way back is the old packages", (_why, sketch, policy) => {
  const plan = planOf({ ...sketch, ...policy });

  expect(stepsOn(plan, "a")).toEqual(["patch a", "reboot a", "check-health a"]);
  expect(undoOf(plan, "patch a")?.acts.map((act) => act.do)).toEqual(["revert-patches", "reboot", "check-health"]);
});

test("the stage of a VM that takes no snapshot and has no way back says both", () => {
  const plan = planOf(guest({ snapshot: false, backOut: false }));

  expect(undoOf(plan, "patch a")).toBeNull();
  expect(plan.stages[0]?.backOut).toEqual({
    possible: false,
    text: "no way back. No snapshot: it is a member of a quorum.",
  });
});

test("a patch that needs no reboot is taken back without one", () => {
  const plan = planOf(guest({ reboot: false, snapshot: false }));

  expect(stepsOn(plan, "a")).toEqual(["patch a", "check-health a"]);
  expect(undoOf(plan, "patch a")?.acts.map((act) => act.do)).toEqual(["revert-patches", "check-health"]);
});

test("a guest's reboot is a downtime with its length and reason", () => {
  const plan = planOf(guest());

  expect(plan.steps.flatMap((step) => step.outages)).toEqual([{ machine: "a", seconds: 200, why: "new kernel" }]);
});

test("every act that switches something off is undone by its exact opposite", () => {
  const plan = planOf({
    pools: {
      p: { switches: ["ha"], hosts: { h1: {}, h2: {} }, vms: { gpu: { on: "h1", stuck: true }, a: { on: "h2" } } },
    },
  });

  expect(undoOf(plan, "ha off p")?.acts).toEqual([{ do: "set-switch", pool: "p", name: "ha", on: true }]);
  expect(undoOf(plan, "stop-vm gpu")?.acts).toEqual([{ do: "start-vm", pool: "p", vm: "gpu", host: "h1" }]);
  expect(undoOf(plan, "enter-maintenance h1")?.acts).toEqual([{ do: "leave-maintenance", pool: "p", host: "h1" }]);
  expect(undoOf(plan, "snapshot a")?.acts).toEqual([
    { do: "remove-snapshot", pool: "p", vm: "a", name: "tuesday-before-patch" },
  ]);
});

test("a switch that is off already, or that may stay on, is left alone", () => {
  const given = planOf({ pools: { p: { switches: ["ha"], hosts: { h1: {} } } } });

  expect(stepWords(given)).toContain("ha off p");
  expect(stepWords(planOf({ pools: { p: { hosts: { h1: {} } } } })).join()).not.toContain("off p");
});

test("step ids count up without a gap, and each step belongs to a stage", () => {
  const plan = planOf({ pools: { p: { switches: ["ha"], hosts: { h1: {}, h2: {} }, vms: { a: { on: "h1" } } } } });

  expect(plan.steps.map((step) => step.id)).toEqual(plan.steps.map((_step, i) => `s${String(i + 1).padStart(3, "0")}`));
  const stages = plan.stages.map((stage) => stage.id);
  expect(plan.steps.filter((step) => !stages.includes(step.stage))).toEqual([]);
});

test("machines without a patcher and machines with nothing pending are left out, each with the reason", () => {
  const plan = planOf({ bare: { h1: {}, h2: { patches: [] }, h3: { patcher: false } } });

  expect(plan.untouched).toEqual([
    { machine: "h2", why: "nothing pending" },
    { machine: "h3", why: "no patcher in the inventory: Tuesday does not patch it" },
  ]);
});
