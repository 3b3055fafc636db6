import type { Act } from "./act.ts";

/** What an act does, in words for people: `move web-1 from xen-2 to xen-1 (live)`. */
export function actWords(act: Act): string {
  switch (act.do) {
    case "set-switch":
      return `switch ${act.name} ${act.on ? "on" : "off"} in ${act.pool}`;
    case "migrate":
      return `move ${act.vm} from ${act.from} to ${act.to} (live)`;
    case "enter-maintenance":
      return `put ${act.host} in maintenance`;
    case "leave-maintenance":
      return `take ${act.host} out of maintenance`;
    case "stop-vm":
      return `shut down ${act.vm}`;
    case "start-vm":
      return `start ${act.vm} on ${act.host}`;
    case "snapshot":
      return `snapshot ${act.vm}`;
    case "revert-snapshot":
      return `revert ${act.vm} to snapshot ${act.name}`;
    case "remove-snapshot":
      return `remove snapshot ${act.name} of ${act.vm}`;
    case "patch":
      return `install ${count(act.patches.length, "patch", "patches")} on ${act.machine}`;
    case "revert-patches":
      return `take back ${count(act.patches.length, "patch", "patches")} on ${act.machine}`;
    case "reboot":
      return `reboot ${act.machine}`;
    case "check-health":
      return `check the health of ${act.machine}`;
    default:
      return act satisfies never;
  }
}

/** `1 host`, `3 hosts`. */
export function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
