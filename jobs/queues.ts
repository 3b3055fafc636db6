import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { Log } from "../src/log.ts";

/** Queue names. `runs` advances runs, `cards` brings Slack up to date. Payloads are run ids, never state. */
export const queueNames = { runs: "runs", cards: "cards" } as const;

export interface Queues {
  /** Asks a worker to look at the run. Never throws: the sweeper asks again within seconds. */
  tick(runId: string): Promise<void>;
  /** Asks for the run's messages to be brought up to date. Never throws, for the same reason. */
  show(runId: string): Promise<void>;
  close(): Promise<void>;
}

/** Back-off stays short: long waits live in the run, not in the queue (queue.md 4.2). */
const jobOptions = {
  attempts: 1_000,
  backoff: { type: "fixed", delay: 1_000 },
  removeOnComplete: { count: 200 },
  removeOnFail: { count: 200 },
} as const;

/**
 * Both queues. An add while a job of the same run is active is kept and follows it, so no wake-up is lost.
 * `events` caps BullMQ's event stream, which the try-out Redis needs (queue.md 2.3).
 */
export function openQueues(connection: Redis, prefix: string, log: Log): Queues {
  const shared = { connection, prefix: `{${prefix}}`, streams: { events: { maxLen: 200 } } };
  const runs = new Queue(queueNames.runs, shared);
  const cards = new Queue(queueNames.cards, shared);
  for (const queue of [runs, cards]) queue.on("error", (error) => log.warn("queue error", { error: error.message }));
  const add = async (queue: Queue, name: string, runId: string) => {
    try {
      await queue.add(name, { runId }, { ...jobOptions, deduplication: { id: runId, keepLastIfActive: true } });
    } catch (error) {
      log.warn("could not enqueue; the sweeper will", {
        run: runId,
        queue: queue.name,
        error: error instanceof Error ? error.message : "",
      });
    }
  };
  return {
    tick: (runId) => add(runs, "tick", runId),
    show: (runId) => add(cards, "show", runId),
    async close() {
      await Promise.all([runs.close(), cards.close()]);
    },
  };
}
