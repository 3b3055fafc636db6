import type { Patch } from "../../../domain/act.ts";
import type { Pending } from "../../../domain/facts.ts";
import type { SimulatedInstall } from "./parse.ts";
import { isKernel, rebootFor } from "./reboot-table.ts";

interface PendingInput {
  readonly installs: readonly SimulatedInstall[];
  /** Package → versions a repository offers today. */
  readonly offers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly rebootAsked: readonly string[] | null;
  /** What systemd-detect-virt says: `systemd-nspawn`, `kvm`, `none` … */
  readonly virtualisation: string;
}

/** Facts in, answer out: what is pending, what it needs, and whether there is a way back. */
export function pendingFrom({ installs, offers, rebootAsked, virtualisation }: PendingInput): Pending {
  const patches = installs
    .map((install) => toPatch(install, offers))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return {
    patches,
    reboot: rebootFor(patches, rebootAsked),
    estimate: estimateFor(patches.length, virtualisation),
    backOut: backOutFor(patches),
  };
}

export function toPatch(install: SimulatedInstall, offers: PendingInput["offers"]): Patch {
  const { name, from, to, source } = install;
  return { name, from, to, kind: kindOf(source), source, oldAvailable: from === "" || isOffered(offers, name, from) };
}

/** madison prints names without the architecture. */
export function isOffered(offers: PendingInput["offers"], name: string, version: string): boolean {
  return offers.get(name.replace(/:.*/, ""))?.has(version) ?? false;
}

/** By origin, never by text about the change. Only the distribution's own archives say what they carry. */
export function kindOf(source: string): Patch["kind"] {
  if (/(^|, ?)Debian-Security:|-security(,|$)/.test(source)) return "security";
  return /(^|, ?)(Debian|Ubuntu)[^,]*:/.test(source) ? "bugfix" : "unknown";
}

function estimateFor(count: number, virtualisation: string): Pending["estimate"] {
  if (count === 0) return { patchSeconds: 0, rebootSeconds: rebootSeconds(virtualisation), source: "default" };
  if (virtualisation === "systemd-nspawn") {
    // 18 packages took 9 to 14 s on the lab's hosts, a reboot less than 1 s.
    return { patchSeconds: 3 + Math.ceil(count * 0.6), rebootSeconds: 1, source: "lab.md A5" };
  }
  return { patchSeconds: 30 + 2 * count, rebootSeconds: rebootSeconds(virtualisation), source: "default" };
}

function rebootSeconds(virtualisation: string): number {
  return virtualisation === "systemd-nspawn" ? 1 : 180;
}

function backOutFor(patches: readonly Patch[]): Pending["backOut"] {
  const gone = patches.filter((patch) => !patch.oldAvailable).map((patch) => `${patch.name} ${patch.from}`);
  if (gone.length > 0) {
    return { possible: false, why: `no repository the machine sees offers ${listed(gone)} any more` };
  }
  const kernels = patches.filter((patch) => patch.from === "" && isKernel(patch.name)).map((patch) => patch.name);
  if (kernels.length > 0) {
    return {
      possible: false,
      why: `once booted, the new kernel ${listed(kernels)} cannot be removed; the old one stays installed and can be chosen in the boot menu`,
    };
  }
  return {
    possible: true,
    method: "apt-get install --allow-downgrades to the versions recorded before; newly added packages are removed",
    until: "the old versions leave the repositories",
    loses: "nothing but the patch; configuration files keep local changes",
  };
}

/** At most five names: the text ends up on a card. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
