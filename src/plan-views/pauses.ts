import type { WindowSpan } from "../domain/schedule.ts";
import type { Pause } from "./chart.ts";

/** The stretches between the windows of a plan, in seconds from its start: the first window's begin. */
export function pausesOf(windows: readonly WindowSpan[]): readonly Pause[] {
  const [first] = windows;
  if (!first) return [];
  const seconds = (ms: number) => Math.round((ms - first.from) / 1000);
  return windows.slice(1).flatMap((next, i) => {
    const last = windows[i];
    if (!last || next.from <= last.to) return [];
    return [{ start: seconds(last.to), end: seconds(next.from), text: `pause until ${next.text}` }];
  });
}
