import type { EstateInput } from "../../estate.ts";

export type VmInput = NonNullable<EstateInput["vms"]>[string];
/** What guests of one kind have in common; place and size are each VM's own. */
type Kind = Omit<VmInput, "pool" | "host">;
type PatchInput = NonNullable<VmInput["patches"]>[number];

/** A Debian security update; the old version can still be fetched. */
export function debian(name: string, from: string, to: string): PatchInput {
  return {
    name,
    from,
    to,
    kind: "security",
    source: "Debian-Security:12/oldstable-security (simulated)",
    oldAvailable: true,
  };
}

export function ubuntu(name: string, from: string, to: string): PatchInput {
  return { name, from, to, kind: "security", source: "Ubuntu:24.04/noble-security (simulated)", oldAvailable: true };
}

export const debianKernel = debian("linux-image-amd64", "6.1.140-1", "6.1.147-1");
export const debianOpenssl = debian("libssl3", "3.0.16-1~deb12u1", "3.0.17-1~deb12u2");

export const linuxGuest: Kind = {
  system: "Debian 12 (simulated)",
  backOut: {
    possible: true,
    method: "packages go back to the old versions in one transaction",
    until: "the old versions leave the mirror and the package cache",
    loses: "nothing, unless a package changed its data files on the way up",
  },
  needsReboot: { needed: true, why: "a new kernel runs only after a reboot" },
  patchSeconds: 3 * 60,
  rebootSeconds: 40,
};

const windowsUpdate = { source: "Windows Update (simulated)", kind: "security" } as const;

/** Cumulative update with its servicing stack part. */
const cumulative: PatchInput[] = [
  { name: "KB5063880", from: "10.0.20348.3932", to: "10.0.20348.4052", ...windowsUpdate, oldAvailable: true },
  { name: "servicing-stack", from: "20348.3920", to: "20348.4050", ...windowsUpdate, oldAvailable: false },
];

export const windowsGuest: Kind = {
  system: "Windows Server 2022 (simulated)",
  patches: cumulative,
  needsReboot: { needed: true, why: "the cumulative update asks for a reboot" },
  // back-out.md B25
  backOut: {
    possible: true,
    method: "the cumulative update is uninstalled with DISM, then reboot",
    until: "the component store is cleaned up with ResetBase",
    loses: "no data; the servicing stack part stays: it is permanent",
  },
  patchSeconds: 8 * 60,
  rebootSeconds: 3 * 60,
};

/** back-out.md B31 */
export const noSnapshotOfDc = {
  ok: false,
  why: "a domain controller is not reverted by snapshot: the directory would diverge; use a system-state backup",
} as const;

/** back-out.md B34 */
export const noSnapshotOfQuorum = {
  ok: false,
  why: "a member of a replicated database is not reverted alone: it would diverge; take packages back or re-seed it",
} as const;
