import type { Patch } from "../../../domain/act.ts";

/**
 * Packages whose new code only runs after a reboot, and why. A machine whose pending packages match
 * none of these, and which does not ask for a reboot itself, is not rebooted (rule R36).
 */
const reasons: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^linux-image-(?!.*-dbg)/, "a new kernel runs only after a reboot"],
  [/^(intel|amd64)-microcode$/, "processor microcode is loaded at boot"],
  [/^libc6(:|$)/, "every running program uses the C library, process 1 included"],
  [/^systemd(-sysv)?$/, "process 1 and its helpers are replaced"],
  [/^dbus(-daemon)?$/, "the message bus cannot be restarted without ending what uses it"],
  [/^(xen-hypervisor-|xen-system-)/, "a new hypervisor runs only after a reboot"],
  [/^grub-(pc|efi-\w+)(-bin)?$|^shim-signed$/, "the boot loader is used at boot"],
];

export function isKernel(name: string): boolean {
  return name.startsWith("linux-image-");
}

/** Does installing these need a reboot? `asked`: names from /run/reboot-required.pkgs, null without such a request. */
export function rebootFor(
  patches: readonly Patch[],
  asked: readonly string[] | null,
): { readonly needed: boolean; readonly why: string } {
  const own = patches.flatMap((patch) => {
    const hit = reasons.find(([pattern]) => pattern.test(patch.name));
    return hit === undefined ? [] : [`${patch.name}: ${hit[1]}`];
  });
  const already =
    asked === null
      ? []
      : [`the machine already asks for a reboot${asked.length > 0 ? ` because of ${asked.join(", ")}` : ""}`];
  const all = [...already, ...own];
  if (all.length === 0) return { needed: false, why: "no pending package needs a reboot" };
  return { needed: true, why: all.join("; ") };
}
