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
  const changes: { at: number; sign: 1 | -1; load: Load }[] = [];
  for (const load of loads) {
    if (load.from >= load.to) continue;
    changes.push({ at: load.from, sign: 1, load });
    if (load.to !== Number.POSITIVE_INFINITY) changes.push({ at: load.to, sign: -1, load });
  }
  changes.sort((a, b) => a.at - b.at);
  const levels: Level[] = [];
  let [count, cpu, memory, begins] = [0, 0, 0, false];
  changes.forEach(({ at, sign, load }, i) => {
    count += sign;
    cpu += sign * load.cpu;
    memory += sign * load.memory;
    begins ||= sign === 1;
    if (changes[i + 1]?.at === at) return;
    levels.push({ at, count, cpu, memory, begins });
    begins = false;
  });
  return levels;
}

/** Instants at which something begins while more than `most` spans are there. */
export function moreThan(spans: readonly Span[], most: number): readonly Level[] {
  const loads = spans.map(({ from, to }) => ({ from, to, cpu: 0, memory: 0 }));
  return levelsOf(loads).filter((level) => level.begins && level.count > most);
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

export function listBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const lists = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const list = lists.get(key);
    if (list) list.push(item);
    else lists.set(key, [item]);
  }
  return lists;
}
