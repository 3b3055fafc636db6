import type { ActOf } from "../../domain/act.ts";
import { faultsOn, isUp, poolOf, vmOf } from "../read.ts";
import type { Truth } from "../truth.ts";
import { type Deed, firstTrouble, outcome } from "./deed.ts";
import { heal } from "./heal.ts";
import { comeUp, downtimes, goDown } from "./outages.ts";
import { readChanges } from "./versions.ts";

type SnapshotAct = ActOf<"snapshot" | "revert-snapshot" | "remove-snapshot">;

const find = (truth: Truth, act: SnapshotAct) => vmOf(truth, act.vm).snapshots.find(({ name }) => name === act.name);
const seconds = (act: SnapshotAct) => (truth: Truth) => poolOf(truth, act.pool).snapshotSeconds;
const absent = (act: SnapshotAct) => (truth: Truth) =>
  firstTrouble([[!find(truth, act), "command-failed", `${act.vm} has no snapshot called ${act.name}.`]]);

export function takeSnapshot(act: ActOf<"snapshot">): Deed {
  return {
    seconds: seconds(act),
    check: (truth) => {
      const can = vmOf(truth, act.vm).snapshotable;
      return firstTrouble([
        [!can.ok, "command-failed", `${act.vm} takes no snapshot: ${can.ok ? "" : can.why}`],
        [!!find(truth, act), "conflict", `${act.vm} already has a snapshot called ${act.name}.`],
        [faultsOn(truth, "disk-full", act.vm).length > 0, "disk-full", `No room left for a snapshot of ${act.vm}.`],
      ]);
    },
    end: ({ truth, log }) => {
      const { installed, patches, snapshots } = vmOf(truth, act.vm);
      snapshots.push({ name: act.name, at: truth.now, installed: { ...installed }, patches: [...patches] });
      log("changed", act.vm, `has snapshot ${act.name}`);
      return outcome(`snapshot ${act.name} of ${act.vm} was taken`);
    },
  };
}

/** Down, disk as it was, up again: everything written since is lost. */
export function revertSnapshot(act: ActOf<"revert-snapshot">): Deed {
  return {
    seconds: (truth) => seconds(act)(truth) + vmOf(truth, act.vm).rebootSeconds,
    check: absent(act),
    begin: (scene) => goDown(scene, act.vm, `reverted to snapshot ${act.name}`),
    end: (scene) => {
      const vm = vmOf(scene.truth, act.vm);
      const before = { ...vm.installed };
      const snapshot = find(scene.truth, act);
      if (!snapshot) return { code: "command-failed", message: `Snapshot ${act.name} of ${act.vm} is gone.` };
      vm.installed = { ...snapshot.installed };
      vm.patches = [...snapshot.patches];
      vm.power = "on";
      heal(scene, act.vm);
      comeUp(scene, act.vm);
      scene.log("changed", act.vm, `is as in snapshot ${act.name}`);
      return outcome(`${act.vm} was reverted to snapshot ${act.name}; what it wrote since is lost`, {
        changes: readChanges(before, vm.installed),
        downtimes: downtimes(scene, [act.vm]),
      });
    },
    broken: (scene) => {
      if (!isUp(vmOf(scene.truth, act.vm))) comeUp(scene, act.vm);
    },
  };
}

export function removeSnapshot(act: ActOf<"remove-snapshot">): Deed {
  return {
    seconds: seconds(act),
    check: absent(act),
    end: ({ truth, log }) => {
      const vm = vmOf(truth, act.vm);
      vm.snapshots = vm.snapshots.filter(({ name }) => name !== act.name);
      log("changed", act.vm, `snapshot ${act.name} removed`);
      return outcome(`snapshot ${act.name} of ${act.vm} was removed`);
    },
  };
}
