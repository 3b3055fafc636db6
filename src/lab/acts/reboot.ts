import type { ActOf } from "../../domain/act.ts";
import { isUp, machineOf, runningOn, vmOf } from "../read.ts";
import type { Truth } from "../truth.ts";
import { type Deed, firstTrouble, outcome, type Scene } from "./deed.ts";
import { comeUp, downtimes, goDown } from "./outages.ts";

/** A host takes all VMs that run on it down, as in life; they come up with it. */
export function reboot(act: ActOf<"reboot">): Deed {
  const comeBack = (scene: Scene) => {
    const names = [act.machine, ...passengers(scene.truth, act.machine)];
    for (const name of names) comeUp(scene, name);
    return names;
  };
  return {
    seconds: (truth) => machineOf(truth, act.machine).rebootSeconds,
    check: (truth) =>
      firstTrouble([[!isUp(machineOf(truth, act.machine)), "unreachable", `${act.machine} is down already.`]]),
    begin: (scene) => {
      const { truth } = scene;
      goDown(scene, act.machine, "reboot");
      for (const vm of passengers(truth, act.machine)) goDown(scene, vm, `its host ${act.machine} reboots`);
    },
    end: (scene) => {
      const names = comeBack(scene);
      return outcome(`${act.machine} was rebooted`, { downtimes: downtimes(scene, names) });
    },
    broken: (scene) => {
      comeBack(scene);
    },
  };
}

function passengers(truth: Truth, machine: string): string[] {
  return truth.hosts[machine] ? runningOn(truth, machine).filter((vm) => vmOf(truth, vm).power === "on") : [];
}
