import type { Model } from "./model.ts";
import { addReal, addWhole, real, whole } from "./numbers.ts";

/** Where a host stands. A host with nothing pending is `served` from the start. */
export const waiting = 0;
export const inPatch = 1;
export const served = 2;

/**
 * One part of an estate at one instant of a plan, and the history that led there. Everything that begins
 * does so by `beginMigration` or `beginPatch`, everything that ends by `endNext` (events.ts); they keep the room,
 * the slots and the counts right, so that asking a rule is a look at a number.
 */
export interface State {
  readonly model: Model;
  now: number;
  /** Room on each host for further VMs: in-flight VMs take theirs on both hosts. */
  readonly freeCpu: Float64Array;
  readonly freeMemory: Float64Array;
  readonly slots: Int32Array;
  slotsInUse: number;
  readonly phase: Int32Array;
  /** Movable VMs that are on a host, or on the way to or from it. */
  readonly occupants: Int32Array;
  readonly at: Int32Array;
  /** Target of a VM in flight, or -1. */
  readonly to: Int32Array;
  /** Members of a group on a host: `group * hosts + host`. */
  readonly members: Int32Array;
  readonly patchesInPool: Int32Array;
  readonly patchesInDomain: Int32Array;
  readonly spareCpu: Float64Array;
  readonly spareMemory: Float64Array;
  readonly down: Int32Array;
  /** Ends to come, as a binary heap by time: `ends[i]` seconds, `whos[i]` the entry of the log that ends. */
  readonly ends: number[];
  readonly whos: number[];
  /** The history: entry i is VM `logVm[i]` from `logFrom[i]` to `logTo[i]`, or host `logTo[i]` when `logVm[i]` is -1. */
  readonly logVm: number[];
  readonly logFrom: number[];
  readonly logTo: number[];
  readonly logStart: number[];
  readonly logEnd: number[];
  /** Hosts that still wait for their patch to begin. */
  unpatched: number;
  migrations: number;
}

export function startState(model: Model): State {
  const { hosts } = model;
  const state: State = {
    model,
    now: 0,
    freeCpu: new Float64Array(hosts),
    freeMemory: new Float64Array(hosts),
    slots: new Int32Array(hosts),
    slotsInUse: 0,
    phase: new Int32Array(hosts),
    occupants: new Int32Array(hosts),
    at: new Int32Array(model.vms),
    to: new Int32Array(model.vms),
    members: new Int32Array(model.fixedMembers.length),
    patchesInPool: new Int32Array(model.spareCpu.length),
    patchesInDomain: new Int32Array(hosts + 1),
    spareCpu: new Float64Array(model.spareCpu.length),
    spareMemory: new Float64Array(model.spareMemory.length),
    down: new Int32Array(model.mayBeDown.length),
    ends: [],
    whos: [],
    logVm: [],
    logFrom: [],
    logTo: [],
    logStart: [],
    logEnd: [],
    unpatched: 0,
    migrations: 0,
  };
  resetState(state);
  return state;
}

/** Back to time 0, in place. */
export function resetState(state: State): void {
  const { model } = state;
  state.now = 0;
  state.freeCpu.set(model.cpu);
  state.freeMemory.set(model.memory);
  state.slots.fill(0);
  state.slotsInUse = 0;
  state.occupants.fill(0);
  state.at.set(model.vmHost);
  state.to.fill(-1);
  state.members.set(model.fixedMembers);
  state.patchesInPool.fill(0);
  state.patchesInDomain.fill(0);
  state.spareCpu.set(model.spareCpu);
  state.spareMemory.set(model.spareMemory);
  state.down.fill(0);
  state.ends.length = 0;
  state.whos.length = 0;
  state.logVm.length = 0;
  state.logFrom.length = 0;
  state.logTo.length = 0;
  state.logStart.length = 0;
  state.logEnd.length = 0;
  state.unpatched = 0;
  state.migrations = 0;
  for (let host = 0; host < model.hosts; host += 1) {
    const pending = whole(model.patch, host) > 0;
    state.phase[host] = pending ? waiting : served;
    if (pending) state.unpatched += 1;
  }
  for (let vm = 0; vm < model.vms; vm += 1) occupy(state, vm, whole(model.vmHost, vm));
}

/** A VM takes its room on a host; one in flight does so on both. */
export function occupy(state: State, vm: number, host: number): void {
  const { model } = state;
  addReal(state.freeCpu, host, -real(model.vmCpu, vm));
  addReal(state.freeMemory, host, -real(model.vmMemory, vm));
  addWhole(state.occupants, host, 1);
  const group = whole(model.vmGroup, vm);
  if (group >= 0) addWhole(state.members, group * model.hosts + host, 1);
}

export function vacate(state: State, vm: number, host: number): void {
  const { model } = state;
  addReal(state.freeCpu, host, real(model.vmCpu, vm));
  addReal(state.freeMemory, host, real(model.vmMemory, vm));
  addWhole(state.occupants, host, -1);
  const group = whole(model.vmGroup, vm);
  if (group >= 0) addWhole(state.members, group * model.hosts + host, -1);
}

/** Counts a host out of service (+1) or in again (-1), with what goes down with it. */
export function standOut(state: State, host: number, by: number): void {
  const { model } = state;
  const pool = whole(model.pool, host);
  const domain = whole(model.domain, host);
  addWhole(state.patchesInPool, pool, by);
  if (domain >= 0) addWhole(state.patchesInDomain, domain, by);
  addReal(state.spareCpu, pool, -by * real(model.cpu, host));
  addReal(state.spareMemory, pool, -by * real(model.memory, host));
  for (const { group, members } of model.goesDown[host] ?? []) addWhole(state.down, group, by * members);
}
