import type { ActOf, Patch } from "../../domain/act.ts";
import { faultsOn, isUp, machineOf } from "../read.ts";
import type { Machine, Truth } from "../truth.ts";
import { type Deed, firstTrouble, outcome } from "./deed.ts";
import { heal, infect } from "./heal.ts";
import { readChanges } from "./versions.ts";

/** Installs exactly the named patches. Broken off, the first of them stay installed, as in life. */
export function patch(act: ActOf<"patch">): Deed {
  const install = (truth: Truth, patches: readonly Patch[]) => {
    const machine = machineOf(truth, act.machine);
    change(machine, Object.fromEntries(patches.map(({ name, to }) => [name, to])));
    machine.patches = machine.patches.filter((each) => machine.installed[each.name] !== each.to);
  };
  return {
    seconds: (truth) => machineOf(truth, act.machine).patchSeconds,
    check: (truth) => {
      const machine = machineOf(truth, act.machine);
      const gone = act.patches.filter(
        ({ name, to }) =>
          machine.installed[name] !== to && !machine.patches.some((p) => p.name === name && p.to === to),
      );
      return (
        lockedOrDown(truth, act.machine) ??
        firstTrouble([
          [
            gone.length > 0,
            "version-gone",
            `${act.machine} is not offered ${gone.map(({ name, to }) => `${name} ${to}`).join(", ")}.`,
          ],
        ])
      );
    },
    end: (scene) => {
      const machine = machineOf(scene.truth, act.machine);
      const before = { ...machine.installed };
      install(scene.truth, act.patches);
      infect(scene, act.machine);
      const changes = readChanges(before, machine.installed);
      scene.log("changed", act.machine, `${changes.length} patches installed`);
      return outcome(`${changes.length} ${changes.length === 1 ? "patch" : "patches"} installed on ${act.machine}`, {
        changes,
      });
    },
    broken: (scene, share) => {
      const some = act.patches.slice(0, Math.floor(act.patches.length * share));
      install(scene.truth, some);
      if (some.length > 0)
        scene.log("changed", act.machine, `only ${some.length} of ${act.patches.length} patches installed`);
    },
  };
}

/** Installs the old versions again; parts that are permanent (Windows servicing stack) stay. */
export function revertPatches(act: ActOf<"revert-patches">): Deed {
  return {
    seconds: (truth) => machineOf(truth, act.machine).patchSeconds,
    check: (truth) => {
      const { backOut } = machineOf(truth, act.machine);
      const why = backOut.possible ? "" : backOut.why;
      return (
        lockedOrDown(truth, act.machine) ?? firstTrouble([[!backOut.possible, "version-gone", `No way back: ${why}`]])
      );
    },
    end: (scene) => {
      const machine = machineOf(scene.truth, act.machine);
      const before = { ...machine.installed };
      const there = act.patches.filter(({ name, to }) => machine.installed[name] === to);
      const back = there.filter(({ oldAvailable }) => oldAvailable);
      const stays = there.filter(({ oldAvailable }) => !oldAvailable);
      change(machine, Object.fromEntries(back.map(({ name, from }) => [name, from])));
      machine.patches = [...machine.patches.filter(({ name }) => !back.some((each) => each.name === name)), ...back];
      heal(scene, act.machine);
      const changes = readChanges(before, machine.installed);
      scene.log("changed", act.machine, `${changes.length} patches taken back`);
      const leftUndone = stays.map(({ name, to }) => `${name} stays at ${to}: it cannot be taken back`);
      return outcome(`${changes.length} ${changes.length === 1 ? "patch" : "patches"} taken back on ${act.machine}`, {
        changes,
        leftUndone,
      });
    },
  };
}

function change(machine: Machine, versions: Readonly<Record<string, string>>): void {
  Object.assign(machine.installed, versions);
  if (!machine.needsReboot.needed) Object.assign(machine.runs, versions);
}

function lockedOrDown(truth: Truth, name: string) {
  const busy = faultsOn(truth, "busy", name)[0]?.what;
  return firstTrouble([
    [!isUp(machineOf(truth, name)), "unreachable", `${name} is down.`],
    [
      busy !== undefined,
      "package-lock-held",
      `The package lock of ${name} is held by ${busy?.kind === "busy" ? busy.with : ""}.`,
    ],
    [faultsOn(truth, "disk-full", name).length > 0, "disk-full", `No space left on ${name}.`],
  ]);
}
