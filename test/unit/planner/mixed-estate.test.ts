import { beforeAll, expect, test } from "vitest";
import { strengths } from "../../../src/domain/plan.ts";
import { draftStages } from "../../../src/planner/draft.ts";
import { orderStages } from "../../../src/planner/order.ts";
import { reasonFor } from "../../../src/planner/rules/apply.ts";
import { isMilestone } from "../../../src/planner/rules/rule.ts";
import { readWorld } from "../../../src/planner/world.ts";
import type { Scene } from "../../support/builders.ts";
import { scene } from "../../support/builders.ts";
import { planOf } from "./plans.ts";
import { replay } from "./replay.ts";

const none = { patches: [] };
const bios = { name: "bios", component: "firmware" as const };

/** Four platforms, their managers, firmware, storage, guests, a database over two hypervisors, and agents. */
const estate: Scene = scene({
  pools: {
    esx: {
      product: "vsphere",
      version: "8.0",
      switches: ["ha-admission-control"],
      storage: { kind: "vsan" },
      hosts: { esx1: { patches: ["esxi", bios] }, esx2: { patches: ["esxi", bios] }, esx3: none },
      vms: {
        vc: { on: "esx1", roles: ["management"], manages: "esx", runs: ["vcenter"] },
        sql1: { on: "esx1" },
        "win-app": {
          on: "esx2",
          os: "Windows Server 2022",
          patches: ["kb1", { name: "tools", component: "guest-tools" }],
        },
      },
    },
    xen: {
      product: "xcp-ng",
      version: "8.3",
      switches: ["ha"],
      storage: { kind: "linstor" },
      hosts: {
        xen1: { patches: ["xen", { name: "satellite", component: "storage-agent" }] },
        xen2: { master: true, patches: ["xen", { name: "satellite", component: "storage-agent" }] },
      },
      vms: { sql2: { on: "xen1" }, proxy: { on: "xen1", roles: ["slack-egress"] } },
    },
    pve: {
      product: "proxmox-ve",
      version: "8",
      storage: { kind: "ceph" },
      hosts: { pve1: {}, pve2: {} },
      vms: { sql3: { on: "pve1" }, puppet: { on: "pve2", runs: [{ product: "puppet-server", version: "7.28" }] } },
    },
    hv: {
      product: "hyper-v",
      version: "2022",
      hosts: { hv1: {}, hv2: {} },
      vms: { dc1: { on: "hv1", roles: ["domain-controller"] } },
    },
  },
  bare: { nas: { runs: ["puppet-agent"] } },
  groups: {
    ag: { kind: "sql-availability-group", members: ["sql1", "sql2", "sql3"], primary: "sql1", remote: ["sql3"] },
  },
});

let ids: readonly string[];
beforeAll(() => {
  ids = planOf(estate).stages.map(({ id }) => id);
});

test.each([
  ["vCenter before its hosts", "management/vc", "hypervisor/esx1"],
  ["the Puppet server before the agent on another machine", "management/puppet", "host-os/nas"],
  ["firmware without a bundle before the hypervisor", "firmware/esx1", "hypervisor/esx1"],
  ["LINSTOR satellites on all hosts before any reboot", "storage/xen1/storage-agent", "hypervisor/xen2"],
  ["the pool master first", "hypervisor/xen2", "hypervisor/xen1"],
  ["hosts of every pool before guests of every pool", "hypervisor/xen1", "guest-os/sql3"],
  ["the remote secondary before the local one", "guest-os/sql3", "guest-os/sql2"],
  ["the old primary last", "guest-os/sql2", "guest-os/sql1"],
  ["Windows updates before VMware Tools", "guest-os/win-app", "guest-tools/win-app"],
  ["the way to Slack after all other guests", "guest-tools/win-app", "guest-os/proxy"],
])("one plan over four platforms: %s", (_what, before, after) => {
  expect([ids.includes(before), ids.includes(after)]).toEqual([true, true]);
  expect(ids.indexOf(before)).toBeLessThan(ids.indexOf(after));
});

test("it can be played: nothing is lost, overfilled, left switched off or short of members", () => {
  expect(replay(estate, planOf(estate))).toEqual([]);
});

test("every edge names its rule, with strength, sentence, source and scope, and no edge goes backwards", () => {
  const world = readWorld("c", estate.cluster, estate.facts);
  const ordered = orderStages(world, draftStages(world).drafts);
  if (!ordered.ok) throw new Error("a circle");

  expect(ordered.edges.length).toBeGreaterThan(50);
  for (const { rule, text, before, after } of ordered.edges) {
    const reason = reasonFor(rule, text);
    expect(strengths).toContain(reason.strength);
    expect(Math.min(reason.text.length, reason.source.length, reason.scope.length)).toBeGreaterThan(0);
    if (!isMilestone(before) && !isMilestone(after))
      expect([before, after, ids.indexOf(before) < ids.indexOf(after)]).toEqual([before, after, true]);
  }
});
