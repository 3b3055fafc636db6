import type { Patch } from "../../../src/domain/act.ts";
import type { EstateInput } from "../../../src/lab/index.ts";

export const openssl: Patch = {
  name: "libssl3",
  from: "3.0.16-1",
  to: "3.0.17-1",
  kind: "security",
  source: "Debian-Security:12 (simulated)",
  oldAvailable: true,
};
export const kernel: Patch = { ...openssl, name: "linux-image", from: "6.1.140-1", to: "6.1.147-1" };
export const permanent: Patch = { ...openssl, name: "servicing-stack", from: "1", to: "2", oldAvailable: false };

const reboot = { needed: true, why: "new kernel" };

/** Two hosts, a VM each way it can be: ordinary, too big, tied to its host, off. */
export const smallEstate: EstateInput = {
  name: "small",
  pools: {
    p: { switches: [{ name: "ha", on: true, offDuringRun: true, why: "fences hosts", rule: "R20" }] },
  },
  hosts: {
    h1: { pool: "p", poolMaster: true, memoryMiB: 10_000, patches: [kernel], needsReboot: reboot, rebootSeconds: 300 },
    h2: { pool: "p", memoryMiB: 10_000 },
  },
  vms: {
    a: { pool: "p", host: "h1", memoryMiB: 4000, patches: [openssl, kernel], needsReboot: reboot },
    big: { pool: "p", host: "h2", memoryMiB: 5000, patches: [openssl] },
    tied: { pool: "p", host: "h1", memoryMiB: 1000, migratable: { ok: false, why: "GPU" } },
    off: { pool: "p", host: "h1", memoryMiB: 4000, power: "off" },
  },
};
