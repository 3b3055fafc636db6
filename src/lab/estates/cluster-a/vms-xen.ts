import {
  debian,
  debianKernel,
  debianOpenssl,
  linuxGuest,
  noSnapshotOfDc,
  noSnapshotOfQuorum,
  ubuntu,
  type VmInput,
  windowsGuest,
} from "./guests.ts";

const pool = "xen-pool";
const postgres = debian("postgresql-15", "15.13-0+deb12u1", "15.14-0+deb12u1");
const database = {
  ...linuxGuest,
  memoryMiB: 16 * 1024,
  patches: [debianKernel, debianOpenssl, postgres],
  snapshotable: noSnapshotOfQuorum,
};
const gpu = "a GPU of xen-3 is passed through to it";

export const xenVms: Record<string, VmInput> = {
  "dc-1": { ...windowsGuest, pool, host: "xen-1", memoryMiB: 8 * 1024, snapshotable: noSnapshotOfDc },
  "db-1": { ...database, pool, host: "xen-1" },
  "db-2": { ...database, pool, host: "xen-2" },
  "web-1": {
    ...linuxGuest,
    pool,
    host: "xen-2",
    memoryMiB: 8 * 1024,
    patches: [debianKernel, debianOpenssl, debian("nginx", "1.22.1-9+deb12u1", "1.22.1-9+deb12u2")],
  },
  "render-1": {
    ...linuxGuest,
    system: "Ubuntu 24.04 (simulated)",
    pool,
    host: "xen-3",
    memoryMiB: 16 * 1024,
    migratable: { ok: false, why: gpu },
    snapshotable: { ok: false, why: gpu },
    patches: [
      ubuntu("linux-image-generic", "6.8.0-64.67", "6.8.0-71.71"),
      ubuntu("libssl3t64", "3.0.13-0ubuntu3.5", "3.0.13-0ubuntu3.6"),
    ],
    patchSeconds: 4 * 60,
  },
  "proxy-1": {
    ...linuxGuest,
    pool,
    host: "xen-3",
    memoryMiB: 4 * 1024,
    patches: [debianKernel, debian("squid", "5.7-2+deb12u2", "5.7-2+deb12u3")],
    patchSeconds: 2 * 60,
  },
};
