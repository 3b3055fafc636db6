import type { Blocker, RefusalReason } from "../../../domain/outcome.ts";
import { findHost, findSwitch, findVm, type PoolAnswer } from "./facts.ts";

const replan = "Ask for a new plan.";

function blocker(reason: RefusalReason, where: string, message: string, next = replan): Blocker {
  return { reason, where, message, next };
}

/** Somebody else works in the pool: nothing more is taken out of service meanwhile (rule R20). */
export function poolBusy(pool: PoolAnswer): Blocker[] {
  const wait = "Wait until it is through, or stop it, then continue.";
  return pool.busyWith.map((task) => blocker("blocked", pool.pool, `Pool ${pool.pool} is busy: ${task}.`, wait));
}

export function switchMissing(pool: PoolAnswer, name: string): Blocker[] {
  return findSwitch(pool, name) ? [] : [blocker("facts-changed", pool.pool, `${pool.pool} has no switch ${name}.`)];
}

/** The VM is where the plan says, and runs or not as the plan says. */
export function vmNotAs(pool: PoolAnswer, name: string, wanted: { host?: string; running: boolean }): Blocker[] {
  const vm = findVm(pool, name);
  if (!vm) return [blocker("facts-changed", name, `${name} is no longer in pool ${pool.pool}.`)];
  const found: Blocker[] = [];
  if (vm.running !== wanted.running) {
    found.push(
      blocker("facts-changed", name, `${name} is ${vm.running ? "running" : "switched off"}, against the plan.`),
    );
  }
  if (wanted.host !== undefined && vm.host !== wanted.host) {
    found.push(blocker("facts-changed", name, `${name} is on ${vm.host}, not on ${wanted.host}.`));
  }
  return found;
}

export function cannotMove(pool: PoolAnswer, name: string): Blocker[] {
  const movable = findVm(pool, name)?.migratable;
  return movable?.ok === false ? [blocker("blocked", name, `${name} cannot move: ${movable.why}.`)] : [];
}

/** The host takes a VM now: online, not in maintenance, with room. */
export function noRoom(pool: PoolAnswer, hostName: string, vmName: string): Blocker[] {
  const host = findHost(pool, hostName);
  if (!host) return [blocker("facts-changed", hostName, `${hostName} is no longer in pool ${pool.pool}.`)];
  const found = hostDown(pool, hostName);
  if (host.maintenance) {
    found.push(blocker("facts-changed", hostName, `${hostName} is in maintenance and takes no VM.`));
  }
  const needed = findVm(pool, vmName)?.memoryMiB ?? 0;
  if (host.freeMiB < needed) {
    const message = `${hostName} has ${host.freeMiB} MiB free; ${vmName} needs ${needed} MiB.`;
    found.push(blocker("no-capacity", hostName, message, "Free memory on the host, or ask for a new plan."));
  }
  return found;
}

export function hostDown(pool: PoolAnswer, name: string): Blocker[] {
  const host = findHost(pool, name);
  if (!host) return [blocker("facts-changed", name, `${name} is no longer in pool ${pool.pool}.`)];
  const next = "Look at the host's console and power it on.";
  return host.online ? [] : [blocker("machine-unreachable", name, `${name} is down.`, next)];
}

/** Maintenance we did not switch on is somebody else's work. */
export function alreadyInMaintenance(pool: PoolAnswer, name: string): Blocker[] {
  const next = "Find out who works on it; continue when they have ended maintenance.";
  return findHost(pool, name)?.maintenance
    ? [blocker("facts-changed", name, `${name} is already in maintenance, and not by this run.`, next)]
    : [];
}

export function stillRunningOn(pool: PoolAnswer, host: string): Blocker[] {
  return pool.vms
    .filter((vm) => vm.host === host && vm.running)
    .map(({ vm }) =>
      blocker("facts-changed", vm, `${vm} still runs on ${host}.`, "Move or stop it, or ask for a new plan."),
    );
}

export function snapshotNotAs(pool: PoolAnswer, vm: string, name: string, wanted: boolean): Blocker[] {
  const found = findVm(pool, vm);
  if (!found) return [blocker("facts-changed", vm, `${vm} is no longer in pool ${pool.pool}.`)];
  if (found.snapshots.includes(name) === wanted) return [];
  return [blocker("facts-changed", vm, `${vm} ${wanted ? "has no" : "already has a"} snapshot ${name}.`)];
}

export function cannotSnapshot(pool: PoolAnswer, vm: string): Blocker[] {
  const can = findVm(pool, vm)?.snapshotable;
  return can?.ok === false ? [blocker("blocked", vm, `${vm} takes no snapshot: ${can.why}.`)] : [];
}
