import type { Claim, Place } from "./limits.ts";
import type { Link } from "./links.ts";

export interface Jobs {
  /** Seconds of each step, by index. */
  readonly seconds: readonly number[];
  readonly links: readonly Link[];
  readonly claims: readonly Claim[];
  readonly groupsOf: ReadonlyMap<string, readonly { readonly name: string; readonly spare: number }[]>;
  readonly atOnce: number;
}

/**
 * Start times, by index. Whenever a step ends, those that may begin do, the one with the longest chain behind it
 * first; so something is always under way, and no result is longer than one step after another. Null where steps
 * wait for each other in a circle, or nothing may begin any more.
 */
export function listSchedule(jobs: Jobs): readonly number[] | null {
  const count = jobs.seconds.length;
  const next: Link[][] = jobs.seconds.map(() => []);
  const waiting = new Int32Array(count);
  for (const link of jobs.links) {
    next[link.before]?.push(link);
    waiting[link.after] = (waiting[link.after] ?? 0) + 1;
  }
  const tails = tailsOf(jobs.seconds, next, waiting);
  if (tails === null) return null;
  const start = new Array<number>(count).fill(-1);
  const readyAt = new Float64Array(count);
  const use = startUse(jobs);
  const first = (a: number, b: number) => (tails[b] ?? 0) - (tails[a] ?? 0) || a - b;
  const ready = jobs.seconds.map((_, i) => i).filter((i) => waiting[i] === 0);
  const running: { readonly step: number; readonly end: number }[] = [];
  let now = 0;
  for (let left = count; left > 0 || running.length > 0; ) {
    for (const i of [...ready].sort(first)) {
      if (running.length >= jobs.atOnce) break;
      if ((readyAt[i] ?? 0) > now || !use.take(i)) continue;
      start[i] = now;
      ready.splice(ready.indexOf(i), 1);
      running.push({ step: i, end: now + (jobs.seconds[i] ?? 0) });
      left -= 1;
    }
    const later = [...running.map(({ end }) => end), ...ready.map((i) => readyAt[i] ?? 0).filter((at) => at > now)];
    if (later.length === 0) return left === 0 ? start : null;
    now = Math.min(...later);
    for (const done of running.filter(({ end }) => end <= now)) {
      running.splice(running.indexOf(done), 1);
      use.giveBack(done.step);
      for (const { after, lag } of next[done.step] ?? []) {
        readyAt[after] = Math.max(readyAt[after] ?? 0, done.end + lag);
        waiting[after] = (waiting[after] ?? 0) - 1;
        if (waiting[after] === 0) ready.push(after);
      }
    }
  }
  return start;
}

/** Seconds from the begin of a step to the end of the longest chain that waits for it; null for a circle. */
export function tailsOf(
  seconds: readonly number[],
  next: readonly (readonly Link[])[],
  waiting: Int32Array,
): readonly number[] | null {
  const open = Int32Array.from(waiting);
  const order = seconds.map((_, i) => i).filter((i) => open[i] === 0);
  for (let at = 0; at < order.length; at += 1)
    for (const { after } of next[order[at] ?? 0] ?? []) {
      open[after] = (open[after] ?? 0) - 1;
      if (open[after] === 0) order.push(after);
    }
  if (order.length < seconds.length) return null;
  const tails = new Array<number>(seconds.length).fill(0);
  for (const i of order.reverse()) {
    let longest = 0;
    for (const { after, lag } of next[i] ?? []) longest = Math.max(longest, lag + (tails[after] ?? 0));
    tails[i] = longest + (seconds[i] ?? 0);
  }
  return tails;
}

/** What is taken now: places, and members of groups that are down. */
function startUse({ claims, groupsOf }: Jobs) {
  const used = new Map<string, number>();
  const down = new Map<string, number>();
  const add = (places: readonly Place[], by: number) => {
    for (const { key } of places) used.set(key, (used.get(key) ?? 0) + by);
  };
  const addDown = (machines: readonly string[], by: number) => {
    for (const machine of machines)
      for (const { name } of groupsOf.get(machine) ?? []) down.set(name, (down.get(name) ?? 0) + by);
  };
  return {
    take(i: number): boolean {
      const claim = claims[i];
      if (!claim) return false;
      const wanted = [...claim.during, ...claim.takes];
      if (wanted.some(({ key, limit }) => (used.get(key) ?? 0) >= limit)) return false;
      addDown(claim.down, 1);
      const short = claim.down.some((machine) =>
        (groupsOf.get(machine) ?? []).some(({ name, spare }) => (down.get(name) ?? 0) > spare),
      );
      if (short) {
        addDown(claim.down, -1);
        return false;
      }
      add(wanted, 1);
      return true;
    },
    giveBack(i: number): void {
      const claim = claims[i];
      if (!claim) return;
      add([...claim.during, ...claim.releases], -1);
      addDown(claim.up, -1);
    },
  };
}
