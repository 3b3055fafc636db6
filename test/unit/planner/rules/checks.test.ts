import { expect, test } from "vitest";
import type { CheckName, PoolFacts } from "../../../../src/domain/facts.ts";
import { planOf, refusalOf } from "../plans.ts";
import { none, pool } from "./cases/case.ts";

const ceph = (checks?: PoolFacts["checks"], hosts?: Parameters<typeof pool>[2]) =>
  pool("proxmox-ve", "8", { storage: { kind: "ceph" }, ...(checks ? { checks } : {}), ...hosts });
const decisions = (plan: ReturnType<typeof planOf>) => plan.decisions.map((reason) => `${reason.rule}: ${reason.text}`);

test("a check that nobody answers is put to the people who approve", () => {
  expect(decisions(planOf(ceph()))).toContain(
    "R42: look before you approve (p): HEALTH_OK and all groups active+clean, before every host",
  );
});

test("a check that the driver answers with yes is not asked again", () => {
  const plan = planOf(ceph([{ name: "ceph-healthy", ok: true, why: "HEALTH_OK" }]));

  expect(decisions(plan).filter((text) => text.includes("look before you approve (p): HEALTH_OK"))).toEqual([]);
});

test.each<[string, CheckName, ReturnType<typeof pool>]>([
  ["R4", "ncc-passes", pool("nutanix", undefined)],
  ["R20", "no-cd-inserted", pool("xcp-ng", "8.3")],
  ["R31", "no-fault-tolerance", pool("vsphere", "8.0")],
  ["R32", "evc-on", pool("vsphere", "8.0")],
  ["R33", "no-resync", pool("vsphere", "8.0", { storage: { kind: "vsan" } })],
  ["R39", "disks-healthy", pool("hyper-v", "2022", { storage: { kind: "s2d" } })],
  ["R42", "ceph-healthy", ceph()],
  ["R43", "no-mirror-rebuild", pool("xenserver", "8", { storage: { kind: "xapi-mirror" } })],
  ["R44", "heal-entries-zero", pool("ovirt", "4.4", { storage: { kind: "gluster" } })],
  ["R45", "clock-in-sync", pool("kubevirt", undefined)],
  ["R46", "deployments-disabled", pool("cloudstack", undefined)],
  ["R47", "recovery-told", pool("openstack", undefined)],
  ["R51", "module-builds", pool("virtualbox", undefined)],
  ["R55", "no-reboot-pending", pool("hyper-v", "2022")],
])("refuses by %s when the check %s has failed", (rule, name, sketch) => {
  const { p } = sketch.pools ?? {};
  if (!p) throw new Error("no pool");

  const refusal = refusalOf({ pools: { p: { ...p, checks: [{ name, ok: false, why: "it is not" }] } } });

  expect(refusal.message).toMatch(new RegExp(`^p: it is not \\(rule ${rule}: `));
  expect(refusal.next).toContain("ask for a new plan");
});

test("a failed check of hosts does not stop a plan in which only guests are patched", () => {
  const plan = planOf(
    ceph([{ name: "ceph-healthy", ok: false, why: "one OSD is down" }], {
      hosts: { h1: none },
      vms: { a: { on: "h1" } },
    }),
  );

  expect(plan.stages.map(({ id }) => id)).toEqual(["guest-os/a"]);
});

test("a failed check that no rule in scope asks for is nobody's business", () => {
  const plan = planOf(pool("proxmox-ve", "8", { checks: [{ name: "evc-on", ok: false, why: "no EVC here" }] }));

  expect(plan.stages).toHaveLength(2);
});
