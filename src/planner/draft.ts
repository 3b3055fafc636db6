import type { MachineFacts } from "../domain/facts.ts";
import { type Layer, nothingPending } from "../domain/plan.ts";
import type { World } from "./world.ts";

export const draftKinds = ["prepare", "host", "bare-host", "restore", "management", "guest"] as const;
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
}

export interface Untouched {
  readonly machine: string;
  readonly why: string;
}

/** Which machines get a stage, and why the others get none. */
export function draftStages(world: World): {
  readonly drafts: readonly Draft[];
  readonly untouched: readonly Untouched[];
} {
  const drafts: Draft[] = [];
  const untouched: Untouched[] = [];
  for (const { name, pool, machine } of world.hosts) {
    const why = whyNothing(machine);
    if (why !== null) untouched.push({ machine: name, why });
    else if (pool === null)
      drafts.push({ id: `host-os/${name}`, kind: "bare-host", layer: "host-os", target: name, pool: null, machine });
    else
      drafts.push({
        id: `hypervisor/${name}`,
        kind: "host",
        layer: "hypervisor",
        target: name,
        pool: pool.pool,
        machine,
      });
  }
  for (const { name, vm, machine } of world.vms) {
    const why = whyNothing(machine) ?? whyLeftOut(vm.roles, name);
    const management = vm.roles.includes("management");
    const layer: Layer = management ? "management" : "guest-os";
    if (why !== null) untouched.push({ machine: name, why });
    else
      drafts.push({
        id: `${layer}/${name}`,
        kind: management ? "management" : "guest",
        layer,
        target: name,
        pool: vm.pool,
        machine,
      });
  }
  return { drafts: [...drafts, ...switchStages(world, drafts)], untouched };
}

function whyNothing(machine: MachineFacts | null): string | null {
  if (machine === null) return "no patcher in the inventory: Tuesday does not patch it";
  return machine.pending.patches.length === 0 ? nothingPending : null;
}

/** Guests whose patching would cut the branch we sit on, or that follow rules this version does not have. */
function whyLeftOut(roles: readonly string[], name: string): string | null {
  if (roles.includes("controller"))
    return `${name} runs Tuesday itself (rule R71): patch it by hand, or from another Tuesday`;
  if (roles.includes("storage-controller"))
    return `${name} is a storage controller (rule R76): its restart follows storage rules that this version does not know`;
  return null;
}

/** A stage before the first and one after the last host of every pool that has switches to flip. */
function switchStages(world: World, drafts: readonly Draft[]): readonly Draft[] {
  return world.pools.flatMap((pool) => {
    const rebooting = drafts.some((draft) => draft.kind === "host" && draft.pool === pool.pool);
    if (!rebooting || !pool.switches.some((one) => one.on && one.offDuringRun)) return [];
    const shared = { layer: "hypervisor" as const, target: pool.pool, pool: pool.pool, machine: null };
    return [
      { ...shared, id: `hypervisor/${pool.pool}/prepare`, kind: "prepare" as const },
      { ...shared, id: `hypervisor/${pool.pool}/restore`, kind: "restore" as const },
    ];
  });
}
