import type { ActOf } from "../../domain/act.ts";
import { freeMiB, hostOf, isUp, poolOf, vmOf } from "../read.ts";
import type { Trouble, Truth } from "../truth.ts";
import { canMigrate } from "../views/capabilities.ts";
import { type Deed, firstTrouble, outcome } from "./deed.ts";

/** Live migration: the VM counts on both hosts while it moves and pauses for a moment at the end. */
export function migrate(act: ActOf<"migrate">): Deed {
  return {
    seconds: (truth) => migrateSeconds(truth, act.vm),
    check: (truth) => standsInTheWay(truth, act),
    end: ({ truth, log }) => {
      const target = hostOf(truth, act.to);
      if (!isUp(target) || target.maintenance) {
        return { code: "migration-failed", message: `${act.to} stopped taking VMs while ${act.vm} moved.` };
      }
      const pause = poolOf(truth, act.pool).migratePauseSeconds;
      const vm = vmOf(truth, act.vm);
      vm.host = act.to;
      vm.outages.push({ from: truth.now - pause * 1000, to: truth.now, why: "pause of a live migration" });
      log("moved", act.vm, `${act.from} -> ${act.to}`);
      const downtimes = [{ machine: act.vm, seconds: pause }];
      return outcome(`${act.vm} moved from ${act.from} to ${act.to}`, { downtimes });
    },
  };
}

/** 40 to 90 seconds, by memory. */
function migrateSeconds(truth: Truth, vm: string): number {
  const { memoryMiB, pool } = vmOf(truth, vm);
  const usual = poolOf(truth, pool).migrateSeconds;
  return Math.min(usual * 1.5, (usual * 2) / 3 + memoryMiB / 1024);
}

function standsInTheWay(truth: Truth, { vm: name, from, to, pool }: ActOf<"migrate">): Trouble | null {
  const vm = vmOf(truth, name);
  const target = hostOf(truth, to);
  const movable = canMigrate(truth, name);
  const free = freeMiB(truth, to);
  return firstTrouble([
    [vm.pool !== pool || target.pool !== pool, "migration-failed", `${name} and ${to} are not both in pool ${pool}.`],
    [!isUp(vm), "migration-failed", `${name} is not running.`],
    [vm.host === to, "migration-failed", `${name} is already on ${to}.`],
    [vm.host !== from, "migration-failed", `${name} is on ${vm.host}, not on ${from}.`],
    [!movable.ok, "migration-failed", `${name} cannot move: ${movable.ok ? "" : movable.why}`],
    [!isUp(target), "migration-failed", `${to} is down.`],
    [target.maintenance, "migration-failed", `${to} is in maintenance.`],
    [free < vm.memoryMiB, "migration-failed", `${to} has ${free} MiB free; ${name} needs ${vm.memoryMiB} MiB.`],
  ]);
}
