import { willReboot } from "../world.ts";
import type { Rule } from "./rule.ts";
import { hostStages, hostsApart, switchEdges } from "./select.ts";

const proxmox = ["proxmox-ve"] as const;
const kvm = ["libvirt", "proxmox-ve", "ovirt", "rhv", "kubevirt", "harvester", "cloudstack"] as const;
export const clusterMaintenance = {
  words: "oVirt, RHV 4.1-4.4",
  products: ["ovirt", "rhv"],
  versions: { from: "4.1", below: "4.5" },
} as const;

/** KVM and what manages it: Proxmox VE, libvirt, oVirt (order-rules.md sections 3 and 4). */
export const kvmRules: readonly Rule[] = [
  {
    id: "R25",
    scope: { words: "Proxmox VE", products: proxmox },
    strength: "vendor",
    text: "One node after another, never all; without a CRM master a node can be fenced by its watchdog.",
    source: 'proxmox/pve-docs:ha-manager.adoc@e5010dce "Package Updates"',
    checked: "2026-11",
    separates: ({ pools }, _world, ordered) =>
      hostsApart(pools, ordered, (before) => `one node after another: ${before.target} is back and healthy first`),
    remarks: ({ pools }, _world, drafts) =>
      pools
        .filter(({ pool }) => hostStages(drafts, pool).length > 1)
        .map(({ pool }) => ({
          text: `${pool}: one node after another, with its resource managers restarted one by one`,
        })),
  },
  {
    id: "R26",
    scope: { words: "Proxmox VE / QEMU machine types", products: proxmox },
    strength: "recommended",
    text: "Live migration from old to new works, from new to old does not.",
    source:
      "gitlab.torproject.org/tpo/tpa/wiki-replica/-/commit/2f1db597ff3212eb577c8e7c0d67d5dfb7bf2253; ashimov.com/posts/proxmox-no-downtime-upgrades/ (practitioners)",
    checked: "2026-11",
    remarks: ({ pools }, _world, drafts) =>
      pools
        .filter(({ pool }) => hostStages(drafts, pool).length > 1)
        .map(({ pool }) => ({
          text: `${pool}: VMs move from old nodes to new ones, and are not moved back during the run`,
        })),
  },
  {
    id: "R29",
    scope: { words: "oVirt", products: ["ovirt", "rhv"] },
    strength: "vendor",
    text: "In an in-cluster upgrade VMs may only migrate to newer hosts.",
    source: "ovirt.org/develop/release-management/features/infra/inclusterupgrade.html",
    checked: "2026-11",
    remarks: ({ pools }, _world, drafts) =>
      pools
        .filter(({ pool }) => hostStages(drafts, pool).length > 1)
        .map(({ pool }) => ({ text: `${pool}: VMs move to newer hosts only; the engine filters the others out` })),
  },
  {
    id: "R30",
    scope: clusterMaintenance,
    strength: "recommended",
    text: "Set the cluster_maintenance policy first (no new VMs except highly available ones), restore it at the end.",
    source:
      "access.redhat.com/documentation/en-us/red_hat_virtualization/4.4/html/technical_reference/load_balancing_policy_cluster_maintenance; oVirt/ovirt-ansible-collection:roles/cluster_upgrade@827dcc9b",
    checked: "2026-11",
    general: true,
    tellsFirst: true,
    edges: ({ pools }, _world, drafts) => switchEdges(pools, drafts),
    remarks: ({ pools }, _world, drafts) =>
      pools
        .filter(({ pool, switches }) => hostStages(drafts, pool).length > 0 && switches.length === 0)
        .map(({ pool }) => ({
          text: `${pool}: set the policy cluster_maintenance before the run and the old one after it; no driver does it`,
        })),
  },
  {
    id: "R50",
    scope: { words: "KVM/QEMU", products: kvm },
    strength: "vendor",
    text: "A running QEMU keeps the old code after a package update, until the VM is stopped and started or moved to an updated host.",
    source: "listman.redhat.com/archives/libvir-list/2017-September/153318.html",
    checked: "2026-11",
    remarks: ({ pools }, world, drafts) =>
      pools.flatMap(({ pool, vms }) =>
        hostStages(drafts, pool)
          .filter(({ machine }) => machine?.pending.patches.some(({ name }) => /qemu|kvm/i.test(name)))
          .filter(({ machine }) => !willReboot(world, machine))
          .flatMap(({ id, target }) => {
            const old = vms.filter((vm) => vm.running && vm.host === target).map(({ vm }) => vm);
            const text = `${old.join(", ")} keep the old QEMU until they are stopped and started, or moved to an updated host`;
            return old.length > 0 ? [{ stage: id, text }] : [];
          }),
      ),
  },
  {
    id: "R52",
    scope: { words: "libvirt", products: ["libvirt"] },
    strength: "vendor",
    text: "libvirt-guests suspends guests at host shutdown by default; clusters and domain controllers must be shut down instead.",
    source: "libvirt/libvirt:docs/manpages/libvirt-guests.rst",
    checked: "2026-11",
    remarks: ({ pools }, world, drafts) =>
      pools.flatMap(({ pool, vms, capabilities }) =>
        hostStages(drafts, pool)
          .filter(({ machine }) => willReboot(world, machine))
          .flatMap(({ id, target }) => {
            const stay = vms.filter(
              (vm) => vm.running && vm.host === target && !(capabilities.liveMigration.ok && vm.migratable.ok),
            );
            const names = stay.map(({ vm }) => vm).join(", ");
            const text = `${names}: shut down before the reboot and started after it, never suspended by libvirt-guests`;
            return stay.length > 0 ? [{ stage: id, text }] : [];
          }),
      ),
  },
];
