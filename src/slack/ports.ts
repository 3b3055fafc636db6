import type { Plan } from "../domain/plan.ts";
import type { JournalLine, Run } from "../domain/run.ts";

/** The slice of the store that showing a run needs. */
export interface RunReader {
  load(runId: string): Promise<{ readonly run: Run } | null>;
  loadPlan(digest: string): Promise<Plan | null>;
  journal(runId: string, afterId: string): Promise<readonly { readonly id: string; readonly line: JournalLine }[]>;
}

/** Where a message of ours is in Slack, and a fingerprint of what it shows. */
export interface MessageRef {
  readonly channel: string;
  readonly ts: string;
  readonly hash: string;
}

/** What has been posted for a run, by key (`plan`, `run`, `prompt:…`). Survives restarts. */
export interface Posted {
  get(runId: string, key: string): Promise<MessageRef | "posting" | null>;
  set(runId: string, key: string, ref: MessageRef | "posting"): Promise<void>;
  keys(runId: string): Promise<readonly string[]>;
  /** Journal id up to which lines are in the thread, and the time of that line. */
  cursor(runId: string): Promise<{ readonly id: string; readonly at: number }>;
  setCursor(runId: string, cursor: { readonly id: string; readonly at: number }): Promise<void>;
}
