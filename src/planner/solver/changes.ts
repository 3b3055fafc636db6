import { whole } from "./numbers.ts";
import type { Random } from "./random.ts";
import type { Sequence } from "./sequence.ts";
import type { Timer } from "./timer.ts";

/** One random change; false when it came to nothing. */
export function changeSequence(timer: Timer, sequence: Sequence, critical: readonly number[], random: Random): boolean {
  const pick =
    random.next() < 0.6 && critical.length > 0
      ? (critical[random.below(critical.length)] ?? 0)
      : random.below(sequence.length);
  const near = Math.min(sequence.length - 1, Math.max(0, pick + random.below(9) - 4));
  const dice = random.next();
  if (dice < 0.45) return shift(sequence, random.next() < 0.5 ? pick : near, random);
  if (dice < 0.65) return retarget(timer, sequence, near, random);
  if (dice < 0.75) return swapTargets(sequence, near, random.below(sequence.length));
  if (dice < 0.83) return remove(sequence, near);
  if (dice < 0.93) return detour(timer, sequence, near, random);
  return hostEarlier(sequence, random, pick);
}

function move(sequence: Sequence, from: number, to: number): void {
  const vm = whole(sequence.vm, from);
  const host = whole(sequence.to, from);
  if (from < to) {
    sequence.vm.copyWithin(from, from + 1, to + 1);
    sequence.to.copyWithin(from, from + 1, to + 1);
  } else {
    sequence.vm.copyWithin(to + 1, to, from);
    sequence.to.copyWithin(to + 1, to, from);
  }
  sequence.vm[to] = vm;
  sequence.to[to] = host;
}

function insert(sequence: Sequence, at: number, vm: number, host: number): boolean {
  if (sequence.length + 1 >= sequence.vm.length) return false;
  sequence.vm.copyWithin(at + 1, at, sequence.length);
  sequence.to.copyWithin(at + 1, at, sequence.length);
  sequence.vm[at] = vm;
  sequence.to[at] = host;
  sequence.length += 1;
  return true;
}

function drop(sequence: Sequence, at: number): void {
  sequence.vm.copyWithin(at, at + 1, sequence.length);
  sequence.to.copyWithin(at, at + 1, sequence.length);
  sequence.length -= 1;
}

function shift(sequence: Sequence, from: number, random: Random): boolean {
  const span = random.next() < 0.5 ? 8 : random.next() < 0.6 ? 40 : sequence.length;
  const to = Math.min(sequence.length - 1, Math.max(0, from + random.below(2 * span + 1) - span));
  if (to === from) return false;
  move(sequence, from, to);
  return true;
}

function randomHost(timer: Timer, not: number, random: Random): number {
  const { model } = timer;
  const pool = whole(model.pool, not);
  for (let turn = 0; turn < 8; turn += 1) {
    const host = random.below(model.hosts);
    if (host !== not && whole(model.pool, host) === pool) return host;
  }
  return -1;
}

function nextOf(sequence: Sequence, vm: number, after: number): number {
  for (let i = after + 1; i < sequence.length; i += 1) if (whole(sequence.vm, i) === vm) return i;
  return -1;
}

function patchOf(sequence: Sequence, host: number, after: number): number {
  for (let i = after + 1; i < sequence.length; i += 1)
    if (whole(sequence.vm, i) < 0 && whole(sequence.to, i) === host) return i;
  return -1;
}

function retarget(timer: Timer, sequence: Sequence, at: number, random: Random): boolean {
  const vm = whole(sequence.vm, at);
  if (vm < 0) return false;
  const host = randomHost(timer, whole(sequence.to, at), random);
  if (host < 0) return false;
  sequence.to[at] = host;
  return settle(timer, sequence, at, random);
}

/** After a VM got a new place: takes out a move to where it is, adds one when its host must be emptied later. */
function settle(timer: Timer, sequence: Sequence, at: number, random: Random): boolean {
  const vm = whole(sequence.vm, at);
  const host = whole(sequence.to, at);
  const next = nextOf(sequence, vm, at);
  if (next >= 0) {
    if (whole(sequence.to, next) === host) {
      drop(sequence, next);
      return settle(timer, sequence, at, random);
    }
    return true;
  }
  const patch = patchOf(sequence, host, at);
  if (patch < 0) return true;
  const later = randomHost(timer, host, random);
  if (later < 0) return false;
  return insert(sequence, patch - random.below(Math.min(patch - at, 12)), vm, later);
}

function swapTargets(sequence: Sequence, a: number, b: number): boolean {
  if (whole(sequence.vm, a) < 0 || whole(sequence.vm, b) < 0 || whole(sequence.vm, a) === whole(sequence.vm, b))
    return false;
  const host = whole(sequence.to, a);
  if (host === whole(sequence.to, b)) return false;
  sequence.to[a] = whole(sequence.to, b);
  sequence.to[b] = host;
  return true;
}

function remove(sequence: Sequence, at: number): boolean {
  const vm = whole(sequence.vm, at);
  if (vm < 0) return false;
  drop(sequence, at);
  return true;
}

function detour(timer: Timer, sequence: Sequence, at: number, random: Random): boolean {
  const vm = random.next() < 0.2 ? random.below(timer.model.vms) : whole(sequence.vm, at);
  if (vm < 0) return false;
  const host = random.below(timer.model.hosts);
  if (whole(timer.model.pool, host) !== whole(timer.model.pool, whole(timer.model.vmHost, vm))) return false;
  const earlier = Math.floor(at * (1 - random.next() ** 2));
  if (!insert(sequence, earlier, vm, host)) return false;
  return settle(timer, sequence, earlier, random);
}

/** All moves off a host and its patch go to an earlier place, in their order. */
function hostEarlier(sequence: Sequence, random: Random, pick: number): boolean {
  let patch = -1;
  for (let i = pick; i < sequence.length; i += 1) {
    if (whole(sequence.vm, i) >= 0) continue;
    patch = i;
    break;
  }
  if (patch < 0) return false;
  const to = random.below(patch + 1);
  if (to === patch) return false;
  move(sequence, patch, to);
  return true;
}
