import type { Draft } from "./draft.ts";
import { isController } from "./roles.ts";
import type { World, WorldVm } from "./world.ts";

const carriesHosts: readonly Draft["kind"][] = ["host", "firmware"];

export function isCpuClass(draft: Draft): boolean {
  return draft.machine?.pending.patches.some((patch) => patch.class === "cpu-vulnerability") === true;
}

/**
 * CPU vulnerabilities (rules R16-R18): a guest sees new CPU bits only after it was off and on again on a host that
 * is done. Every running guest of such a pool gets a power cycle after its own patches, instead of a reboot.
 */
export function cycleStages(world: World, drafts: readonly Draft[]): readonly Draft[] {
  if (world.cluster.policy.reboots === "never") return drafts;
  const cycled = new Set(guestsToCycle(world, drafts).map(({ name }) => name));
  const cycles = world.vms.flatMap(({ name, vm, machine }): readonly Draft[] =>
    cycled.has(name) && machine
      ? [
          {
            id: `guest-os/${name}/power-cycle`,
            kind: "power-cycle",
            layer: "guest-os",
            target: name,
            pool: vm.pool,
            machine: { ...machine, pending: { ...machine.pending, patches: [] } },
          },
        ]
      : [],
  );
  return [...drafts.map((draft) => (cycled.has(draft.target) ? leftToCycle(draft) : draft)), ...cycles];
}

/** Running guests that Tuesday may switch off, in pools whose hosts get such a fix, or that get one themselves. */
export function guestsToCycle(world: World, drafts: readonly Draft[]): readonly WorldVm[] {
  return needingCycle(world, drafts).filter(({ name, vm, machine }) => {
    const byHand = vm.roles.includes("controller") || isController(world, name);
    return machine !== null && !byHand;
  });
}

/** All running guests that see the fix only after they were off and on again. */
export function needingCycle(world: World, drafts: readonly Draft[]): readonly WorldVm[] {
  const fixes = drafts.filter(isCpuClass);
  const pools = new Set(fixes.filter(({ kind }) => carriesHosts.includes(kind)).map(({ pool }) => pool));
  const own = new Set(fixes.map(({ target }) => target));
  return world.vms.filter(({ name, vm, seen }) => seen?.running && (pools.has(vm.pool) || own.has(name)));
}

/** The power cycle is the reboot; a manager reboots with its own patches all the same, before the hosts. */
function leftToCycle(draft: Draft): Draft {
  if (draft.machine === null || draft.kind !== "guest") return draft;
  const reboot = { needed: false, why: "it is switched off and on again afterwards (rules R16-R18)" };
  return { ...draft, machine: { ...draft.machine, pending: { ...draft.machine.pending, reboot } } };
}
