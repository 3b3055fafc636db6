import { real, whole } from "./numbers.ts";
import { inPatch, type State, served, waiting } from "./state.ts";

/** May this VM begin to move there now? Capacity, slots, groups, pools, and newer hosts only where that holds. */
export function canMigrate(state: State, vm: number, to: number): boolean {
  const { model } = state;
  const from = whole(state.at, vm);
  if (whole(state.phase, to) === inPatch || from === to || whole(state.to, vm) >= 0) return false;
  if (whole(state.slots, from) >= model.slotsPerHost || whole(state.slots, to) >= model.slotsPerHost) return false;
  if (state.slotsInUse >= model.slotsGlobal) return false;
  if (real(state.freeCpu, to) < real(model.vmCpu, vm) || real(state.freeMemory, to) < real(model.vmMemory, vm))
    return false;
  if (model.hasReserve && !leavesReserve(state, vm, whole(model.pool, to))) return false;
  const group = whole(model.vmGroup, vm);
  if (group >= 0 && whole(state.members, group * model.hosts + to) > 0) return false;
  return !(
    whole(model.newerOnly, to) === 1 &&
    whole(state.phase, to) === waiting &&
    whole(state.phase, from) === served
  );
}

function leavesReserve({ model, spareCpu, spareMemory }: State, vm: number, pool: number): boolean {
  return real(spareCpu, pool) >= real(model.vmCpu, vm) && real(spareMemory, pool) >= real(model.vmMemory, vm);
}

/** May the patch of this host begin now? Empty, and within every limit on how many are out at once. */
export function canPatch(state: State, host: number): boolean {
  const { model } = state;
  if (whole(state.occupants, host) > 0 || whole(state.phase, host) !== waiting) return false;
  const pool = whole(model.pool, host);
  if (whole(state.patchesInPool, pool) >= model.patchesPerPool) return false;
  const domain = whole(model.domain, host);
  if (domain >= 0 && whole(state.patchesInDomain, domain) >= model.patchesPerDomain) return false;
  if (real(state.spareCpu, pool) < real(model.cpu, host) || real(state.spareMemory, pool) < real(model.memory, host))
    return false;
  for (const first of model.before[host] ?? []) if (whole(state.phase, first) !== served) return false;
  for (const { group, members } of model.goesDown[host] ?? [])
    if (whole(state.down, group) + members > (model.mayBeDown[group] ?? 0)) return false;
  return true;
}
