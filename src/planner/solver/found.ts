import type { ProblemAction } from "../../domain/problem.ts";
import type { Model } from "./model.ts";
import type { Sequence } from "./sequence.ts";
import type { State } from "./state.ts";

/** A finished plan of one part. */
export interface Found {
  readonly makespan: number;
  readonly migrations: number;
  readonly vm: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
}

/** Largest end in a history. */
export function makespanOf(state: State): number {
  let last = 0;
  for (const end of state.logEnd) if (end > last) last = end;
  return last;
}

export function foundIn(state: State): Found {
  return {
    makespan: makespanOf(state),
    migrations: state.migrations,
    vm: Int32Array.from(state.logVm),
    from: Int32Array.from(state.logFrom),
    to: Int32Array.from(state.logTo),
    start: Int32Array.from(state.logStart),
    end: Int32Array.from(state.logEnd),
  };
}

/** What comes first: an early end, or few moves. The other decides between equals. */
export type Prefer = "time" | "moves";

export function isBetter(state: State, makespan: number, than: Found | null, prefer: Prefer): boolean {
  if (than === null) return true;
  const earlier = makespan - than.makespan;
  const fewer = state.migrations - than.migrations;
  return prefer === "time" ? earlier < 0 || (earlier === 0 && fewer < 0) : fewer < 0 || (fewer === 0 && earlier < 0);
}

/** The order of a plan's actions, by start. */
export function sequenceOf(found: Found): Sequence {
  const entries = Array.from(found.vm, (_, i) => i);
  entries.sort((a, b) => (found.start[a] ?? 0) - (found.start[b] ?? 0) || a - b);
  return {
    length: entries.length,
    vm: Int32Array.from(entries, (entry) => found.vm[entry] ?? -1),
    to: Int32Array.from(entries, (entry) => found.to[entry] ?? 0),
  };
}

/** The plan in the words of the problem, in the order in which its actions begin. */
export function actionsOf(model: Model, found: Found): ProblemAction[] {
  return Array.from(found.vm, (vm, i): ProblemAction => {
    const times = { start: (found.start[i] ?? 0) + model.offset, end: (found.end[i] ?? 0) + model.offset };
    const dst = model.hostIds[found.to[i] ?? 0] ?? "";
    if (vm < 0) return { type: "patch", host: dst, ...times };
    return { type: "migrate", vm: model.vmIds[vm] ?? "", src: model.hostIds[found.from[i] ?? 0] ?? "", dst, ...times };
  });
}
