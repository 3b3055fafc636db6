import type { EstateInput } from "../../estate.ts";

type HostInput = EstateInput["hosts"][string];
type PatchInput = NonNullable<HostInput["patches"]>[number];

const xcp = { source: "xcp-ng-updates:8.3 (simulated)", oldAvailable: false } as const;

/** Hypervisor and host OS come from one repository and go in one transaction with one reboot (rule R49). */
const xenPatches: PatchInput[] = [
  { name: "xen-hypervisor", from: "4.17.5-13.1.xcpng8.3", to: "4.17.5-15.1.xcpng8.3", kind: "security", ...xcp },
  { name: "kernel", from: "4.19.19-8.0.38.1.xcpng8.3", to: "4.19.19-8.0.41.1.xcpng8.3", kind: "security", ...xcp },
  { name: "xapi-core", from: "25.6.0-1.9.xcpng8.3", to: "25.6.0-1.12.xcpng8.3", kind: "bugfix", ...xcp },
  { name: "openssh", from: "9.8p1-1.2.1.xcpng8.3", to: "9.8p1-1.2.3.xcpng8.3", kind: "security", ...xcp },
];

const esx = { source: "vSphere Lifecycle Manager depot (simulated)", oldAvailable: false } as const;

const esxPatches: PatchInput[] = [
  { name: "esx-base", from: "8.0.3-0.70.24674464", to: "8.0.3-0.73.24784735", kind: "security", ...esx },
  { name: "esx-update", from: "8.0.3-0.70.24674464", to: "8.0.3-0.73.24784735", kind: "security", ...esx },
  { name: "esx-xserver", from: "8.0.3-0.70.24674464", to: "8.0.3-0.73.24784735", kind: "bugfix", ...esx },
];

const xenHost: HostInput = {
  pool: "xen-pool",
  system: "XCP-ng 8.3 (simulated)",
  memoryMiB: 64 * 1024,
  patches: xenPatches,
  needsReboot: { needed: true, why: "a new hypervisor and kernel run only after a reboot" },
  // back-out.md B10
  backOut: {
    possible: false,
    why: "no way back for yum update: the host stays in maintenance and a person restores it from the installer's backup",
  },
  patchSeconds: 8 * 60,
  rebootSeconds: 5 * 60,
};

const esxHost: HostInput = {
  pool: "esx-cluster",
  system: "VMware ESXi 8.0 (simulated)",
  memoryMiB: 96 * 1024,
  patches: esxPatches,
  needsReboot: { needed: true, why: "the image's impact says REBOOT_REQUIRED" },
  // back-out.md B4, platforms.md 1.4
  backOut: {
    possible: false,
    why: "the previous build is kept one level deep (altbootbank) and can be booted only by a person at the console with Shift+R, after which the newer build cannot be booted again",
  },
  patchSeconds: 10 * 60,
  rebootSeconds: 7 * 60,
};

export const xenHosts: EstateInput["hosts"] = {
  "xen-1": { ...xenHost, poolMaster: true },
  "xen-2": xenHost,
  "xen-3": xenHost,
};

export const esxHosts: EstateInput["hosts"] = { "esx-1": esxHost, "esx-2": esxHost };
