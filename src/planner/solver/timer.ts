import type { Model } from "./model.ts";
import { whole } from "./numbers.ts";
import type { Sequence } from "./sequence.ts";
import { resetState, type State, startState } from "./state.ts";

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

/** Chains the actions of each host; false when a VM would move to where it is. */
export function link(timer: Timer, sequence: Sequence): boolean {
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

/** Back to time 0. */
export function reset(timer: Timer): void {
  resetState(timer.state);
  timer.actions.length = 0;
  timer.causes.length = 0;
  timer.makespan = 0;
  timer.patchEnds = 0;
}

/** Reads makespan and patch ends off a finished history. */
export function measure(timer: Timer): number {
  const { state } = timer;
  timer.patchEnds = 0;
  for (let entry = 0; entry < state.logEnd.length; entry += 1) {
    const end = state.logEnd[entry] ?? 0;
    if (end > timer.makespan) timer.makespan = end;
    if ((state.logVm[entry] ?? -1) < 0) timer.patchEnds += end;
  }
  return timer.makespan;
}
