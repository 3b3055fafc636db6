import type { Link } from "./links.ts";
import type { UntimedStep } from "./one-after-another.ts";

/** When something was meant to happen as the moves were chosen; only the order of these numbers matters. */
export interface Meant {
  readonly start: number;
  readonly end: number;
}

/** The times for which the moves were chosen: by step for moves, by stage for the time a host is out of service. */
export interface Turns {
  readonly moves: ReadonlyMap<number, Meant>;
  readonly hosts: ReadonlyMap<string, Meant & { readonly host: string; readonly pool: string }>;
}

interface Event extends Meant {
  readonly first: number;
  readonly last: number;
}

/**
 * Keeps room when times shift. The moves were chosen so that at the times meant every host has room for what is on
 * it. If a VM left a host before another came, or before the host went out of service, that order is kept; so are
 * the moves of one VM, and hosts of a pool that were never out at once.
 *
 * Why that is enough: take what is on a host at some instant of the shifted plan. Any two of these VMs are there
 * together, so neither left before the other came in the plan meant either: there their stays overlap in pairs.
 * Stretches of a line that overlap in pairs have an instant in common (Helly), and at that instant the host had
 * room for all of them. The same holds for hosts out of service and the reserve of their pool. One step after
 * another in the order of the times meant is one such shift.
 */
export function roomLinks(
  steps: readonly UntimedStep[],
  byStage: ReadonlyMap<string, readonly number[]>,
  turns: Turns,
): readonly Link[] {
  const leaving = new Map<string, Event[]>();
  const coming = new Map<string, Event[]>();
  const ofVm = new Map<string, Event[]>();
  const add = (map: Map<string, Event[]>, key: string, event: Event) => {
    const known = map.get(key);
    if (known) known.push(event);
    else map.set(key, [event]);
  };
  for (const [i, meant] of turns.moves) {
    const act = steps[i]?.act;
    if (act?.do !== "migrate") continue;
    const event = { ...meant, first: i, last: i };
    add(leaving, act.from, event);
    add(coming, act.to, event);
    add(ofVm, act.vm, event);
  }
  const away = new Map<string, Event[]>();
  const ofPool = new Map<string, Event[]>();
  for (const [stage, { host, pool, start, end }] of turns.hosts) {
    const own = (byStage.get(stage) ?? []).filter((i) => steps[i]?.act.do !== "migrate");
    const [first, last] = [own[0], own.at(-1)];
    if (first === undefined || last === undefined) continue;
    add(away, host, { start, end, first, last });
    add(ofPool, pool, { start, end, first, last });
  }
  const hosts = new Set([...leaving.keys(), ...coming.keys(), ...away.keys()]);
  return [
    ...[...hosts].flatMap((host) => {
      const [out, gone, into] = [leaving.get(host) ?? [], away.get(host) ?? [], coming.get(host) ?? []];
      return [...inOrder(out, gone, gone), ...inOrder(gone, into, gone), ...inOrder(out, into, gone)];
    }),
    ...[...ofPool.values()].flatMap((events) => inOrder(events, events, events)),
    ...[...ofVm.values()].flatMap((events) => inOrder(events, events, events)),
  ];
}

/** Links from what ended to what began later, but where one of `between` lies in the middle and says it already. */
function inOrder(before: readonly Event[], after: readonly Event[], between: readonly Event[]): readonly Link[] {
  return before.flatMap((a) => {
    // Nothing that begins after the first of these has ended needs a link of its own.
    const firstEnd = Math.min(
      ...between.filter((mid) => mid !== a && mid.start >= a.end).map((mid) => mid.end),
      Number.POSITIVE_INFINITY,
    );
    return after
      .filter((b) => b !== a && b.start >= a.end && b.start < firstEnd && b.first !== a.first)
      .map((b) => ({ before: a.last, after: b.first, lag: 0 }));
  });
}
