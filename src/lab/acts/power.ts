import type { ActOf } from "../../domain/act.ts";
import { freeMiB, hostOf, isUp, poolOf, vmOf } from "../read.ts";
import { type Deed, firstTrouble, outcome } from "./deed.ts";
import { comeUp, downtimes, goDown } from "./outages.ts";

/** Its services are gone from the first moment; it is off at the end. */
export function stopVm(act: ActOf<"stop-vm">): Deed {
  return {
    seconds: (truth) => poolOf(truth, act.pool).stopVmSeconds,
    check: (truth) => firstTrouble([[!isUp(vmOf(truth, act.vm)), "conflict", `${act.vm} is not running.`]]),
    begin: (scene) => goDown(scene, act.vm, "shut down"),
    end: ({ truth, log }) => {
      vmOf(truth, act.vm).power = "off";
      log("changed", act.vm, "off");
      return outcome(`${act.vm} was shut down`);
    },
    broken: (scene) => comeUp(scene, act.vm),
  };
}

export function startVm(act: ActOf<"start-vm">): Deed {
  return {
    seconds: (truth) => poolOf(truth, act.pool).startVmSeconds,
    check: (truth) => {
      const vm = vmOf(truth, act.vm);
      const host = hostOf(truth, act.host);
      const moves = vm.host !== act.host;
      const free = freeMiB(truth, act.host);
      return firstTrouble([
        [
          vm.pool !== act.pool || host.pool !== act.pool,
          "conflict",
          `${act.vm} and ${act.host} are not both in ${act.pool}.`,
        ],
        [vm.power === "on", "conflict", `${act.vm} is already on.`],
        [!isUp(host), "unreachable", `Host ${act.host} is down.`],
        [host.maintenance, "conflict", `Host ${act.host} is in maintenance.`],
        [moves && !vm.migratable.ok, "conflict", `${act.vm} can only run on ${vm.host}.`],
        [free < vm.memoryMiB, "conflict", `${act.host} has ${free} MiB free; ${act.vm} needs ${vm.memoryMiB} MiB.`],
      ]);
    },
    end: (scene) => {
      const vm = vmOf(scene.truth, act.vm);
      vm.power = "on";
      vm.host = act.host;
      comeUp(scene, act.vm);
      return outcome(`${act.vm} was started on ${act.host}`, { downtimes: downtimes(scene, [act.vm]) });
    },
  };
}
