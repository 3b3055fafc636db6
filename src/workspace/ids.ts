import type { Clock } from "./clock.ts";

/** Ids are counted, not drawn at random, so that two equal runs give equal ids. */
export interface Ids {
  /** A fresh id such as `M00000A`; unique over all prefixes. */
  next(prefix: string): string;
  /** A message timestamp `seconds.microseconds`, strictly greater than every one before. */
  ts(): string;
  /** What has to be saved so that ids go on after a restart. */
  snapshot(): IdsSnapshot;
  restore(snapshot: IdsSnapshot): void;
}

export interface IdsSnapshot {
  readonly count: number;
  readonly lastTsMicros: number;
}

export function createIds(clock: Clock): Ids {
  let count = 0;
  let lastTsMicros = 0;
  return {
    next(prefix) {
      count += 1;
      return `${prefix}${count.toString(36).toUpperCase().padStart(7, "0")}`;
    },
    ts() {
      lastTsMicros = Math.max(clock.now() * 1000, lastTsMicros + 1);
      return formatTs(lastTsMicros);
    },
    snapshot: () => ({ count, lastTsMicros }),
    restore(snapshot) {
      count = snapshot.count;
      lastTsMicros = snapshot.lastTsMicros;
    },
  };
}

function formatTs(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  return `${seconds}.${String(Math.floor(micros % 1_000_000)).padStart(6, "0")}`;
}
