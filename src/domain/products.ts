import { z } from "zod";

/** What a pool can be. Drivers say it where they know; people may say it in the inventory. */
export const platformProducts = [
  "vsphere",
  "vcf",
  "xcp-ng",
  "xenserver",
  "hyper-v",
  "wsfc",
  "azure-local",
  "proxmox-ve",
  "libvirt",
  "ovirt",
  "rhv",
  "nutanix",
  "openstack",
  "kubevirt",
  "harvester",
  "cloudstack",
  "virtualbox",
  "vmware-workstation",
  "vmware-server",
] as const;

/** Storage that hosts of a pool carry together: it has an opinion on how many of them may be away. */
export const storageKinds = ["vsan", "s2d", "ceph", "gluster", "linstor", "nutanix-aos", "xapi-mirror"] as const;
export type StorageKind = (typeof storageKinds)[number];

/** What a machine can run that an order rule speaks of. */
export const softwareProducts = [
  // VMware's management plane, in no order: the rules have the order.
  "vcenter",
  "nsx-coordinator",
  "nsx-edge",
  "nsx-manager",
  "sddc-manager",
  "aria-lcm",
  "vcf-operations",
  "vcf-automation",
  "vsphere-replication",
  "srm",
  "avi",
  "hcx",
  "identity-broker",
  "supervisor",
  "vsan-witness",
  "vsan-file-services",
  "backup-vadp",
  "ovirt-engine",
  "prism-central",
  "foundation",
  "nutanix-cvm",
  "scvmm",
  "openstack-controller",
  "ironic",
  "openstack-compute",
  "masakari",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kubelet",
  "puppet-server",
  "puppetdb",
  "puppet-agent",
  "veeam-server",
  "veeam-proxy",
  "ceph-mgr",
  "ceph-mon",
  "ceph-osd",
  "ceph-mds",
  "ceph-rgw",
  "dell-cmc",
] as const;

/** Groups of which a product is the reason: their kind is the product for the scope of rules. */
export const groupProducts = [
  "active-directory",
  "sql-server",
  "exchange",
  "mongodb",
  "elasticsearch",
  "rabbitmq",
  "etcd",
] as const;

export const products = [...platformProducts, ...storageKinds, ...softwareProducts, ...groupProducts] as const;
export type Product = (typeof products)[number];

/** `8.0.3`, `23H2`, `9`: numbers with something between them. Compared number by number. */
export const Version = z.string().regex(/^\d+([.a-zA-Z-]+\d+)*[a-z]?$/, "use a version such as 8.0.3 or 23H2");

/** Below zero when `a` is older. Missing parts count as zero: 9 and 9.0 are the same. */
export function compareVersions(a: string, b: string): number {
  const left = (a.match(/\d+/g) ?? []).map(Number);
  const right = (b.match(/\d+/g) ?? []).map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const gap = (left[i] ?? 0) - (right[i] ?? 0);
    if (gap !== 0) return gap;
  }
  return 0;
}
