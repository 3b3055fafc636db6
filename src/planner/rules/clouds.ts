import { willReboot } from "../world.ts";
import { chain, type Rule } from "./rule.ts";
import type { Scope } from "./scope.ts";
import { hostStages, switchEdges } from "./select.ts";

export const recoveryEngines: Scope = {
  words: "OpenStack Masakari, Proxmox VE (XCP-ng: R20)",
  products: ["openstack", "proxmox-ve"],
};

/** Clouds, and hosted hypervisors (order-rules.md sections 3 and 4). */
export const cloudRules: readonly Rule[] = [
  {
    id: "R45",
    scope: { words: "KubeVirt, Harvester", products: ["kubevirt", "harvester"] },
    strength: "recommended",
    text: "Drain by live migration, at most 5 in a cluster and 2 on a node; 30 GiB free and the clock in sync.",
    source: "kubevirt/user-guide@bf1f3564; Harvester docs/upgrade/automatic.md",
    checked: "2026-11",
    remarks: ({ pools }, _world, drafts) =>
      pools
        .filter(({ pool }) => hostStages(drafts, pool).length > 0)
        .map(({ pool }) => ({
          text: `${pool}: one live migration at a time; the platform allows 5, and 2 on one node`,
        })),
    checks: [{ name: "clock-in-sync", text: "30 GiB are free on every node and its clock is in sync" }],
  },
  {
    id: "R46",
    scope: { words: "CloudStack KVM", products: ["cloudstack"] },
    strength: "recommended",
    text: "Clusters one after another; all hosts checked before the first, capacity before each; no deployments meanwhile.",
    source: "apache/cloudstack-documentation:source/adminguide/hosts.rst:1045-1090@3df78283",
    checked: "2026-11",
    separates: ({ pools }, _world, ordered) => {
      const names = pools.map(({ pool }) => pool);
      const hosts = ordered.filter(({ kind, pool }) => kind === "host" && pool !== null && names.includes(pool));
      return chain(hosts, (before, after) =>
        before.pool === after.pool
          ? `capacity is checked again after ${before.target}`
          : `cluster ${before.pool} is done before ${after.pool}`,
      );
    },
    checks: [{ name: "deployments-disabled", text: "new deployments to the cluster are disabled" }],
  },
  {
    id: "R47",
    scope: recoveryEngines,
    strength: "vendor",
    text: "Tell the recovery engine that a host is down on purpose, or it will rescue your reboot.",
    source: "openstack/masakari:api-ref/source/hosts.inc; order-rules.md R20, R25",
    checked: "2026-11",
    general: true,
    tellsFirst: true,
    edges: ({ pools }, _world, drafts) => switchEdges(pools, drafts),
    checks: [{ name: "recovery-told", text: "the recovery engine knows that the hosts go down on purpose" }],
  },
  {
    id: "R51",
    scope: {
      words: "hosted type 2: VMware Workstation and Server, VirtualBox",
      products: ["virtualbox", "vmware-workstation", "vmware-server"],
    },
    strength: "inference",
    text: "Stop guests, check that the module builds for the new kernel, kernel and hypervisor together, rebuild modules, reboot, start guests.",
    source: "servervirtualization.blogs.techtarget.com/category/linux-and-virtualization/",
    checked: "2026-11",
    remarks: ({ pools }, world, drafts) =>
      pools
        .flatMap(({ pool }) => hostStages(drafts, pool))
        .filter(({ machine }) => willReboot(world, machine))
        .map(({ id }) => ({
          stage: id,
          text: "guests stop first; kernel, hypervisor and its modules go in together; guests start after the reboot",
        })),
    checks: [{ name: "module-builds", text: "the hypervisor's kernel module builds for the new kernel" }],
  },
];
