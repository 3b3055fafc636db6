import type { HostSketch, PoolSketch } from "../../../../support/builders.ts";
import { none, pool, type RuleCase, two } from "./case.ts";

const switches = ["ha"];
const stuckOnly = { vms: { a: { on: "h1", stuck: true, ...none } } };
const live = (product: PoolSketch["product"], version: string) =>
  pool(product, version, {
    hosts: { h1: { patches: [{ name: "esx", method: "live-patch" }], reboot: false }, h2: none },
  });
const one = (product: PoolSketch["product"], more: Partial<PoolSketch> = {}) =>
  pool(product, "8", { hosts: { h1: {} }, ...more });
const masterLast: Readonly<Record<string, HostSketch>> = { h1: {}, h2: { master: true } };
const hardware = (version: string) =>
  pool("vsphere", version, {
    vms: { a: { on: "h1", patches: ["os", { name: "vmx-19", component: "virtual-hardware" }] } },
  });
const tools = (os: string) =>
  pool("vsphere", "8.0", {
    vms: { a: { on: "h1", os, patches: ["kb1", { name: "tools", component: "guest-tools" }] } },
  });
const qemu = (product: PoolSketch["product"]) =>
  pool(product, undefined, {
    hosts: { h1: { patches: ["qemu-system-x86"], reboot: false } },
    vms: { a: { on: "h1", ...none } },
  });

export const hostCases: readonly RuleCase[] = [
  {
    rule: "R19",
    says: pool("xcp-ng", "8.3", { hosts: masterLast }),
    silent: pool("proxmox-ve", "8", { hosts: masterLast }),
    order: ["hypervisor/h2", "hypervisor/h1"],
  },
  {
    rule: "R20",
    says: pool("xcp-ng", "8.3", { switches }),
    silent: pool("hyper-v", "2022", { switches }),
    order: ["hypervisor/p/prepare", "hypervisor/h1", "hypervisor/p/restore"],
  },
  { rule: "R22", says: pool("xenserver", "8"), silent: pool("xcp-ng", "8.3"), words: /is mixed while this runs/ },
  { rule: "R23", says: pool("xcp-ng", "8.3"), silent: pool("vsphere", "8.0") },
  { rule: "R24", says: pool("xcp-ng", "8.3"), silent: pool("xcp-ng", "8.3", { hosts: { h1: { reboot: false } } }) },
  { rule: "R25", says: pool("proxmox-ve", "8"), silent: pool("vsphere", "8.0") },
  { rule: "R26", says: pool("proxmox-ve", "8"), silent: pool("libvirt", "10") },
  {
    rule: "R28",
    says: pool("proxmox-ve", "8", { vms: { a: { on: "h1", ...none } } }),
    silent: pool("proxmox-ve", "8"),
    words: /a moves to h2/,
  },
  { rule: "R29", says: pool("ovirt", "4.4"), silent: pool("libvirt", "10") },
  { rule: "R30", says: pool("rhv", "4.4"), silent: pool("rhv", "4.0"), words: /cluster_maintenance/ },
  {
    rule: "R31",
    says: pool("vsphere", "8.0", { switches }),
    silent: pool("vsphere", "6.7", { switches }),
    order: ["hypervisor/p/prepare", "hypervisor/h1", "hypervisor/p/restore"],
  },
  { rule: "R32", says: pool("vsphere", "8.0"), silent: pool("vsphere", "6.7"), words: /EVC is on/ },
  {
    rule: "R35",
    says: pool("vsphere", "6.7", { switches }),
    silent: pool("vsphere", "7.0", { switches }),
    order: ["hypervisor/p/prepare", "hypervisor/h1"],
  },
  { rule: "R36", says: one("proxmox-ve"), silent: { bare: { h1: none } }, words: /reboot needed: new kernel/ },
  { rule: "R37", says: live("vsphere", "8.0.3"), silent: live("vsphere", "8.0.2"), words: /VMs stay and run/ },
  {
    rule: "R38",
    says: pool("wsfc", "2022", { vms: { a: { on: "h1", ...none } } }),
    silent: pool("libvirt", "10", { vms: { a: { on: "h1", ...none } } }),
    order: ["hypervisor/h2", "hypervisor/h1"],
  },
  {
    rule: "R40",
    says: pool("hyper-v", "2025", {
      hosts: { h1: { patches: ["os", { name: "level 12", component: "functional-level" }] }, h2: {} },
    }),
    silent: pool("proxmox-ve", "8", {
      hosts: { h1: { patches: ["os", { name: "level 12", component: "functional-level" }] }, h2: {} },
    }),
    order: ["hypervisor/h2", "storage-format/h1/functional-level"],
  },
  {
    rule: "R45",
    says: pool("harvester", "1.4"),
    silent: pool("vsphere", "8.0"),
    words: /allows 5, and 2 on one node/,
  },
  {
    rule: "R46",
    says: {
      pools: { p: { product: "cloudstack", hosts: { h1: {} } }, q: { product: "cloudstack", hosts: { k1: {} } } },
    },
    silent: { pools: { p: { product: "libvirt", hosts: { h1: {} } }, q: { product: "libvirt", hosts: { k1: {} } } } },
    order: ["hypervisor/h1", "hypervisor/k1"],
    words: /cluster p is done before q/,
  },
  {
    rule: "R47",
    says: pool("openstack", "2024", { switches }),
    silent: pool("vsphere", "8.0", { switches }),
    order: ["hypervisor/p/prepare", "hypervisor/h1"],
  },
  {
    rule: "R48",
    says: { bare: { h1: { cordonedBy: "kured" } } },
    silent: { bare: { h1: {} } },
    refused: /h1 is taken out of service by kured.*R48/,
  },
  { rule: "R50", says: qemu("libvirt"), silent: qemu("vsphere"), words: /a keep the old QEMU/ },
  {
    rule: "R51",
    says: one("virtualbox", { liveMigration: false, ...stuckOnly }),
    silent: one("libvirt", { liveMigration: false, ...stuckOnly }),
    words: /guests stop first/,
  },
  { rule: "R52", says: one("libvirt", stuckOnly), silent: one("proxmox-ve", stuckOnly), words: /never suspended/ },
  {
    rule: "R53",
    says: one("hyper-v", stuckOnly),
    silent: pool("hyper-v", "2022", stuckOnly),
    words: /name and domain servers/,
  },
  {
    rule: "R54",
    says: {
      pools: { p: { product: "hyper-v", liveMigration: false, hosts: two } },
      bare: { vmm: { runs: [{ product: "scvmm", serves: ["p"] }] } },
    },
    silent: { pools: { p: { product: "hyper-v", liveMigration: false, hosts: two } } },
    words: /would save them/,
  },
  {
    rule: "R55",
    says: pool("hyper-v", "2022", { hosts: { h1: { rebootPending: true } } }),
    silent: pool("hyper-v", "2025", { hosts: { h1: { rebootPending: true } } }),
    refused: /h1 waits for a reboot.*R55/,
  },
  {
    rule: "R56",
    says: hardware("6.7"),
    silent: hardware("8.0"),
    order: ["hypervisor/h2", "guest-os/a", "virtual-hardware/a"],
  },
  {
    rule: "R57",
    says: tools("Windows Server 2022"),
    silent: tools("Debian 12"),
    order: ["guest-os/a", "guest-tools/a"],
  },
  {
    rule: "R67",
    says: pool("proxmox-ve", "8", { hosts: { h1: { domain: "r2" }, h2: { domain: "r1" }, h3: { domain: "r2" } } }),
    silent: pool("proxmox-ve", "8", { hosts: { h1: {}, h2: {}, h3: {} } }),
    order: ["hypervisor/h2", "hypervisor/h1", "hypervisor/h3"],
  },
  {
    rule: "R70",
    says: pool("hyper-v", "2016", { vms: { a: { on: "h1", patches: [{ name: "ic", component: "guest-tools" }] } } }),
    silent: pool("vsphere", "8.0", { vms: { a: { on: "h1", patches: [{ name: "ic", component: "guest-tools" }] } } }),
    order: ["hypervisor/h2", "guest-os/a"],
  },
  {
    rule: "T3",
    says: pool("hyper-v", "2022", { switches }),
    silent: pool("xcp-ng", "8.3", { switches }),
    order: ["hypervisor/p/prepare", "hypervisor/h1", "hypervisor/p/restore"],
  },
  {
    rule: "T1",
    says: pool("proxmox-ve", "8", { hosts: { h1: {} } }),
    silent: pool("xcp-ng", "8.3", { hosts: masterLast }),
  },
];
