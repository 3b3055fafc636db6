import { bare, none, pool, type RuleCase, running, two } from "./case.ts";

const managed = (product: "proxmox-ve" | "vsphere", version: string) =>
  pool(product, version, { vms: { zm: { on: "h1", roles: ["management"], manages: "p" } } });

const ovirt = (version: string) =>
  pool("ovirt", version, {
    vms: {
      a: { on: "h1" },
      engine: {
        on: "h1",
        runs: ["ovirt-engine"],
        patches: [
          "engine",
          { name: "cluster 4.4", component: "cluster-level" },
          { name: "centre 4.4", component: "datacenter-level" },
        ],
      },
    },
  });

const nutanix = (product: "nutanix" | "proxmox-ve") =>
  pool(product, undefined, {
    hosts: { h1: { patches: ["ahv", { name: "bios", component: "firmware" }] }, h2: {} },
    storage: { kind: "nutanix-aos" },
    vms: {
      cvm: { on: "h1", roles: ["storage-controller"] },
      zprism: { on: "h1", runs: ["prism-central"] },
    },
  });

const dell = (runs: readonly string[]) => ({
  bare: {
    h1: {
      runs,
      patches: [
        "kernel",
        { name: "bios", component: "firmware" as const },
        { name: "idrac", component: "firmware-tooling" as const },
      ],
    },
  },
});

const bundled = (product: "vsphere" | "proxmox-ve") =>
  pool(product, "8.0", {
    hosts: {
      h1: {
        patches: [
          { name: "esxi", bundle: "image 12" },
          { name: "bios", component: "firmware", bundle: "image 12" },
        ],
      },
    },
  });

const vcf = (version: string, software: Readonly<Record<string, string>>) =>
  pool("vcf", version, { vms: running(software) });

const domains = (version: string) => ({
  pools: {
    a: { product: "vcf" as const, version, vcfDomain: "workload" as const, hosts: { a1: {} } },
    b: { product: "vcf" as const, version, vcfDomain: "management" as const, hosts: { b1: {} } },
  },
});

const finalize = (version: string) =>
  pool("vcf", version, {
    vms: { nsx: { on: "h1", runs: ["nsx-manager"], patches: [{ name: "finalize", component: "nsx-finalize" }] } },
  });

const kube = (serves: readonly string[]) => ({
  bare: {
    "a-node": { runs: ["kubelet"] },
    "b-other": none,
    "z-api1": { runs: [{ product: "kube-apiserver", serves }] },
    "z-api2": { runs: [{ product: "kube-apiserver", serves }] },
  },
});

const puppet = (version: string) => ({
  bare: { a: { runs: ["puppet-agent"] }, z: { runs: [{ product: "puppet-server", version }] } },
});

export const layerCases: readonly RuleCase[] = [
  {
    rule: "R1",
    says: managed("proxmox-ve", "8"),
    silent: managed("vsphere", "8.0"),
    order: ["management/zm", "hypervisor/h1"],
  },
  {
    rule: "R1b",
    says: vcf("9.0", { a: "vcenter", b: "nsx-manager", c: "sddc-manager", d: "aria-lcm" }),
    silent: vcf("5.2", { a: "vcenter", b: "nsx-manager", c: "sddc-manager", d: "aria-lcm" }),
    order: ["management/d", "management/c", "management/b", "management/a", "hypervisor/h1"],
  },
  {
    rule: "R2",
    says: managed("vsphere", "8.0"),
    silent: managed("vsphere", "6.7"),
    order: ["management/zm", "hypervisor/h1"],
  },
  {
    rule: "R3",
    says: ovirt("4.4"),
    silent: ovirt("4.5"),
    order: [
      "management/engine",
      "hypervisor/h1",
      "hypervisor/h2",
      "storage-format/engine/cluster-level",
      "guest-os/a",
      "storage-format/engine/datacenter-level",
    ],
  },
  {
    rule: "R4",
    says: nutanix("nutanix"),
    silent: nutanix("proxmox-ve"),
    order: ["management/zprism", "storage/cvm", "firmware/h1", "hypervisor/h1"],
  },
  {
    rule: "R5",
    says: bare({ a: "openstack-compute", y: "ironic", z: "openstack-controller" }),
    silent: bare({ a: "openstack-compute", y: "puppet-agent", z: "openstack-compute" }),
    order: ["host-os/y", "host-os/z", "host-os/a"],
  },
  {
    rule: "R6",
    says: kube([]),
    silent: kube(["b-other"]),
    order: ["host-os/z-api1", "host-os/z-api2", "host-os/a-node"],
  },
  { rule: "R7", says: puppet("7.28"), silent: puppet("8.1"), order: ["host-os/z", "host-os/a"] },
  {
    rule: "R8",
    says: bare({ a: "veeam-proxy", z: "veeam-server" }),
    silent: bare({ a: "veeam-proxy", z: "backup-vadp" }),
    order: ["host-os/z", "host-os/a"],
  },
  {
    rule: "R9",
    says: vcf("9.0", { a: "vcenter", z: "backup-vadp" }),
    silent: vcf("5.2", { a: "vcenter", z: "backup-vadp" }),
    order: ["management/z", "management/a", "hypervisor/h1"],
  },
  { rule: "R10", says: domains("4.5"), silent: domains("5.2"), order: ["hypervisor/b1", "hypervisor/a1"] },
  {
    rule: "R11",
    says: vcf("4.5", { a: "nsx-manager", b: "nsx-edge", c: "nsx-coordinator" }),
    silent: vcf("5.2", { a: "nsx-manager", b: "nsx-edge", c: "nsx-coordinator" }),
    order: ["management/c", "management/b", "management/a", "hypervisor/h1"],
  },
  {
    rule: "R11b",
    says: finalize("9.0"),
    silent: finalize("5.2"),
    order: ["hypervisor/h2", "storage-format/nsx/nsx-finalize"],
  },
  {
    rule: "R12",
    says: dell(["dell-cmc"]),
    silent: dell([]),
    order: ["firmware/h1/firmware-tooling", "firmware/h1", "host-os/h1"],
  },
  { rule: "R13", says: bundled("vsphere"), silent: bundled("proxmox-ve"), words: /image 12.*one reboot/ },
  { rule: "R49", says: pool("proxmox-ve", "8"), silent: pool("vsphere", "8.0"), words: /one transaction, one reboot/ },
  {
    rule: "R68",
    says: pool("proxmox-ve", "8", { vms: { a: { on: "h1" } } }),
    silent: pool("proxmox-ve", "8", { hosts: { h1: none, h2: none }, vms: { a: { on: "h1" } } }),
    order: ["hypervisor/h2", "guest-os/a"],
  },
  {
    rule: "R69",
    says: pool("proxmox-ve", "8", { vms: { a: { on: "h1" } } }),
    silent: pool("proxmox-ve", "8", { hosts: two }),
  },
];
