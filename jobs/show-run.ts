import { Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { Log } from "../src/log.ts";
import { type NotifierParts, showRun } from "../src/slack/notifier.ts";
import type { RunningWorker, WorkerSettings } from "./advance-run.ts";
import { showFailed } from "./outcome-to-bullmq.ts";
import { Payload } from "./payload.ts";
import { queueNames } from "./queues.ts";

/**
 * The worker that brings Slack up to date, one run at a time and never more often than `settings.everyMs`:
 * chat.update allows 50 a minute for the whole workspace (slack.md 5.1).
 */
export function startCardWorker(
  connection: Redis,
  prefix: string,
  parts: NotifierParts,
  settings: Pick<WorkerSettings, "lockDurationMs" | "stalledIntervalMs"> & { readonly everyMs: number },
  log: Log,
): RunningWorker {
  const worker = new Worker(
    queueNames.cards,
    async (job, token) => {
      const { runId } = Payload.parse(job.data);
      try {
        await showRun(parts, runId);
      } catch (error) {
        await showFailed(job, token, error, log);
      }
    },
    {
      connection,
      prefix: `{${prefix}}`,
      concurrency: 1,
      limiter: { max: 1, duration: settings.everyMs },
      maxStalledCount: 1_000_000,
      lockDuration: settings.lockDurationMs,
      stalledInterval: settings.stalledIntervalMs,
    },
  );
  worker.on("error", (error) => log.warn("card worker error", { error: error.message }));
  return { stop: () => worker.close() };
}
