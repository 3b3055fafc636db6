import type { Pause } from "./chart.ts";

/** Where a moment is drawn: positions from 0 to `size`. */
export interface Scale {
  /** A moment at which a pause is: what ends there stands before the pause, what starts there behind it. */
  at(second: number, edge?: "start" | "end"): number;
  /** Moments to mark on the axis, with the distance between them. */
  readonly ticks: readonly number[];
  readonly tickSeconds: number;
}

/**
 * The share of the width that a pause gets. Plans do not count the seconds of pauses, so a pause takes no
 * time; one with a length is drawn no wider either: a night between windows is no news.
 */
const widestPause = 0.04;

const tickSteps = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
];

export function makeScale(given: {
  readonly seconds: number;
  readonly pauses: readonly Pause[];
  readonly size: number;
  /** Least distance between two marks. */
  readonly apart: number;
}): Scale {
  const { size, apart } = given;
  const seconds = Math.max(1, given.seconds);
  const pauses = given.pauses.filter((pause) => pause.start < seconds);
  const paused = pauses.reduce((sum, pause) => sum + (Math.min(pause.end, seconds) - pause.start), 0);
  const work = Math.max(1, seconds - paused);
  const narrow = pauses.map(
    ({ start, end }) => size * (end > start ? Math.min((end - start) / seconds, widestPause) : widestPause),
  );
  const perSecond = (size - narrow.reduce((sum, width) => sum + width, 0)) / work;
  const at = (second: number, edge: "start" | "end" = "start"): number => {
    const moment = Math.min(Math.max(second, 0), seconds);
    let position = moment * perSecond;
    for (const [i, { start, end }] of pauses.entries()) {
      if (moment < start || (moment === start && (edge === "end" || end > start))) break;
      const inside = Math.min(moment, end) - start;
      position += (end > start ? inside / (end - start) : 1) * (narrow[i] ?? 0) - inside * perSecond;
    }
    return Math.min(size, position);
  };
  const most = Math.max(1, Math.floor(size / apart));
  const tickSeconds = tickSteps.find((step) => work / step <= most) ?? Math.ceil(work / most / 604_800) * 604_800;
  return { at, ticks: ticksOf(seconds, tickSeconds, pauses), tickSeconds };
}

/** No marks inside pauses. They come from a walk, so a long pause must not cost a step for each mark in it. */
function ticksOf(seconds: number, step: number, pauses: readonly Pause[]): readonly number[] {
  const ticks: number[] = [];
  for (let tick = 0; tick <= seconds; tick += step) {
    const pause = pauses.find((one) => one.start < tick && tick < one.end);
    if (pause) tick = Math.floor(pause.end / step) * step;
    else ticks.push(tick);
  }
  return ticks;
}

/** `0:30` hours and minutes where marks are minutes apart, with seconds where they are nearer. */
export function tickWords(second: number, tickSeconds: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = `${Math.floor(second / 3600)}:${two(Math.floor(second / 60) % 60)}`;
  return tickSeconds % 60 === 0 ? hours : `${hours}:${two(second % 60)}`;
}
