import { beginMigration, beginPatch, endNext } from "./events.ts";
import { whole } from "./numbers.ts";
import { canMigrate, canPatch } from "./rules.ts";
import type { Sequence } from "./sequence.ts";
import { link, measure, reset, type Timer } from "./timer.ts";

/**
 * Gives every action its time. False when the sequence cannot be carried out to its end: a move to where the VM
 * is, or actions that wait for each other; or when it ends no earlier than `limit` (seconds). The times are in
 * `timer.state`, the makespan in the timer.
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
