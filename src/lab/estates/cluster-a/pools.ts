import type { EstateInput } from "../../estate.ts";

type PoolInput = EstateInput["pools"][string];

export const xenPool: PoolInput = {
  platform: "XCP-ng 8.3 (simulated)",
  family: "xapi",
  managedBy: "xen-1",
  snapshotBlocksMigration: true,
  migrateSeconds: 60,
  migratePauseSeconds: 3,
  switches: [
    {
      name: "ha",
      on: true,
      offDuringRun: true,
      why: "with HA on, the pool takes a rebooting host for a dead one and fences or restarts its VMs",
      rule: "R20",
    },
  ],
};

export const esxCluster: PoolInput = {
  platform: "VMware vSphere 8.0 (simulated)",
  family: "vsphere",
  managedBy: "vcenter-1",
  migrateSeconds: 50,
  migratePauseSeconds: 0.3,
  switches: [
    {
      name: "ha-admission-control",
      on: true,
      offDuringRun: true,
      why: "with one host out, admission control refuses to power on VMs and blocks the evacuation",
      rule: "R31",
    },
  ],
};
