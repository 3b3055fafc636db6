import type { Act } from "../../domain/act.ts";
import type { Deed } from "./deed.ts";
import { checkHealth } from "./health.ts";
import { migrate } from "./migrate.ts";
import { patch, revertPatches } from "./packages.ts";
import { enterMaintenance, leaveMaintenance, setSwitch } from "./pool-acts.ts";
import { startVm, stopVm } from "./power.ts";
import { reboot } from "./reboot.ts";
import { removeSnapshot, revertSnapshot, takeSnapshot } from "./snapshots.ts";

export function deedOf(act: Act): Deed {
  switch (act.do) {
    case "set-switch":
      return setSwitch(act);
    case "migrate":
      return migrate(act);
    case "enter-maintenance":
      return enterMaintenance(act);
    case "leave-maintenance":
      return leaveMaintenance(act);
    case "stop-vm":
      return stopVm(act);
    case "start-vm":
      return startVm(act);
    case "snapshot":
      return takeSnapshot(act);
    case "revert-snapshot":
      return revertSnapshot(act);
    case "remove-snapshot":
      return removeSnapshot(act);
    case "patch":
      return patch(act);
    case "revert-patches":
      return revertPatches(act);
    case "reboot":
      return reboot(act);
    case "check-health":
      return checkHealth(act);
    default:
      return act satisfies never;
  }
}
