import { beginMigration, beginPatch, endNext } from "./events.ts";
import type { Model } from "./model.ts";
import { whole } from "./numbers.ts";
import { canMigrate, canPatch } from "./rules.ts";
import { resetState, type State, startState } from "./state.ts";

/**
 * A plan without times: which actions, in which order. Action i moves VM `vm[i]` to host `to[i]`, or patches
 * host `to[i]` when `vm[i]` is -1. On every host the actions begin in this order, each as early as the rules
 * allow; any plan in which nothing can begin earlier is the timing of some sequence.
 */
export interface Sequence {
  length: number;
  vm: Int32Array;
  to: Int32Array;
}

/** Room and links for timing sequences of one model, used again and again. */
export interface Timer {
  readonly model: Model;
  readonly state: State;
  /** Where each action comes from, and the next action on its two hosts; -1: none. */
  from: Int32Array;
  nextFrom: Int32Array;
  nextTo: Int32Array;
  readonly head: Int32Array;
  readonly tail: Int32Array;
  readonly place: Int32Array;
  /** By entry of the log: the action it carries out, and the entry whose end let it begin (-1: nothing). */
  readonly actions: number[];
  readonly causes: number[];
  readonly work: number[];
  /** Actions that have not begun. */
  readonly open: number[];
  /** The look in which a patch or a move stood ahead in the order, by host, and a move, by VM. */
  looks: number;
  readonly patchAhead: Int32Array;
  readonly moveAhead: Int32Array;
  readonly vmAhead: Int32Array;
  makespan: number;
  /** Sum of the times at which patches end. */
  patchEnds: number;
}

export function makeTimer(model: Model): Timer {
  return {
    model,
    state: startState(model),
    from: new Int32Array(0),
    nextFrom: new Int32Array(0),
    nextTo: new Int32Array(0),
    head: new Int32Array(model.hosts),
    tail: new Int32Array(model.hosts),
    place: new Int32Array(model.vms),
    actions: [],
    causes: [],
    work: [],
    open: [],
    looks: 0,
    patchAhead: new Int32Array(model.hosts),
    moveAhead: new Int32Array(model.hosts),
    vmAhead: new Int32Array(model.vms),
    makespan: 0,
    patchEnds: 0,
  };
}

/**
 * Gives every action its time. False when the sequence cannot be carried out to its end: a move to where the VM
 * is, or actions that wait for each other. The times are in `timer.state`, the makespan in the timer.
 */
export function timeSequence(timer: Timer, sequence: Sequence, limit = Number.POSITIVE_INFINITY): boolean {
  if (!link(timer, sequence)) return false;
  const { state, model } = timer;
  reset(timer);
  for (let host = model.hosts - 1; host >= 0; host -= 1) timer.work.push(host);
  let left = sequence.length - startHeads(timer, sequence, -1);
  const everywhere = model.slotsGlobal < Number.MAX_SAFE_INTEGER;
  while (left > 0) {
    const entry = endNext(state);
    if (entry < 0 || state.now >= limit) {
      timer.work.length = 0;
      return false;
    }
    const patched = (state.logVm[entry] ?? -1) < 0;
    if (patched || everywhere) for (let host = model.hosts - 1; host >= 0; host -= 1) timer.work.push(host);
    else timer.work.push(state.logTo[entry] ?? 0, state.logFrom[entry] ?? 0);
    left -= startHeads(timer, sequence, entry);
  }
  return measure(timer) < limit && state.unpatched === 0;
}

/**
 * The same with a looser order: an action may begin before one that stands ahead of it, unless both concern one VM,
 * or one of them is the patch of a host that the other concerns. Fewer sequences get stuck, but none waits on purpose.
 */
export function timeLoosely(timer: Timer, sequence: Sequence, limit = Number.POSITIVE_INFINITY): boolean {
  if (!link(timer, sequence)) return false;
  reset(timer);
  const { state, open } = timer;
  open.length = sequence.length;
  for (let i = 0; i < sequence.length; i += 1) open[i] = i;
  let entry = -1;
  for (;;) {
    if (!startOpen(timer, sequence, entry, limit)) return false;
    if (open.length === 0) break;
    entry = endNext(state);
    if (entry < 0) return false;
    while (state.ends[0] === state.now) endNext(state);
  }
  measure(timer);
  return state.unpatched === 0;
}

/** What a plan costs whose last patch ends no earlier, and with this sum of ends beside those of begun patches. */
function leastCost(timer: Timer, last: number, ends: number): number {
  return last + (timer.patchEnds + ends) / Math.max(1, timer.model.hosts);
}

/** Begins what may begin, in order; false when the patches that have not begun can no longer keep the cost below the limit. */
function startOpen(timer: Timer, sequence: Sequence, cause: number, limit: number): boolean {
  const { state, model, open, patchAhead, moveAhead, vmAhead } = timer;
  // A number for this look instead of three arrays to clear: clearing was most of the work.
  timer.looks += 1;
  const now = timer.looks;
  let kept = 0;
  let last = 0;
  let later = 0;
  for (const action of open) {
    const vm = whole(sequence.vm, action);
    const to = whole(sequence.to, action);
    const from = whole(timer.from, action);
    if (vm < 0) {
      const end = state.now + whole(model.patch, to);
      if (whole(moveAhead, to) !== now && canPatch(state, to)) {
        beginPatch(state, to);
        timer.patchEnds += end;
      } else {
        if (end > last) last = end;
        later += end;
        patchAhead[to] = now;
        open[kept++] = action;
        continue;
      }
    } else if (
      whole(vmAhead, vm) !== now &&
      whole(patchAhead, to) !== now &&
      whole(patchAhead, from) !== now &&
      whole(state.at, vm) === from &&
      canMigrate(state, vm, to)
    ) {
      beginMigration(state, vm, to);
    } else {
      vmAhead[vm] = now;
      moveAhead[to] = now;
      moveAhead[from] = now;
      open[kept++] = action;
      continue;
    }
    timer.actions.push(action);
    timer.causes.push(cause);
  }
  open.length = kept;
  return leastCost(timer, last, later) < limit;
}

function reset(timer: Timer): void {
  resetState(timer.state);
  timer.actions.length = 0;
  timer.causes.length = 0;
  timer.makespan = 0;
  timer.patchEnds = 0;
}

/** Reads makespan and patch ends off a finished history. */
function measure(timer: Timer): number {
  const { state } = timer;
  timer.patchEnds = 0;
  for (let entry = 0; entry < state.logEnd.length; entry += 1) {
    const end = state.logEnd[entry] ?? 0;
    if (end > timer.makespan) timer.makespan = end;
    if ((state.logVm[entry] ?? -1) < 0) timer.patchEnds += end;
  }
  return timer.makespan;
}

/** Chains the actions of each host; false when a VM would move to where it is. */
function link(timer: Timer, sequence: Sequence): boolean {
  const { model, head, tail, place } = timer;
  if (timer.from.length < sequence.length) {
    timer.from = new Int32Array(2 * sequence.length);
    timer.nextFrom = new Int32Array(2 * sequence.length);
    timer.nextTo = new Int32Array(2 * sequence.length);
  }
  const { from, nextFrom, nextTo } = timer;
  head.fill(-1);
  tail.fill(-1);
  place.set(model.vmHost);
  for (let i = 0; i < sequence.length; i += 1) {
    const vm = whole(sequence.vm, i);
    const to = whole(sequence.to, i);
    const source = vm < 0 ? to : whole(place, vm);
    if (vm >= 0) {
      if (source === to) return false;
      place[vm] = to;
    }
    from[i] = source;
    nextFrom[i] = -1;
    nextTo[i] = -1;
    append(timer, i, source);
    if (vm >= 0) append(timer, i, to);
  }
  return true;
}

function append({ head, tail, from, nextFrom, nextTo }: Timer, action: number, host: number): void {
  const last = whole(tail, host);
  if (last < 0) head[host] = action;
  else if (whole(from, last) === host) nextFrom[last] = action;
  else nextTo[last] = action;
  tail[host] = action;
}

/** Begins the first action of every host on the work list that may begin, and what that frees; how many began. */
function startHeads(timer: Timer, sequence: Sequence, cause: number): number {
  const { state, head, from, nextFrom, nextTo, work } = timer;
  let begun = 0;
  while (work.length > 0) {
    const host = work.pop() ?? 0;
    const action = whole(head, host);
    if (action < 0) continue;
    const source = whole(from, action);
    const to = whole(sequence.to, action);
    if (whole(head, source) !== action || whole(head, to) !== action) continue;
    const vm = whole(sequence.vm, action);
    if (vm < 0) {
      if (!canPatch(state, to)) continue;
      beginPatch(state, to);
      head[to] = whole(nextFrom, action);
      work.push(to);
    } else {
      if (!canMigrate(state, vm, to)) continue;
      beginMigration(state, vm, to);
      head[source] = whole(nextFrom, action);
      head[to] = whole(nextTo, action);
      work.push(to, source);
    }
    timer.actions.push(action);
    timer.causes.push(cause);
    begun += 1;
  }
  return begun;
}

/** A copy with room to grow. */
export function roomyCopy(sequence: Sequence): Sequence {
  const size = sequence.length * 2 + 64;
  const copy = { length: sequence.length, vm: new Int32Array(size), to: new Int32Array(size) };
  copyInto(sequence, copy);
  return copy;
}

export function copyInto(from: Sequence, into: Sequence): void {
  into.length = from.length;
  // A plain loop: views of typed arrays cost more than they save at these lengths.
  for (let i = 0; i < from.length; i += 1) {
    into.vm[i] = whole(from.vm, i);
    into.to[i] = whole(from.to, i);
  }
}
