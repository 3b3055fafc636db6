import { type Blocker, done, type Refusal, type Result, refuse } from "../../domain/outcome.ts";
import type { WindowSpan } from "../../domain/schedule.ts";
import { durationWords } from "../../domain/time-words.ts";
import { horizonDays } from "./window-spans.ts";

/**
 * Steps that no pause may tear apart: one host's whole cycle from drain to back in service, or a wave of
 * several hosts at once. Blocks follow one another.
 */
export interface Block {
  /** For people too: it names the block in refusals, such as `xen-1`. */
  readonly id: string;
  /** Seconds of the wall clock; a plan of a faster world is divided by its clock rate first. */
  readonly seconds: number;
}

export interface PlacedBlock extends Block {
  /** Index into the spans that were given. */
  readonly span: number;
  /** Seconds from the start of the plan, not counting the pauses between windows. */
  readonly start: number;
  /** Milliseconds since 1970. */
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Fitting {
  readonly blocks: readonly Block[];
  /** As `windowSpans` gives them: in order, without overlap. */
  readonly spans: readonly WindowSpan[];
  /** Nothing starts before this instant, in milliseconds since 1970: a window may be half over. */
  readonly notBeforeMs: number;
}

/**
 * Places blocks one after another, each whole within one window. A block that does not fit what is left of a
 * window waits for the next one that is long enough; it is never squeezed, and no later block overtakes it.
 * Refuses (`no-window`) every block that is longer than every window, by name, and a plan that needs more
 * windows than there are.
 */
export function fitIntoWindows({ blocks, spans, notBeforeMs }: Fitting): Result<readonly PlacedBlock[]> {
  const usable = spans.map(({ from, to, text }) => ({ from: Math.max(from, notBeforeMs), to, text }));
  const tooLong = blocksTooLong(blocks, usable);
  if (tooLong) return tooLong;
  const placed: PlacedBlock[] = [];
  let span = 0;
  let at = usable[0]?.from ?? 0;
  let start = 0;
  for (const [index, block] of blocks.entries()) {
    const ms = block.seconds * 1000;
    // Nothing begins at the very end of a window, not even what takes no time.
    for (let here = usable[span]; here && (at >= here.to || at + ms > here.to); here = usable[span]) {
      span += 1;
      at = usable[span]?.from ?? 0;
    }
    if (span >= usable.length) return outOfWindows(blocks.slice(index), usable);
    placed.push({ ...block, span, start, fromMs: at, toMs: at + ms });
    at += ms;
    start += block.seconds;
  }
  return done(placed);
}

function blocksTooLong(blocks: readonly Block[], spans: readonly WindowSpan[]): Refusal | null {
  let longest: WindowSpan | null = null;
  for (const span of spans) if (span.to > span.from && lengthOf(span) > lengthOf(longest)) longest = span;
  if (!longest) return blocks.length > 0 ? noWindowAtAll() : null;
  const limit = { seconds: lengthOf(longest), text: longest.text };
  const blockers: Blocker[] = blocks
    .filter(({ seconds }) => seconds > limit.seconds)
    .map(({ id, seconds }) => ({
      reason: "no-window",
      where: id,
      // Rounded apart, so that one second too much does not read as "6 h do not fit 6 h".
      message: `${id} takes ${durationWords(wholeMinutes(seconds, Math.ceil))} in one piece, the longest window is ${durationWords(wholeMinutes(limit.seconds, Math.floor))} (${limit.text})`,
      next: "make a window of the calendar longer",
    }));
  const [only] = blockers;
  if (!only) return null;
  if (blockers.length === 1) return refuse("no-window", `${only.message}.`, only.next, blockers);
  return refuse(
    "no-window",
    `${blockers.length} blocks of steps, each of one piece, take longer than every window.`,
    "make a window of the calendar longer",
    blockers,
  );
}

function noWindowAtAll(): Refusal {
  return refuse(
    "no-window",
    `No window opens within ${horizonDays} days.`,
    "look at the windows and blackouts of the calendar in the inventory",
  );
}

function outOfWindows(left: readonly Block[], spans: readonly WindowSpan[]): Refusal {
  const seconds = left.reduce((sum, block) => sum + block.seconds, 0);
  const what = left.length === 1 ? `${left[0]?.id} is` : `${left.length} blocks from ${left[0]?.id} on are`;
  const windows = spans.length === 1 ? "the only window" : `the ${spans.length} windows there are`;
  return refuse(
    "no-window",
    `The plan does not fit ${windows}: ${what} left over, ${durationWords(seconds)} in all.`,
    "add a window to the calendar, make one longer, or patch fewer machines at a time",
  );
}

/** Seconds; none at all is less than any. */
function lengthOf(span: WindowSpan | null): number {
  return span ? (span.to - span.from) / 1000 : -1;
}

function wholeMinutes(seconds: number, round: (n: number) => number): number {
  return seconds < 90 ? round(seconds) : round(seconds / 60) * 60;
}
