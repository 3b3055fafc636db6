/** Random numbers that are the same on every run (mulberry32). */
export function dice(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const upTo = (n: number) => Math.floor(next() * n);
  return {
    /** A whole number from `least` to `most`. */
    between: (least: number, most: number) => least + upTo(most - least + 1),
    chance: (share: number) => next() < share,
    one: <T>(items: readonly T[]): T => items[upTo(items.length)] as T,
    shuffled: <T>(items: readonly T[]): T[] => {
      const all = [...items];
      for (let i = all.length - 1; i > 0; i -= 1) {
        const j = upTo(i + 1);
        [all[i], all[j]] = [all[j] as T, all[i] as T];
      }
      return all;
    },
  };
}
export type Dice = ReturnType<typeof dice>;

/** The same value with the keys of every object in another order; lists stay as they are. */
export function otherKeyOrder<T>(value: T, roll: Dice): T {
  if (Array.isArray(value)) return value.map((item) => otherKeyOrder(item, roll)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    roll.shuffled(Object.entries(value)).map(([key, item]) => [key, otherKeyOrder(item, roll)]),
  ) as T;
}

/** The same value with every object's keys and every list in another order. */
export function otherOrder<T>(value: T, roll: Dice): T {
  if (Array.isArray(value)) return roll.shuffled(value.map((item) => otherOrder(item, roll))) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    roll.shuffled(Object.entries(value)).map(([key, item]) => [key, otherOrder(item, roll)]),
  ) as T;
}
