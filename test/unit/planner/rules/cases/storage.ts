import type { PoolSketch, Sketch } from "../../../../support/builders.ts";
import { bare, none, pool, type RuleCase, two } from "./case.ts";

const sites = [
  { name: "b-main", hosts: ["h2"] },
  { name: "a-spare", hosts: ["h1"] },
];

/** A stretched vSAN pool with its witness in another pool, and an on-disk format to raise. */
export function stretched(version: string | undefined, product: PoolSketch["product"] = "vsphere"): Sketch {
  return {
    pools: {
      p: {
        family: "vsphere",
        ...(product ? { product } : {}),
        ...(version ? { version } : {}),
        hosts: { h1: { patches: ["esxi", { name: "format 15", component: "storage-format" }] }, h2: {} },
        storage: { kind: "vsan", sites },
      },
      q: {
        family: "libvirt",
        hosts: { k1: none, k2: none },
        vms: { wit: { on: "k1", roles: ["witness"], manages: "p" } },
      },
    },
  };
}

const carrying = (kind: string | null, product: PoolSketch["product"] = "proxmox-ve", version = "8"): Sketch =>
  pool(product, version, kind === null ? {} : { storage: { kind } });

const linstor = (kind: string) =>
  pool("xcp-ng", "8.3", {
    storage: { kind },
    hosts: { h1: { patches: ["xen", { name: "satellite", component: "storage-agent" }] }, h2: {} },
  });

const formatted = (kind: string) =>
  pool("vsphere", "8.0", {
    storage: { kind },
    hosts: { h1: { patches: ["esxi", { name: "format", component: "storage-format" }] }, h2: {} },
  });

const cpuClass = { name: "microcode", class: "cpu-vulnerability" as const, cves: ["CVE-2017-5715"] };
const spectre = (product: PoolSketch["product"]) =>
  pool(product, undefined, {
    hosts: { h1: { patches: [cpuClass] }, h2: {} },
    vms: { a: { on: "h1", patches: [cpuClass] } },
  });
const cpuOrder = ["hypervisor/h1", "hypervisor/h2", "guest-os/a", "guest-os/a/power-cycle"];

export const storageCases: readonly RuleCase[] = [
  {
    rule: "R14",
    says: stretched("6.7"),
    silent: stretched("8.0"),
    order: ["hypervisor/h2", "hypervisor/h1", "storage/wit", "storage-format/h1"],
  },
  {
    rule: "R14b",
    says: stretched("7.0"),
    silent: stretched("9.0"),
    order: ["hypervisor/h2", "hypervisor/h1", "storage-format/h1"],
  },
  {
    rule: "R15",
    says: stretched("9.0", "vcf"),
    silent: stretched("5.2", "vcf"),
    order: ["storage/wit", "hypervisor/h1", "hypervisor/h2", "storage-format/h1"],
  },
  { rule: "R16", says: spectre("vsphere"), silent: spectre("hyper-v"), order: cpuOrder },
  { rule: "R17", says: spectre("hyper-v"), silent: spectre("vsphere"), order: cpuOrder.slice(2) },
  { rule: "R18", says: spectre("proxmox-ve"), silent: spectre("vsphere"), order: cpuOrder },
  {
    rule: "R18b",
    says: spectre("proxmox-ve"),
    silent: pool("proxmox-ve", "8", { vms: { a: { on: "h1" } } }),
    words: /CVE-2017-5715 counts as fixed only after hypervisor\/h1, guest-os\/a, guest-os\/a\/power-cycle/,
  },
  {
    rule: "R21",
    says: linstor("linstor"),
    silent: linstor("gluster"),
    order: ["storage/h1/storage-agent", "hypervisor/h1", "hypervisor/h2"],
  },
  {
    rule: "R33",
    says: carrying("vsan", "vsphere", "8.0"),
    silent: carrying("ceph", "vsphere", "8.0"),
    order: ["hypervisor/h1", "hypervisor/h2"],
  },
  { rule: "R34", says: formatted("vsan"), silent: formatted("ceph"), order: ["hypervisor/h2", "storage-format/h1"] },
  { rule: "R39", says: carrying("s2d", "hyper-v", "2022"), silent: carrying(null, "hyper-v", "2022") },
  {
    rule: "R41",
    says: bare({ a: "ceph-rgw", b: "ceph-mds", c: "ceph-osd", d: "ceph-mon" }),
    silent: bare({ a: "kubelet", b: "puppet-agent" }),
    order: ["host-os/d", "host-os/c", "host-os/b", "host-os/a"],
  },
  {
    rule: "R41b",
    says: {
      bare: {
        a: { runs: [{ product: "ceph-mon", version: "18.2" }] },
        z: { runs: [{ product: "ceph-mgr", version: "18.2" }] },
      },
    },
    silent: {
      bare: {
        a: { runs: [{ product: "ceph-mon", version: "14.2" }] },
        z: { runs: [{ product: "ceph-mgr", version: "14.2" }] },
      },
    },
    order: ["host-os/z", "host-os/a"],
  },
  { rule: "R42", says: carrying("ceph"), silent: carrying("gluster"), words: /set noout/ },
  { rule: "R43", says: carrying("xapi-mirror", "xenserver", "8"), silent: carrying(null, "xenserver", "8") },
  { rule: "R44", says: carrying("gluster"), silent: carrying("ceph") },
  {
    rule: "R76",
    says: pool("proxmox-ve", "8", {
      storage: { kind: "linstor" },
      vms: { s: { on: "h1", roles: ["storage-controller"] } },
    }),
    silent: pool("proxmox-ve", "8", { storage: { kind: "linstor" }, hosts: two, vms: { s: { on: "h1" } } }),
    order: ["storage/s", "hypervisor/h1"],
    words: /s is storage/,
  },
];
