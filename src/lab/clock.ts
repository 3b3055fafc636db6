export interface Clock {
  /** Milliseconds of the world's clock. */
  now(): number;
  /** World seconds per real second. */
  readonly rate: number;
}

/** A clock that runs `rate` times as fast as ours, from `startAt` (ms) on. `realNow` must never go back. */
export function fastClock(options: { rate: number; startAt: number; realNow: () => number }): Clock {
  const began = options.realNow();
  return {
    rate: options.rate,
    now: () => Math.round(options.startAt + (options.realNow() - began) * options.rate),
  };
}
