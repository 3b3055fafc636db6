import { changeSequence } from "./changes.ts";
import type { Random } from "./random.ts";
import { copyInto, roomyCopy, type Sequence } from "./sequence.ts";
import { timeLoosely } from "./time-loosely.ts";
import { timeSequence } from "./time-sequence.ts";
import type { Timer } from "./timer.ts";

/** A walk through sequences under way (simulated annealing): for the better always, for the worse more and more rarely. */
export interface Walk {
  readonly timer: Timer;
  readonly current: Sequence;
  readonly candidate: Sequence;
  /** Actions on the chain of causes that leads to the last end: where a change can help. */
  critical: readonly number[];
  cost: number;
  turn: number;
  readonly turns: number;
  readonly loose: boolean;
  /** Seconds of cost that are given up easily at the start and at the end. */
  readonly hot: number;
  readonly cold: number;
}

/** What plans cost when they are compared: the end, then patches that end early, then few moves; in seconds. */
export function costOf(timer: Timer): number {
  const { hosts } = timer.model;
  return timer.makespan + timer.patchEnds / Math.max(1, hosts) + 0.02 * timer.state.migrations;
}

/**
 * Begins at a sequence that can be carried out; null when this one cannot. `calm`: the makespan by this is what is
 * given up easily at first; a fifteenth of that at last.
 */
export function startWalk(
  timer: Timer,
  start: Sequence,
  { turns, loose, calm }: { readonly turns: number; readonly loose: boolean; readonly calm: number },
): Walk | null {
  if (!(loose ? timeLoosely : timeSequence)(timer, start)) return null;
  const hot = Math.max(1, timer.makespan / calm);
  return {
    timer,
    current: roomyCopy(start),
    candidate: roomyCopy(start),
    critical: criticalOf(timer),
    cost: costOf(timer),
    turn: 0,
    turns,
    loose,
    hot,
    cold: hot / 15,
  };
}

/** Tries up to that many changes; `onTaken` is told of each that was taken, with its times in the timer. */
export function walkOn(walk: Walk, tries: number, random: Random, onTaken: (timer: Timer) => void): void {
  const { timer, current, candidate } = walk;
  const until = Math.min(walk.turns, walk.turn + tries);
  for (; walk.turn < until; walk.turn += 1) {
    const heat = walk.hot * (walk.cold / walk.hot) ** (walk.turn / walk.turns);
    copyInto(current, candidate);
    if (!changeSequence(timer, candidate, walk.critical, random)) continue;
    const allowed = walk.cost - heat * Math.log(1 - random.next());
    if (!(walk.loose ? timeLoosely : timeSequence)(timer, candidate, allowed)) continue;
    const cost = costOf(timer);
    if (cost > allowed) continue;
    walk.cost = cost;
    copyInto(candidate, current);
    walk.critical = criticalOf(timer);
    onTaken(timer);
  }
}

function criticalOf(timer: Timer): number[] {
  const { state } = timer;
  let entry = 0;
  for (let i = 0; i < state.logEnd.length; i += 1) if ((state.logEnd[i] ?? 0) > (state.logEnd[entry] ?? 0)) entry = i;
  const chain: number[] = [];
  for (let at = entry; at >= 0; at = timer.causes[at] ?? -1) chain.push(timer.actions[at] ?? 0);
  return chain;
}
