import type { EstateInput } from "../../estate.ts";
import { esxHosts, xenHosts } from "./hosts.ts";
import { esxCluster, xenPool } from "./pools.ts";
import { esxVms } from "./vms-esx.ts";
import { xenVms } from "./vms-xen.ts";

/** Two pools of different families and the VMs of a small company. Nothing of it exists. */
export const clusterA: EstateInput = {
  name: "cluster-a",
  pools: { "xen-pool": xenPool, "esx-cluster": esxCluster },
  hosts: { ...xenHosts, ...esxHosts },
  vms: { ...xenVms, ...esxVms },
};
