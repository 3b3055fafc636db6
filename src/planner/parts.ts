import type { Component, Patch } from "../domain/act.ts";
import type { MachineFacts, PoolFacts } from "../domain/facts.ts";
import { fieldOf, poolInScope, productsOf } from "./rules/scope.ts";
import { bundledWithHypervisor, firmwareToolingFirst, satellitesFirst, toolsApartFromWindows } from "./rules/scopes.ts";
import type { World } from "./world.ts";

/** What comes after all hosts and needs no reboot of its own. */
const finishing: readonly Component[] = [
  "cluster-level",
  "datacenter-level",
  "functional-level",
  "storage-format",
  "nsx-finalize",
];

/** A part of a machine's patches that gets a stage of its own; null is the main part. */
export type PartName = Component | null;

export interface Part {
  readonly name: PartName;
  readonly machine: MachineFacts;
}

/**
 * The patches of one machine in parts that have an order of their own. A part is split off only where a rule
 * in scope wants it apart; everything else goes in one transaction with one reboot (rule R49).
 */
export function partsOf(world: World, machine: MachineFacts, pool: PoolFacts | null): readonly Part[] {
  const apart = new Set<Component>([...finishing, "virtual-hardware"]);
  if (fieldOf(firmwareToolingFirst, world).machines.has(machine.machine)) apart.add("firmware-tooling");
  if (pool && poolInScope(satellitesFirst, world, pool)) apart.add("storage-agent");
  // A VM has no firmware of its own to be emptied for: what calls itself so goes in with the rest.
  const isVm = Object.hasOwn(world.cluster.vms, machine.machine);
  if (!isVm && !sharesReboot(world, machine, pool)) apart.add("firmware");
  if (pool && isWindows(pool, machine) && poolInScope(toolsApartFromWindows, world, pool)) apart.add("guest-tools");
  const { patches } = machine.pending;
  const nameOf = ({ component }: Patch): PartName => (component && apart.has(component) ? component : null);
  const names = [...new Set(patches.map(nameOf))];
  return names.map((name) => ({
    name,
    machine: only(
      machine,
      name,
      patches.filter((one) => nameOf(one) === name),
    ),
  }));
}

/** Most nodes whose firmware Azure Local updates together with the hypervisor (rule R13). */
const mostNodesTogether = 16;

/** Firmware and hypervisor of one vendor bundle go in with one reboot, where the platform can do that (rule R13). */
function sharesReboot(world: World, { pending }: MachineFacts, pool: PoolFacts | null): boolean {
  if (pool === null || !poolInScope(bundledWithHypervisor, world, pool)) return false;
  const azureLocal = productsOf(world, pool).some(({ product }) => product === "azure-local");
  if (azureLocal && pool.hosts.length > mostNodesTogether) return false;
  const firmware = pending.patches.filter(({ component }) => component === "firmware");
  const others = pending.patches.filter(({ component }) => component === undefined);
  return firmware.every(({ bundle }) => bundle !== undefined && others.some((other) => other.bundle === bundle));
}

function isWindows(pool: PoolFacts, { machine, system }: MachineFacts): boolean {
  const os = pool.vms.find(({ vm }) => vm === machine)?.os ?? "";
  return /windows/i.test(`${os} ${system}`);
}

/** Only what a reboot of the machine's own makes effective reboots it. */
const withoutReboot: readonly PartName[] = [...finishing, "firmware-tooling", "storage-agent", "virtual-hardware"];

function only(machine: MachineFacts, name: PartName, patches: readonly Patch[]): MachineFacts {
  const { pending } = machine;
  if (patches.length === pending.patches.length && name === null) return machine;
  const share = patches.length / pending.patches.length;
  return {
    ...machine,
    pending: {
      ...pending,
      patches: [...patches],
      reboot: withoutReboot.includes(name) ? { needed: false, why: `${name} needs none` } : pending.reboot,
      estimate: { ...pending.estimate, patchSeconds: Math.round(pending.estimate.patchSeconds * share) },
    },
  };
}
