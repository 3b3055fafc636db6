import type { Choices } from "./choices.ts";
import type { Model } from "./model.ts";
import { addReal, addWhole, real, whole } from "./numbers.ts";
import type { State } from "./state.ts";

/**
 * A greedy run under way: promises of room on top of the state.
 *
 * A promise holds room on the target until the VM begins to move. Room may be promised before it is there, on
 * credit of VMs that will leave (`credit`). A firm promise is one of room that was there when it was made; VMs
 * with a firm promise may begin at any time, all others only where they leave every promise of the target its
 * room. So firm promises can always be kept, credits come true, and no two VMs wait for each other.
 */
export interface Pipeline {
  readonly model: Model;
  readonly state: State;
  choices: Choices;
  /** Place in the wished order; hosts with nothing pending: 0. */
  readonly rank: Int32Array;
  readonly heldCpu: Float64Array;
  readonly heldMemory: Float64Array;
  readonly heldMembers: Int32Array;
  readonly creditCpu: Float64Array;
  readonly creditMemory: Float64Array;
  /** 1: this VM's leaving is counted as credit. */
  readonly credited: Int32Array;
  readonly firm: Int32Array;
  /** Promised target of a VM, or -1. */
  readonly target: Int32Array;
  /** VMs promised to come, or on their way. */
  readonly inbound: Int32Array;
  /** 1: every VM of the host has a promise, and the host takes no more. */
  readonly draining: Int32Array;
  /** VMs with a promise that have not begun to move, by host, longest first. */
  readonly leaving: number[][];
  /** VMs on a host; may still name some that have left. */
  readonly guests: number[][];
  readonly poolHosts: readonly (readonly number[])[];
  /** Hosts being emptied or in patch. */
  lanesInUse: number;
}

export function startPipeline(state: State, choices: Choices): Pipeline {
  const { model } = state;
  const guests: number[][] = Array.from({ length: model.hosts }, () => []);
  for (let vm = 0; vm < model.vms; vm += 1) guests[whole(state.at, vm)]?.push(vm);
  const poolHosts: number[][] = Array.from({ length: model.spareCpu.length }, () => []);
  for (let host = 0; host < model.hosts; host += 1) poolHosts[whole(model.pool, host)]?.push(host);
  const rank = new Int32Array(model.hosts);
  choices.order.forEach((host, i) => {
    rank[host] = i;
  });
  return {
    model,
    state,
    choices,
    rank,
    heldCpu: new Float64Array(model.hosts),
    heldMemory: new Float64Array(model.hosts),
    heldMembers: new Int32Array(model.groups * model.hosts),
    creditCpu: new Float64Array(model.hosts),
    creditMemory: new Float64Array(model.hosts),
    credited: new Int32Array(model.vms),
    firm: new Int32Array(model.vms),
    target: new Int32Array(model.vms).fill(-1),
    inbound: new Int32Array(model.hosts),
    draining: new Int32Array(model.hosts),
    leaving: Array.from({ length: model.hosts }, () => []),
    guests,
    poolHosts,
    lanesInUse: 0,
  };
}

function hold(pipe: Pipeline, vm: number, to: number, sign: number): void {
  const { model } = pipe;
  addReal(pipe.heldCpu, to, sign * real(model.vmCpu, vm));
  addReal(pipe.heldMemory, to, sign * real(model.vmMemory, vm));
  const group = whole(model.vmGroup, vm);
  if (group >= 0) addWhole(pipe.heldMembers, group * model.hosts + to, sign);
}

/** Counts a VM's room on its host as coming free (+1), or no longer (-1). */
export function credit(pipe: Pipeline, vm: number, host: number, sign: number): void {
  addReal(pipe.creditCpu, host, sign * real(pipe.model.vmCpu, vm));
  addReal(pipe.creditMemory, host, sign * real(pipe.model.vmMemory, vm));
  pipe.credited[vm] = sign > 0 ? 1 : 0;
}

/** A place on a target whose room may be on credit. */
export function promise(pipe: Pipeline, vm: number, to: number): void {
  hold(pipe, vm, to, 1);
  pipe.target[vm] = to;
  addWhole(pipe.inbound, to, 1);
}

export function breakPromise(pipe: Pipeline, vm: number): void {
  const to = whole(pipe.target, vm);
  hold(pipe, vm, to, -1);
  pipe.target[vm] = -1;
  addWhole(pipe.inbound, to, -1);
}

/** A place whose room is there, for a VM that leaves ahead of its host's turn: its own room becomes credit. */
export function promiseFirmly(pipe: Pipeline, vm: number, to: number): void {
  const from = whole(pipe.state.at, vm);
  promise(pipe, vm, to);
  pipe.firm[vm] = 1;
  credit(pipe, vm, from, 1);
  queueLeaving(pipe, from, [vm]);
}

export function breakFirmPromise(pipe: Pipeline, vm: number): void {
  const from = whole(pipe.state.at, vm);
  breakPromise(pipe, vm);
  pipe.firm[vm] = 0;
  credit(pipe, vm, from, -1);
  const queue = pipe.leaving[from] ?? [];
  queue.splice(queue.indexOf(vm), 1);
}

/** The VM begins to move: its room on the target is taken for real. */
export function keepPromise(pipe: Pipeline, vm: number): void {
  hold(pipe, vm, whole(pipe.target, vm), -1);
  pipe.target[vm] = -1;
  pipe.firm[vm] = 0;
}

/** May a VM begin to move without taking room that its target has promised to others? */
export function leavesRoom(pipe: Pipeline, vm: number, to: number): boolean {
  const { state } = pipe;
  if (whole(pipe.firm, vm) === 1) return true;
  return real(state.freeCpu, to) >= real(pipe.heldCpu, to) && real(state.freeMemory, to) >= real(pipe.heldMemory, to);
}

export function queueLeaving(pipe: Pipeline, host: number, vms: readonly number[]): void {
  const { model } = pipe;
  const queue = pipe.leaving[host] ?? [];
  queue.push(...vms);
  queue.sort((a, b) => whole(model.vmSeconds, b) - whole(model.vmSeconds, a) || a - b);
}

/** Room that nobody was promised, with what is about to leave. */
export function roomCpu(pipe: Pipeline, host: number): number {
  return real(pipe.state.freeCpu, host) - real(pipe.heldCpu, host) + real(pipe.creditCpu, host);
}

export function roomMemory(pipe: Pipeline, host: number): number {
  return real(pipe.state.freeMemory, host) - real(pipe.heldMemory, host) + real(pipe.creditMemory, host);
}
