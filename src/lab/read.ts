import type { Fault, FaultKind } from "./fault.ts";
import type { LivingHost, LivingVm, Machine, Truth } from "./truth.ts";

/** The caller named something that is not in the estate. Answered as 404, no task begins. */
export class NotInEstate extends Error {}

export function poolOf(truth: Truth, name: string) {
  return truth.pools[name] ?? missing(`pool ${name}`, Object.keys(truth.pools));
}

export function hostOf(truth: Truth, name: string): LivingHost {
  return truth.hosts[name] ?? missing(`host ${name}`, Object.keys(truth.hosts));
}

export function vmOf(truth: Truth, name: string): LivingVm {
  return truth.vms[name] ?? missing(`VM ${name}`, Object.keys(truth.vms));
}

export function machineOf(truth: Truth, name: string): Machine {
  const known = [...Object.keys(truth.hosts), ...Object.keys(truth.vms)];
  return truth.hosts[name] ?? truth.vms[name] ?? missing(`machine ${name}`, known);
}

function missing(what: string, known: readonly string[]): never {
  throw new NotInEstate(`There is no ${what} in this estate. Known: ${known.join(", ")}.`);
}

/** Up: no outage lasts, and a VM is also switched on. */
export function isUp(machine: Machine): boolean {
  const off = "power" in machine && machine.power === "off";
  return !off && machine.outages.at(-1)?.to !== null;
}

/** Memory in MiB nobody uses. A VM under way counts on both hosts. */
export function freeMiB(truth: Truth, host: string): number {
  const arriving = truth.tasks
    .filter((task) => task.state === "running")
    .flatMap(({ act }) => (act.do === "migrate" && act.to === host ? [act.vm] : []))
    .concat(startingOn(truth, host));
  const there = runningOn(truth, host).concat(arriving);
  return hostOf(truth, host).memoryMiB - there.reduce((sum, name) => sum + (truth.vms[name]?.memoryMiB ?? 0), 0);
}

function startingOn(truth: Truth, host: string): string[] {
  return truth.tasks.flatMap(({ state, act }) =>
    state === "running" && act.do === "start-vm" && act.host === host ? [act.vm] : [],
  );
}

/** VMs switched on that are placed on the host. */
export function runningOn(truth: Truth, host: string): string[] {
  return Object.entries(truth.vms).flatMap(([name, vm]) => (vm.host === host && vm.power === "on" ? [name] : []));
}

/** Lasting faults of a kind on a machine or pool, at the moment of `truth.now`. */
export function faultsOn<K extends FaultKind>(truth: Truth, kind: K, machine: string): Fault[] {
  return truth.faults.filter(({ what, since }) => {
    if (what.kind !== kind || what.match.machine !== machine) return false;
    const lasts = what.kind === "busy" ? what.forSeconds : undefined;
    return lasts === undefined || truth.now < since + lasts * 1000;
  });
}

/** Why the machine's service is not well, or null. */
export function illness(truth: Truth, machine: string): string | null {
  const fault = faultsOn(truth, "unhealthy", machine).find((each) => each.armed);
  return fault?.what.kind === "unhealthy" ? fault.what.message : null;
}
