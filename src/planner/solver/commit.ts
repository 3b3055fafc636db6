import { real, whole } from "./numbers.ts";
import {
  breakFirmPromise,
  breakPromise,
  type Pipeline,
  promise,
  promiseFirmly,
  queueLeaving,
  roomCpu,
  roomMemory,
} from "./promises.ts";
import { inPatch, served, waiting } from "./state.ts";
import { bestTarget, hasRoom, isOpenTo, makeRoom, staysOn } from "./targets.ts";

/** Commits to as many hosts as find room for all their VMs, and moves others ahead of their turn as chosen. */
export function commitHosts(pipe: Pipeline): void {
  const { state, choices } = pipe;
  const quick = choices.drainSeconds < Number.POSITIVE_INFINITY;
  // At the very start the slow ones have been seen to already.
  const slow = state.now > 0;
  if (slow && choices.slowFirst) moveSlow(pipe);
  if (quick) commitInOrder(pipe, choices.drainSeconds);
  if (slow && quick && !choices.slowFirst) moveSlow(pipe);
  if (!quick || !choices.patient || pipe.lanesInUse === 0) {
    const next = commitInOrder(pipe, Number.POSITIVE_INFINITY);
    if (choices.ahead && next >= 0) moveAhead(pipe, next);
  }
  if (slow && !quick && !choices.slowFirst) moveSlow(pipe);
}

/** Commits to hosts that can be emptied within that time; the first host that found no room, or -1. */
function commitInOrder(pipe: Pipeline, within: number): number {
  const { state, choices } = pipe;
  let refused = 0;
  let next = -1;
  const homeless: number[] = [];
  for (const host of choices.order) {
    if (whole(state.phase, host) !== waiting || whole(pipe.draining, host) === 1) continue;
    // Whose turn has not come is not refused: an order over forty hosts must not end the look.
    if (mustWait(pipe, host)) continue;
    if (within < Number.POSITIVE_INFINITY && drainSeconds(pipe, host) > within) continue;
    if (commit(pipe, host, homeless)) continue;
    if (next < 0) next = host;
    refused += 1;
    if (refused > choices.refusals) break;
  }
  return next;
}

/** At least this long until the host is empty, if it were emptied from now on. */
function drainSeconds(pipe: Pipeline, host: number): number {
  const { model, state } = pipe;
  let sum = 0;
  let longest = 0;
  for (const vm of pipe.guests[host] ?? []) {
    if (whole(state.at, vm) !== host) continue;
    const seconds = whole(model.vmSeconds, vm);
    sum += seconds;
    if (seconds > longest) longest = seconds;
  }
  return Math.max(longest, sum / model.slotsPerHost);
}

/** VMs on the host that have no promise; forgets those that have left. */
function unpromised(pipe: Pipeline, host: number): number[] {
  const { state } = pipe;
  const list = pipe.guests[host] ?? [];
  let kept = 0;
  for (const vm of list) {
    if (whole(state.at, vm) !== host || whole(state.to, vm) >= 0) continue;
    list[kept] = vm;
    kept += 1;
  }
  list.length = kept;
  return list.filter((vm) => whole(pipe.target, vm) < 0);
}

function mustWait(pipe: Pipeline, host: number): boolean {
  const { model, state } = pipe;
  if (whole(pipe.inbound, host) > 0) return true;
  for (const first of model.before[host] ?? []) if (whole(state.phase, first) !== served) return true;
  return false;
}

/**
 * Promises every VM of the host a place, largest first; or none, and notes in `homeless` a VM that found no place
 * with nothing else promised: room only shrinks in one look, so a host with a VM as large need not be tried.
 */
function commit(pipe: Pipeline, host: number, homeless: number[]): boolean {
  const { model, choices } = pipe;
  const list = unpromised(pipe, host);
  const late = pipe.lanesInUse < choices.lanes;
  if (list.some((vm) => isAsLarge(pipe, vm, homeless)) || !roomInAll(pipe, host, list, late)) return false;
  list.sort((a, b) => whole(model.sizeRank, b) - whole(model.sizeRank, a));
  pipe.draining[host] = 1;
  const placed: number[] = [];
  const ejected: number[] = [];
  for (const vm of list) {
    let to = bestTarget(pipe, vm, { late, fromRank: 0, firm: false });
    if (to < 0 && choices.eject) to = makeRoom(pipe, vm, late, ejected);
    if (to < 0) {
      for (const one of placed) breakPromise(pipe, one);
      for (const one of ejected) breakFirmPromise(pipe, one);
      pipe.draining[host] = 0;
      if (placed.length === 0) homeless.push(vm);
      return false;
    }
    promise(pipe, vm, to);
    placed.push(vm);
  }
  pipe.lanesInUse += 1;
  queueLeaving(pipe, host, placed);
  return true;
}

function isAsLarge({ model }: Pipeline, vm: number, homeless: readonly number[]): boolean {
  for (const other of homeless)
    if (real(model.vmCpu, vm) >= real(model.vmCpu, other) && real(model.vmMemory, vm) >= real(model.vmMemory, other))
      return true;
  return false;
}

/** Is there room enough when nobody asks how it is cut up? Quicker than finding out VM by VM. */
function roomInAll(pipe: Pipeline, host: number, vms: readonly number[], late: boolean): boolean {
  const { model, state } = pipe;
  let cpu = 0;
  let memory = 0;
  for (const vm of vms) {
    cpu -= real(model.vmCpu, vm);
    memory -= real(model.vmMemory, vm);
  }
  for (const other of pipe.poolHosts[whole(model.pool, host)] ?? []) {
    const phase = whole(state.phase, other);
    if (other === host || phase === inPatch || (phase === waiting && !late)) continue;
    if (whole(pipe.draining, other) === 1) continue;
    cpu += Math.max(0, roomCpu(pipe, other));
    memory += Math.max(0, roomMemory(pipe, other));
  }
  return cpu >= 0 && memory >= 0;
}

/** Into what is left on served hosts go the longest movers of the host that is next. */
function moveAhead(pipe: Pipeline, host: number): void {
  const { model } = pipe;
  const list = unpromised(pipe, host);
  list.sort((a, b) => whole(model.vmSeconds, b) - whole(model.vmSeconds, a) || a - b);
  for (const vm of list) {
    const to = bestTarget(pipe, vm, { late: false, fromRank: 0, firm: true });
    if (to >= 0) promiseFirmly(pipe, vm, to);
  }
}

/** Slow movers of the hosts that are next leave ahead of their turn, so that emptying those takes little time. */
export function moveSlow(pipe: Pipeline): void {
  const { model, state, choices } = pipe;
  if (choices.slowSeconds === Number.POSITIVE_INFINITY) return;
  let seen = 0;
  for (const host of choices.order) {
    if (whole(state.phase, host) !== waiting || whole(pipe.draining, host) === 1) continue;
    seen += 1;
    if (seen > choices.horizon) break;
    const terms = { late: true, fromRank: whole(pipe.rank, host) + choices.horizon, firm: true };
    for (const vm of unpromised(pipe, host)) {
      if (whole(model.vmSeconds, vm) < choices.slowSeconds) continue;
      const to = bestTarget(pipe, vm, terms);
      if (to >= 0) promiseFirmly(pipe, vm, to);
    }
  }
}

/** The moves that were chosen to begin with, as far as there is room for them. */
export function moveOpening(pipe: Pipeline): void {
  for (const [vm, host] of pipe.choices.opening) {
    const terms = { late: true, fromRank: 0, firm: true };
    if (whole(pipe.model.pool, host) !== whole(pipe.model.pool, whole(pipe.state.at, vm))) continue;
    if (!staysOn(pipe, vm, whole(pipe.state.at, vm))) continue;
    if (isOpenTo(pipe, vm, host, terms) && hasRoom(pipe, vm, host, true)) promiseFirmly(pipe, vm, host);
  }
}
