import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from "@slack/web-api";
import { DelayedError, type Job, UnrecoverableError, WaitingError } from "bullmq";
import type { Log } from "../src/log.ts";
import type { Rest } from "../src/run/advance.ts";

/** A run that was put down because this process stops goes back to the front of the queue at once. */
export async function handBack(job: Job, token: string | undefined, rest: Rest, stopping: boolean): Promise<void> {
  if (rest.rest !== "interrupted" || !stopping || token === undefined) return;
  await job.moveToWait(token);
  throw new WaitingError();
}

/** Slack's answers that no repetition changes: the message or the channel is wrong, not the moment. */
const hopeless = [
  "channel_not_found",
  "not_in_channel",
  "is_archived",
  "invalid_blocks",
  "invalid_auth",
  "account_inactive",
  "token_revoked",
  "missing_scope",
];

/** Turns what went wrong while showing a run into a delay, a retry or the end of this job. */
export async function showFailed(job: Job, token: string | undefined, error: unknown, log: Log): Promise<never> {
  if (error instanceof WebAPIRateLimitedError && token !== undefined) {
    await job.moveToDelayed(Date.now() + error.retryAfter * 1000, token);
    throw new DelayedError();
  }
  if (error instanceof WebAPIPlatformError && hopeless.includes(error.data.error)) {
    log.error("Slack refuses the message; repeating it would not help", {
      run: job.data.runId,
      error: error.data.error,
      details: error.data.response_metadata,
    });
    throw new UnrecoverableError(error.data.error);
  }
  const status = error instanceof WebAPIHTTPError ? error.statusCode : undefined;
  log.warn("Slack could not be brought up to date; again in a moment", {
    run: job.data.runId,
    status,
    error: error instanceof Error ? error.message : "",
  });
  throw error;
}
