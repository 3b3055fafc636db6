/** Half-open: [from, to), in seconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Load extends Span {
  readonly cpu: number;
  readonly memory: number;
}

/** What is there from this instant until the next one of the list. */
export interface Level {
  readonly at: number;
  readonly count: number;
  readonly cpu: number;
  readonly memory: number;
  /** Something begins here. Where things only end, nothing can become too much. */
  readonly begins: boolean;
}

/**
 * What lies on top of each other, at every instant at which something begins or ends, with all ends and all
 * begins of that instant done. Between two such instants nothing changes, so this sees whatever a look at every
 * single second would see; as a span that ends at t is gone in the level of t, ends come before begins.
 */
export function levelsOf(loads: readonly Load[]): readonly Level[] {
  const there = loads.filter(({ from, to }) => from < to);
  const starting = [...there].sort((a, b) => a.from - b.from);
  const ending = there.filter(({ to }) => to !== Number.POSITIVE_INFINITY).sort((a, b) => a.to - b.to);
  const levels: Level[] = [];
  let [count, cpu, memory] = [0, 0, 0];
  for (let [s, e] = [0, 0]; s < starting.length || e < ending.length; ) {
    const at = Math.min(starting[s]?.from ?? Number.POSITIVE_INFINITY, ending[e]?.to ?? Number.POSITIVE_INFINITY);
    const before = s;
    for (let one = ending[e]; one?.to === at; e += 1, one = ending[e]) {
      count -= 1;
      cpu -= one.cpu;
      memory -= one.memory;
    }
    for (let one = starting[s]; one?.from === at; s += 1, one = starting[s]) {
      count += 1;
      cpu += one.cpu;
      memory += one.memory;
    }
    levels.push({ at, count, cpu, memory, begins: s > before });
  }
  return levels;
}

export interface Crowd {
  readonly at: number;
  readonly count: number;
}

/**
 * Instants at which something begins while more than `most` spans are there: as many as have begun by then, that
 * instant included, less those that have ended by then.
 */
export function moreThan(spans: readonly Span[], most: number): readonly Crowd[] {
  const starts = Float64Array.from(spans, ({ from }) => from).sort();
  const ends = Float64Array.from(spans, ({ to }) => to).sort();
  const crowds: Crowd[] = [];
  let ended = 0;
  starts.forEach((at, i) => {
    // Only the last of those that begin together sees them all.
    if (starts[i + 1] === at) return;
    while ((ends[ended] ?? Number.POSITIVE_INFINITY) <= at) ended += 1;
    const count = i + 1 - ended;
    if (count > most) crowds.push({ at, count });
  });
  return crowds;
}

/** The same instants, each covered once. */
export function union(spans: readonly Span[]): readonly Span[] {
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = merged[merged.length - 1];
    if (last && from < last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/** First instant that two spans share, or null. */
export function meeting(a: Span, b: Span): number | null {
  const at = Math.max(a.from, b.from);
  return at < Math.min(a.to, b.to) ? at : null;
}

export function listBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const lists = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const list = lists.get(key);
    if (list) list.push(item);
    else lists.set(key, [item]);
  }
  return lists;
}
