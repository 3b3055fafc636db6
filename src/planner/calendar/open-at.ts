import type { WindowSpan } from "../../domain/schedule.ts";

/** May steps start now? `until` and `next` are spans, so that the caller has their text; null: never again. */
export type Openness =
  | { readonly open: true; readonly until: WindowSpan }
  | { readonly open: false; readonly next: WindowSpan | null };

/**
 * The gate of a run: a window stops starting, not finishing. A step that is under way at its end goes on;
 * none begins at the very instant of the end. `spans` are in order, `nowMs` in milliseconds since 1970.
 */
export function openAt(spans: readonly WindowSpan[], nowMs: number): Openness {
  const current = spans.find(({ to }) => nowMs < to);
  if (!current) return { open: false, next: null };
  return current.from <= nowMs ? { open: true, until: current } : { open: false, next: current };
}
