import { expect, test } from "vitest";
import { scene } from "../../../support/builders.ts";
import { planOf, rulesOf, stepsOn } from "../plans.ts";
import { replay } from "../replay.ts";
import { none, pool } from "./cases/case.ts";
import { stretched } from "./cases/storage.ts";

const carried = pool("proxmox-ve", "8", {
  storage: { kind: "linstor" },
  vms: {
    a: { on: "h1", ...none },
    s1: { on: "h1", roles: ["storage-controller"] },
    s2: { on: "h2", roles: ["storage-controller"], ...none },
  },
});

test("R76: a storage controller goes down with its host, never to another one, and gets no snapshot", () => {
  const plan = planOf(carried);

  expect(stepsOn(plan, "s1")).toEqual(["patch s1", "reboot s1", "check-health s1"]);
  expect(stepsOn(plan, "h1").filter((word) => / s1\b/.test(word))).toEqual(["stop-vm s1", "start-vm s1 h1"]);
  expect(stepsOn(plan, "h1")[0]).toBe("migrate a h1>h2");
  expect(replay(scene(carried), plan)).toEqual([]);
});

test("R76: controllers and their hosts are kept apart, one after another", () => {
  const plan = planOf(carried);

  for (const target of ["h1", "h2"])
    expect(plan.stages.find((stage) => stage.target === target)?.reasons.map((reason) => reason.text)).toContainEqual(
      expect.stringMatching(new RegExp(`is back and the storage healthy before ${target}$`)),
    );
});

test("R76: where no VM carries the storage there is nothing to keep apart", () => {
  const plan = planOf(pool("proxmox-ve", "8", { storage: { kind: "ceph" }, vms: { a: { on: "h1" } } }));

  expect([...rulesOf(plan, "h2"), ...rulesOf(plan, "a")]).not.toContain("R76");
});

test("R33: the vSAN witness has a vote: it is never down together with a host of the pool it serves", () => {
  const plan = planOf(stretched("8.0"));

  expect(rulesOf(plan, "h2")).toContain("R33");
  expect(plan.stages.find(({ id }) => id === "hypervisor/h2")?.reasons.map((reason) => reason.text)).toContain(
    "vSAN: wit is back and nothing resyncs before the next vote goes down",
  );
});
