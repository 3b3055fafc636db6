import { type Job, UnrecoverableError, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { Bug } from "../src/domain/errors.ts";
import type { Log } from "../src/log.ts";
import { advance } from "../src/run/advance.ts";
import type { Crew } from "../src/run/crew.ts";
import { watchLocks } from "./lock-watch.ts";
import { handBack } from "./outcome-to-bullmq.ts";
import { Payload } from "./payload.ts";
import { queueNames } from "./queues.ts";

export interface WorkerSettings {
  /** A job whose lock is not renewed for this long is given to another worker (ms). */
  readonly lockDurationMs: number;
  /** How often such jobs are looked for (ms). */
  readonly stalledIntervalMs: number;
  /** Runs that one process advances at the same time. */
  readonly concurrency: number;
}

export interface RunningWorker {
  /** Puts runs down at a safe point, hands them back, and ends. */
  stop(): Promise<void>;
}

/** The worker that advances runs. `crewFor` gives a crew whose `mayAct` follows this job's lock. */
export function startRunWorker(
  connection: Redis,
  prefix: string,
  crewFor: (mayAct: () => boolean) => Crew,
  settings: WorkerSettings,
  log: Log,
): RunningWorker {
  // A job may be handed to us once more while the worker closes; it must find the process stopping.
  const stopping = new AbortController();
  // BullMQ passes the abort signal only to processors with three parameters.
  const process = async (job: Job, token: string | undefined, signal: AbortSignal | undefined) => {
    const { runId } = Payload.parse(job.data);
    const id = job.id ?? "";
    locks.claimed(id);
    const ended = AbortSignal.any(signal ? [signal, stopping.signal] : [stopping.signal]);
    try {
      const rest = await advance(
        crewFor(() => locks.fresh(id)),
        runId,
        ended,
      );
      log.debug("run put down", { run: runId, ...rest });
      await handBack(job, token, rest, stopping.signal.aborted);
    } finally {
      locks.gone(id);
    }
  };
  const worker = new Worker(
    queueNames.runs,
    async (job, token, signal) => {
      try {
        await process(job, token, signal);
      } catch (error) {
        // Our own invariants: repeating cannot mend a bug. Everything else (Redis away …) is tried again.
        if (error instanceof Bug) {
          log.error(error.message, { run: job.data.runId });
          throw new UnrecoverableError(error.message);
        }
        throw error;
      }
    },
    {
      connection,
      prefix: `{${prefix}}`,
      concurrency: settings.concurrency,
      lockDuration: settings.lockDurationMs,
      stalledInterval: settings.stalledIntervalMs,
      // A lifetime budget by default: the second kill -9 would fail the job for good (queue.md 3.1).
      maxStalledCount: 1_000_000,
      drainDelay: 5,
    },
  );
  const locks = watchLocks(worker, settings.lockDurationMs);
  worker.on("error", (error) => log.warn("worker error", { error: error.message }));
  worker.on("stalled", (jobId) => log.warn("a worker died or froze at this run; it goes on here", { job: jobId }));
  return {
    async stop() {
      stopping.abort();
      worker.cancelAllJobs("shutdown");
      await worker.close();
    },
  };
}
