import type { Component } from "../domain/act.ts";
import type { MachineFacts } from "../domain/facts.ts";
import { type Layer, nothingPending } from "../domain/plan.ts";
import { cycleStages } from "./cpu-class.ts";
import { type Part, partsOf } from "./parts.ts";
import { isManager, isStorageVm, storageUnknown } from "./roles.ts";
import type { World, WorldVm } from "./world.ts";

export const draftKinds = [
  "prepare",
  "firmware-tooling",
  "storage-agent",
  "firmware",
  "host",
  "bare-host",
  "restore",
  "management",
  "storage",
  "guest",
  "guest-tools",
  "power-cycle",
  "virtual-hardware",
  "finish",
] as const;
export type DraftKind = (typeof draftKinds)[number];

/** A stage before it has steps: who, in which layer, and what is pending. */
export interface Draft {
  readonly id: string;
  readonly kind: DraftKind;
  readonly layer: Layer;
  readonly target: string;
  /** The pool it belongs to, or null for a host without a hypervisor. */
  readonly pool: string | null;
  readonly machine: MachineFacts | null;
  /** The part of the machine it is about, where that has a stage of its own. */
  readonly component?: Component;
}

export interface Untouched {
  readonly machine: string;
  readonly why: string;
}

/** Which machines get stages, and why the others get none. */
export function draftStages(world: World): {
  readonly drafts: readonly Draft[];
  readonly untouched: readonly Untouched[];
} {
  const drafts: Draft[] = [];
  const untouched: Untouched[] = [];
  for (const { name, pool, machine } of world.hosts) {
    const why = whyNothing(machine);
    if (why !== null || machine === null) untouched.push({ machine: name, why: why ?? nothingPending });
    else for (const part of partsOf(world, machine, pool)) drafts.push(hostStage(name, pool?.pool ?? null, part));
  }
  for (const one of world.vms) {
    const why = whyNothing(one.machine) ?? whyLeftOut(world, one);
    if (why !== null || one.machine === null) untouched.push({ machine: one.name, why: why ?? nothingPending });
    else for (const part of partsOf(world, one.machine, one.pool)) drafts.push(vmStage(world, one, part));
  }
  const cycled = cycleStages(world, drafts);
  const switched = switchStages(world, cycled);
  const touched = new Set(cycled.map(({ target }) => target));
  return { drafts: [...cycled, ...switched], untouched: untouched.filter(({ machine }) => !touched.has(machine)) };
}

/** Parts that are stages of their own, each with its layer and kind. What is not here is finishing work. */
const partStages: Readonly<Partial<Record<Component, { readonly kind: DraftKind; readonly layer: Layer }>>> = {
  "firmware-tooling": { kind: "firmware-tooling", layer: "firmware" },
  "storage-agent": { kind: "storage-agent", layer: "storage" },
  firmware: { kind: "firmware", layer: "firmware" },
  "guest-tools": { kind: "guest-tools", layer: "guest-tools" },
  "virtual-hardware": { kind: "virtual-hardware", layer: "virtual-hardware" },
};

function partStage(target: string, pool: string | null, component: Component, machine: MachineFacts): Draft {
  const { kind, layer } = partStages[component] ?? { kind: "finish" as const, layer: "storage-format" as const };
  const id = component === layer ? `${layer}/${target}` : `${layer}/${target}/${component}`;
  return { id, kind, layer, target, pool, machine, component };
}

function hostStage(target: string, pool: string | null, { name, machine }: Part): Draft {
  if (name !== null) return partStage(target, pool, name, machine);
  return pool === null
    ? { id: `host-os/${target}`, kind: "bare-host", layer: "host-os", target, pool, machine }
    : { id: `hypervisor/${target}`, kind: "host", layer: "hypervisor", target, pool, machine };
}

function vmStage(world: World, { name: target, vm }: WorldVm, { name, machine }: Part): Draft {
  if (name !== null) return partStage(target, vm.pool, name, machine);
  const shared = { target, pool: vm.pool, machine };
  if (isStorageVm(world, target)) return { ...shared, id: `storage/${target}`, kind: "storage", layer: "storage" };
  return isManager(world, target)
    ? { ...shared, id: `management/${target}`, kind: "management", layer: "management" }
    : { ...shared, id: `guest-os/${target}`, kind: "guest", layer: "guest-os" };
}

function whyNothing(machine: MachineFacts | null): string | null {
  if (machine === null) return "no patcher in the inventory: Tuesday does not patch it";
  return machine.pending.patches.length === 0 ? nothingPending : null;
}

/** Guests that nobody can work on, whose patching would cut the branch we sit on, or of which nobody says what they carry. */
function whyLeftOut(world: World, { name, vm, seen }: WorldVm): string | null {
  if (seen?.running === false) return `${name} is switched off: its patches wait until it runs`;
  if (vm.roles.includes("controller"))
    return `${name} runs Tuesday itself (rule R71): patch it by hand, or from another Tuesday`;
  if (storageUnknown(world, name))
    return `${name} is a storage controller (rule R76): its restart follows storage rules, and the inventory does not say what storage ${vm.pool} has`;
  return null;
}

/** Stages that take a host of a pool out of service, or change it. */
export const hostKinds: readonly DraftKind[] = ["firmware-tooling", "storage-agent", "firmware", "host", "bare-host"];
/** Stages of the guest wave. */
export const guestKinds: readonly DraftKind[] = ["guest", "guest-tools", "power-cycle"];

/** A stage before the first and one after the last host of every pool that has switches to flip. */
function switchStages(world: World, drafts: readonly Draft[]): readonly Draft[] {
  return world.pools.flatMap((pool) => {
    const rebooting = drafts.some((draft) => hostKinds.includes(draft.kind) && draft.pool === pool.pool);
    if (!rebooting || !pool.switches.some((one) => one.on && one.offDuringRun)) return [];
    const shared = { layer: "hypervisor" as const, target: pool.pool, pool: pool.pool, machine: null };
    return [
      { ...shared, id: `hypervisor/${pool.pool}/prepare`, kind: "prepare" as const },
      { ...shared, id: `hypervisor/${pool.pool}/restore`, kind: "restore" as const },
    ];
  });
}
