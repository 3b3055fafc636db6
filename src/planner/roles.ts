import type { Runs } from "../domain/inventory.ts";
import type { Product } from "../domain/products.ts";
import type { World } from "./world.ts";

/** Software that others are managed by: it is patched before the hosts and is no guest of the guest wave. */
const managers: readonly Product[] = [
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
  "backup-vadp",
  "ovirt-engine",
  "prism-central",
  "foundation",
  "scvmm",
  "openstack-controller",
  "ironic",
  "masakari",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "puppet-server",
  "puppetdb",
  "veeam-server",
];

/** Software that is storage for others: it follows the storage rules (rule R76). */
const carriers: readonly Product[] = [
  "nutanix-cvm",
  "vsan-witness",
  "ceph-mgr",
  "ceph-mon",
  "ceph-osd",
  "ceph-mds",
  "ceph-rgw",
];

export function runsOf(world: World, machine: string): readonly Runs[] {
  return world.cluster.hosts[machine]?.runs ?? world.cluster.vms[machine]?.runs ?? [];
}

function runsOne(world: World, machine: string, products: readonly Product[]): boolean {
  return runsOf(world, machine).some(({ product }) => products.includes(product));
}

export function isManager(world: World, name: string): boolean {
  return world.cluster.vms[name]?.roles.includes("management") === true || runsOne(world, name, managers);
}

/** A VM that carries or judges the storage of a pool, where the inventory says of which kind that is. */
export function isStorageVm(world: World, name: string): boolean {
  const vm = world.cluster.vms[name];
  if (!vm) return false;
  if (isController(world, name)) return true;
  const judges = vm.roles.includes("witness") && vm.manages !== undefined && vm.manages !== vm.pool;
  return runsOne(world, name, carriers) || (judges && storageOf(world, vm.manages ?? "") !== null);
}

/** A storage controller serves the disks of its own host: it never moves, and goes down with the host. */
export function isController(world: World, name: string): boolean {
  return (
    world.cluster.vms[name]?.roles.includes("storage-controller") === true || runsOne(world, name, ["nutanix-cvm"])
  );
}

/** A storage controller in a pool of which nobody says what its storage is: no storage rule can be kept. */
export function storageUnknown(world: World, name: string): boolean {
  const vm = world.cluster.vms[name];
  return vm !== undefined && isController(world, name) && storageOf(world, vm.pool) === null;
}

function storageOf(world: World, pool: string): string | null {
  return world.cluster.pools[pool]?.storage?.kind ?? null;
}
