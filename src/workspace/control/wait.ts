import type { FeedEvent } from "../feed.ts";
import type { World } from "../world.ts";

const DEFAULT_TIMEOUT_MS = 5_000;

export interface Wait<T> {
  readonly world: World;
  /** Looked at now and after every change; the first value other than undefined ends the wait. */
  readonly look: () => T | undefined;
  readonly timeoutMs?: number;
  /** Says in the error what did not come. */
  readonly what: string;
  /** What was there instead, for the error. */
  readonly seen?: () => string;
}

/**
 * Waits for a state, never for a time.
 * @throws Error when `timeoutMs` (default 5000) of real time have passed, telling what was seen instead.
 */
export function waitFor<T>({ world, look, timeoutMs, what, seen }: Wait<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const ms = timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`Waited ${ms} ms for ${what}.${seen === undefined ? "" : ` Seen: ${seen()}`}`));
    }, ms);
    const check = (event?: FeedEvent): void => {
      if (event?.type === "record") return;
      try {
        const value = look();
        if (value === undefined) return;
        stop();
        resolve(value);
      } catch (error) {
        stop();
        reject(error);
      }
    };
    const unlisten = world.feed.listen(check);
    const stop = (): void => {
      clearTimeout(timer);
      unlisten();
    };
    check();
  });
}
