import {
  debian,
  debianKernel,
  debianOpenssl,
  linuxGuest,
  noSnapshotOfDc,
  noSnapshotOfQuorum,
  type VmInput,
  windowsGuest,
} from "./guests.ts";

const pool = "esx-cluster";

export const esxVms: Record<string, VmInput> = {
  "vcenter-1": {
    pool,
    host: "esx-1",
    system: "vCenter Server Appliance 8.0 (simulated)",
    memoryMiB: 20 * 1024,
    patches: [
      {
        name: "vcenter-server-appliance",
        from: "8.0.3.00500-24674346",
        to: "8.0.3.00600-24853646",
        kind: "security",
        source: "VMware vCenter patch repository (simulated)",
        oldAvailable: false,
      },
    ],
    needsReboot: { needed: true, why: "the appliance's update asks for a reboot" },
    backOut: {
      possible: false,
      why: "a vCenter patch cannot be uninstalled; the way back is the snapshot taken before it, or a restore from the file-based backup",
    },
    patchSeconds: 15 * 60,
    rebootSeconds: 5 * 60,
  },
  "dc-2": { ...windowsGuest, pool, host: "esx-2", memoryMiB: 8 * 1024, snapshotable: noSnapshotOfDc },
  "db-3": {
    ...linuxGuest,
    pool,
    host: "esx-1",
    memoryMiB: 16 * 1024,
    patches: [debianKernel, debianOpenssl, debian("postgresql-15", "15.13-0+deb12u1", "15.14-0+deb12u1")],
    snapshotable: noSnapshotOfQuorum,
  },
  // Up to date: the plan shows it with "nothing to do".
  "files-1": {
    ...windowsGuest,
    pool,
    host: "esx-2",
    memoryMiB: 12 * 1024,
    patches: [],
    needsReboot: { needed: false, why: "nothing is pending" },
    installed: { KB5063880: "10.0.20348.4052", "servicing-stack": "20348.4050" },
  },
  // No kernel among its patches, so no reboot and no outage (rule R36).
  "web-2": {
    ...linuxGuest,
    pool,
    host: "esx-1",
    memoryMiB: 8 * 1024,
    patches: [
      debian("nginx", "1.22.1-9+deb12u1", "1.22.1-9+deb12u2"),
      debian("curl", "7.88.1-10+deb12u12", "7.88.1-10+deb12u14"),
    ],
    needsReboot: { needed: false, why: "no kernel among the patches; nginx restarts by itself within a second" },
  },
};
