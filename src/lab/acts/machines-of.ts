import type { Act } from "../../domain/act.ts";

/** Machines that are at work in an act; switches and maintenance are only a matter of the pool's interface. */
export function machinesOf(act: Act): string[] {
  switch (act.do) {
    case "set-switch":
    case "enter-maintenance":
    case "leave-maintenance":
    case "check-health":
      return [];
    case "migrate":
    case "stop-vm":
    case "start-vm":
    case "snapshot":
    case "revert-snapshot":
    case "remove-snapshot":
      return [act.vm];
    case "patch":
    case "revert-patches":
    case "reboot":
      return [act.machine];
    default:
      return act satisfies never;
  }
}

/** The pool whose interface an act goes through; null for acts that go to the machine itself. */
export function interfaceOf(act: Act): string | null {
  return "pool" in act ? act.pool : null;
}
