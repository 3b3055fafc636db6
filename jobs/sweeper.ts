import type { Log } from "../src/log.ts";
import type { Queues } from "./queues.ts";

export interface SweepParts {
  /** Ids of runs that have not ended. */
  readonly openRuns: () => Promise<readonly string[]>;
  /** Newest runs, ended ones too: their last messages may still be missing. */
  readonly recentRuns: (limit: number) => Promise<readonly string[]>;
  readonly queues: Pick<Queues, "tick" | "show">;
  readonly everyMs: number;
  readonly log: Log;
}

/**
 * Wakes whatever a lost message may have left asleep. A timer in every worker process, because a
 * scheduled job can starve or stop for good (queue.md 3.1). It only asks others to look; many may run.
 */
export function startSweeper(parts: SweepParts): { stop(): void } {
  let round = 0;
  let busy = false;
  const sweep = async () => {
    if (busy) return;
    busy = true;
    round += 1;
    try {
      const open = await parts.openRuns();
      for (const runId of open) await parts.queues.tick(runId);
      const stale = round % 5 === 0 ? await parts.recentRuns(5) : [];
      for (const runId of new Set([...(round % 5 === 0 ? open : []), ...stale])) await parts.queues.show(runId);
    } catch (error) {
      parts.log.warn("sweep failed; the next one follows", { error: error instanceof Error ? error.message : "" });
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void sweep(), parts.everyMs);
  return { stop: () => clearInterval(timer) };
}
