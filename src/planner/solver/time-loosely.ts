import { beginMigration, beginPatch, endNext } from "./events.ts";
import { whole } from "./numbers.ts";
import { canMigrate, canPatch } from "./rules.ts";
import type { Sequence } from "./sequence.ts";
import { link, measure, reset, type Timer } from "./timer.ts";

/**
 * As `timeSequence`, with a looser order: an action may begin before one that stands ahead of it, unless both concern one VM,
 * or one of them is the patch of a host that the other concerns. Fewer sequences get stuck, but none waits on purpose.
 * False also when the cost (anneal.ts) cannot stay below `limit`.
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
