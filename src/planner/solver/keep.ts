import type { ProblemAction } from "../../domain/problem.ts";
import { type Choices, pendingHosts, usualChoices } from "./choices.ts";
import { type Found, foundIn } from "./found.ts";
import type { Model } from "./model.ts";
import { whole } from "./numbers.ts";
import { runPipeline } from "./pipeline.ts";
import type { Sequence } from "./sequence.ts";
import { startState } from "./state.ts";
import { timeLoosely } from "./time-loosely.ts";
import { timeSequence } from "./time-sequence.ts";
import { makeTimer } from "./timer.ts";

/**
 * What is left of an older plan, carried out in the world as it is now: its order first, then the same with a
 * looser order, then a greedy run that goes by its order of hosts and its targets. Null when none of them works.
 * People have seen the older plan: what an event does not touch should stay as it was.
 */
export function keepPlan(model: Model, older: readonly ProblemAction[]): Found | null {
  const remainder = remainderOf(model, older);
  const timer = makeTimer(model);
  if (timeSequence(timer, remainder) || timeLoosely(timer, remainder)) return foundIn(timer.state);
  const state = startState(model);
  const usual = usualChoices(model)[0];
  if (!usual) return null;
  const choices: Choices = {
    ...usual,
    eject: true,
    order: remainder.hosts,
    wishes: remainder.wishes,
  };
  return runPipeline(state, choices, () => false) ? foundIn(state) : null;
}

/** The older actions that still make sense; hosts that it does not patch any more (they are in patch now) come first. */
function remainderOf(
  model: Model,
  older: readonly ProblemAction[],
): Sequence & { readonly hosts: number[]; readonly wishes: Int32Array } {
  const hostOf = new Map(model.hostIds.map((id, i) => [id, i]));
  const vmOf = new Map(model.vmIds.map((id, i) => [id, i]));
  const wishes = new Int32Array(model.vms).fill(-1);
  const place = Int32Array.from(model.vmHost);
  const planned: number[] = [];
  const vm: number[] = [];
  const to: number[] = [];
  for (const action of [...older].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const host = hostOf.get(action.type === "patch" ? action.host : action.dst);
    if (host === undefined) continue;
    if (action.type === "patch") {
      if (whole(model.patch, host) === 0) continue;
      planned.push(host);
      vm.push(-1);
      to.push(host);
      continue;
    }
    const moved = vmOf.get(action.vm);
    // It may be there already: the event, or a person, was faster.
    if (moved === undefined || whole(place, moved) === host) continue;
    place[moved] = host;
    if (whole(wishes, moved) < 0) wishes[moved] = host;
    vm.push(moved);
    to.push(host);
  }
  const first = pendingHosts(model).filter((host) => !planned.includes(host));
  return {
    length: first.length + vm.length,
    vm: Int32Array.from([...first.map(() => -1), ...vm]),
    to: Int32Array.from([...first, ...to]),
    hosts: [...first, ...planned],
    wishes,
  };
}
