import { addReal, addWhole, real, whole } from "./numbers.ts";
import { inPatch, occupy, type State, served, standOut, vacate } from "./state.ts";

/** Begins a migration that `canMigrate` allows. */
export function beginMigration(state: State, vm: number, to: number): void {
  const from = whole(state.at, vm);
  occupy(state, vm, to);
  state.to[vm] = to;
  addWhole(state.slots, from, 1);
  addWhole(state.slots, to, 1);
  state.slotsInUse += 1;
  state.migrations += 1;
  copyInFlight(state, vm, to, 1);
  note(state, vm, from, to, whole(state.model.vmSeconds, vm));
}

/** Begins a patch that `canPatch` allows. */
export function beginPatch(state: State, host: number): void {
  const { model } = state;
  state.phase[host] = inPatch;
  state.unpatched -= 1;
  standOut(state, host, 1);
  note(state, -1, host, host, whole(model.patch, host));
}

/** A VM in flight takes room twice: the second copy comes out of what its pool has to spare. */
function copyInFlight(state: State, vm: number, to: number, sign: number): void {
  const { model } = state;
  const pool = whole(model.pool, to);
  addReal(state.spareCpu, pool, -sign * real(model.vmCpu, vm));
  addReal(state.spareMemory, pool, -sign * real(model.vmMemory, vm));
}

function note(state: State, vm: number, from: number, to: number, seconds: number): void {
  const entry = state.logVm.length;
  const end = state.now + seconds;
  state.logVm.push(vm);
  state.logFrom.push(from);
  state.logTo.push(to);
  state.logStart.push(state.now);
  state.logEnd.push(end);
  pushEnd(state, end, entry);
}

/** Goes on to the next end and applies it; the entry of the log that ended, or -1 when nothing is under way. */
export function endNext(state: State): number {
  const entry = popEnd(state);
  if (entry < 0) return -1;
  state.now = state.logEnd[entry] ?? state.now;
  const vm = state.logVm[entry] ?? -1;
  const to = state.logTo[entry] ?? 0;
  if (vm < 0) {
    state.phase[to] = served;
    standOut(state, to, -1);
    return entry;
  }
  const from = state.logFrom[entry] ?? 0;
  vacate(state, vm, from);
  state.at[vm] = to;
  state.to[vm] = -1;
  addWhole(state.slots, from, -1);
  addWhole(state.slots, to, -1);
  state.slotsInUse -= 1;
  copyInFlight(state, vm, to, -1);
  return entry;
}

function pushEnd({ ends, whos }: State, time: number, who: number): void {
  let at = ends.length;
  ends.push(time);
  whos.push(who);
  while (at > 0) {
    const up = (at - 1) >> 1;
    const above = ends[up] ?? 0;
    if (above < time || (above === time && (whos[up] ?? 0) < who)) break;
    ends[at] = above;
    whos[at] = whos[up] ?? 0;
    at = up;
  }
  ends[at] = time;
  whos[at] = who;
}

function popEnd({ ends, whos }: State): number {
  const first = whos[0];
  const time = ends.pop();
  const who = whos.pop();
  if (first === undefined || time === undefined || who === undefined) return -1;
  const size = ends.length;
  if (size === 0) return first;
  let at = 0;
  for (;;) {
    let down = 2 * at + 1;
    if (down >= size) break;
    const right = down + 1;
    if (right < size && sooner(ends, whos, right, down)) down = right;
    const below = ends[down] ?? 0;
    if (below > time || (below === time && (whos[down] ?? 0) > who)) break;
    ends[at] = below;
    whos[at] = whos[down] ?? 0;
    at = down;
  }
  ends[at] = time;
  whos[at] = who;
  return first;
}

function sooner(ends: readonly number[], whos: readonly number[], a: number, b: number): boolean {
  const left = ends[a] ?? 0;
  const right = ends[b] ?? 0;
  return left < right || (left === right && (whos[a] ?? 0) < (whos[b] ?? 0));
}
