import type { Choices } from "./choices.ts";
import { commitHosts, moveOpening, moveSlow } from "./commit.ts";
import { beginMigration, beginPatch, endNext } from "./events.ts";
import { addWhole, whole } from "./numbers.ts";
import { credit, keepPromise, leavesRoom, type Pipeline, startPipeline } from "./promises.ts";
import { canMigrate, canPatch } from "./rules.ts";
import type { State } from "./state.ts";

/**
 * Empties hosts without barriers between them: whenever a host comes back, the next ones whose VMs all find
 * room are committed to, their VMs leave longest first, and an empty host is patched at once. Goes on from where
 * the state stands; false when hosts are left that nothing can empty, or when time is up.
 */
export function runPipeline(state: State, choices: Choices, enough: () => boolean): boolean {
  const pipe = startPipeline(state, choices);
  moveOpening(pipe);
  moveSlow(pipe);
  look(pipe);
  for (;;) {
    const entry = endNext(state);
    if (entry < 0) return state.unpatched === 0;
    let back = arrive(pipe, entry);
    while (state.ends[0] === state.now) back = arrive(pipe, endNext(state)) || back;
    if (back && enough()) return false;
    // Only a host that comes back brings room for another whole host; else what was promised goes on.
    if (back || state.ends.length === 0) look(pipe);
    else startWhatCan(pipe);
  }
}

function look(pipe: Pipeline): void {
  commitHosts(pipe);
  startWhatCan(pipe);
}

/** Books the end of an entry; true when a host came back into service. */
function arrive(pipe: Pipeline, entry: number): boolean {
  const { state } = pipe;
  const vm = state.logVm[entry] ?? -1;
  const to = state.logTo[entry] ?? 0;
  if (vm < 0) {
    pipe.lanesInUse -= 1;
    return true;
  }
  pipe.guests[to]?.push(vm);
  addWhole(pipe.inbound, to, -1);
  if (whole(pipe.credited, vm) === 1) credit(pipe, vm, state.logFrom[entry] ?? 0, -1);
  return false;
}

function startWhatCan(pipe: Pipeline): void {
  const { state, model } = pipe;
  for (let host = 0; host < model.hosts; host += 1) {
    if ((pipe.leaving[host]?.length ?? 0) > 0) startLeaving(pipe, host);
    if (whole(pipe.draining, host) === 1 && canPatch(state, host)) {
      pipe.draining[host] = 0;
      beginPatch(state, host);
    }
  }
}

function startLeaving(pipe: Pipeline, host: number): void {
  const { state, model } = pipe;
  if (whole(state.slots, host) >= model.slotsPerHost) return;
  const queue = pipe.leaving[host] ?? [];
  let kept = 0;
  for (const vm of queue) {
    const to = whole(pipe.target, vm);
    if (canMigrate(state, vm, to) && leavesRoom(pipe, vm, to)) {
      keepPromise(pipe, vm);
      beginMigration(state, vm, to);
    } else {
      queue[kept] = vm;
      kept += 1;
    }
  }
  queue.length = kept;
}
