import type { Step } from "../../domain/plan.ts";
import type { Schedule } from "../../domain/schedule.ts";
import { durationWords } from "../../domain/time-words.ts";
import { lowerBound } from "../bounds/lower-bound.ts";
import { migrationBound } from "../bounds/migration-bound.ts";
import type { Draft } from "../draft.ts";
import { isGuest } from "./limits.ts";
import type { Scheduled } from "./schedule-stages.ts";

export type Bound = Pick<Schedule, "lowerBound" | "binding" | "migrationBound">;

/**
 * Seconds that no plan with these stages beats, and why. All but the moves is given by what is pending; of the moves
 * only as many are counted as every plan needs. One step at a time: the sum of that. More at once: the sum divided by
 * their number, the bound of each pool, or the longest stage, whichever is most.
 */
export function boundOf(
  { steps, problems, ordered: { drafts } }: Scheduled,
  { stepsAtOnce, guestsAtOnce }: { readonly stepsAtOnce: number; readonly guestsAtOnce: number },
): Bound {
  let moves = 0;
  let seconds = 0;
  for (const { pool, problem } of problems) {
    const fewest = migrationBound(problem);
    moves += fewest;
    seconds += fewest * Math.ceil(pool.estimate.migrateSeconds);
  }
  const rest = steps.filter(({ act }) => act.do !== "migrate");
  const work = rest.reduce((sum, step) => sum + step.seconds, 0) + seconds;
  const needed = moves === 0 ? "no live migration is needed" : `${moves} live migrations at least`;
  const share = Math.ceil(work / stepsAtOnce);
  const all: Bound = {
    lowerBound: share,
    binding: {
      term: "one-at-a-time",
      text:
        stepsAtOnce === 1
          ? `one step at a time: ${durationWords(work - seconds)} of patches, reboots, checks and switches; ${needed}`
          : `${stepsAtOnce} steps at once share ${durationWords(work)} of work (${needed})`,
    },
    migrationBound: moves,
  };
  if (stepsAtOnce === 1) return all;
  let best = all;
  for (const { problem } of problems) {
    const { seconds: least, binding } = lowerBound(problem);
    if (least > best.lowerBound)
      best = { ...all, lowerBound: least, binding: { term: binding.term, text: binding.text } };
  }
  const guests = guestBound(rest, drafts, guestsAtOnce);
  if (guests > best.lowerBound) {
    const text = `guests: ${guestsAtOnce} at once, ${durationWords(guests)} for all of them`;
    best = { ...all, lowerBound: guests, binding: { term: "one-at-a-time", text } };
  }
  const { stage, seconds: longest } = longestStage(rest);
  if (longest > best.lowerBound)
    best = {
      ...all,
      lowerBound: longest,
      binding: { term: "critical-host", text: `${stage} alone takes ${durationWords(longest)}, step by step` },
    };
  return best;
}

/** Guests share so many places, each for the whole of its stage. */
function guestBound(steps: readonly Step[], drafts: readonly Draft[], guestsAtOnce: number): number {
  const guests = new Set(drafts.filter(isGuest).map(({ id }) => id));
  const sum = steps.reduce((seconds, step) => seconds + (guests.has(step.stage) ? step.seconds : 0), 0);
  return Math.ceil(sum / guestsAtOnce);
}

/** Steps of a stage that are no moves go one after another. */
function longestStage(steps: readonly Step[]): { readonly stage: string; readonly seconds: number } {
  const sums = new Map<string, number>();
  for (const { stage, seconds } of steps) sums.set(stage, (sums.get(stage) ?? 0) + seconds);
  let longest = { stage: "", seconds: 0 };
  for (const [stage, seconds] of sums) if (seconds > longest.seconds) longest = { stage, seconds };
  return longest;
}
