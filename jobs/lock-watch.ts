import type { Worker } from "bullmq";

/**
 * How old each job's queue lock is. A worker may act only while its lock is surely its own: the event
 * `lockRenewalFailed` comes too late when Redis is away (queue.md 3.1), so age is measured here.
 */
export function watchLocks(
  worker: Worker,
  lockDurationMs: number,
): { claimed(jobId: string): void; fresh(jobId: string): boolean; gone(jobId: string): void } {
  const renewed = new Map<string, number>();
  worker.on("locksRenewed", ({ jobIds }: { jobIds: string[] }) => {
    for (const id of jobIds) if (renewed.has(id)) renewed.set(id, performance.now());
  });
  worker.on("lockRenewalFailed", (jobIds: string[]) => {
    for (const id of jobIds) worker.cancelJob(id);
  });
  return {
    claimed: (id) => renewed.set(id, performance.now()),
    fresh: (id) => performance.now() - (renewed.get(id) ?? Number.NEGATIVE_INFINITY) < 0.9 * lockDurationMs,
    gone: (id) => renewed.delete(id),
  };
}
