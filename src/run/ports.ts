import type { Act, ActKind } from "../domain/act.ts";
import type { ClusterFacts } from "../domain/facts.ts";
import type { Cluster } from "../domain/inventory.ts";
import type { Plan } from "../domain/plan.ts";
import type { JournalLine, Run } from "../domain/run.ts";
import type { Operation } from "../drivers/operation.ts";

/** A run with the version it was read at. */
export interface Stored {
  readonly run: Run;
  readonly version: number;
}

export interface CommitOptions {
  /** Refuse when the stored epoch is another one: the writer has been replaced. */
  readonly epoch?: number;
  /** Take the cluster's lock in the same write; `busy` when another run holds it. */
  readonly takeCluster?: boolean;
}

export type Committed = "ok" | "conflict" | "fenced" | "busy";

/** The truth about runs. Every write is one atomic script: run, journal, audit, lock. */
export interface Store {
  create(run: Run, lines: readonly JournalLine[]): Promise<void>;
  load(runId: string): Promise<Stored | null>;
  /** Compare-and-set against `previous.version`. Ending a run frees its cluster in the same write. */
  commit(previous: Stored, next: Run, lines: readonly JournalLine[], options: CommitOptions): Promise<Committed>;
  savePlan(plan: Plan): Promise<void>;
  /** Null when there is none, or one of an older format, which nobody can read any more. */
  loadPlan(digest: string): Promise<Plan | null>;
  /** Ids of all runs that have not ended. */
  openRuns(): Promise<readonly string[]>;
  /** Run that holds the cluster's lock, or null. */
  ownerOf(cluster: string): Promise<string | null>;
  journal(runId: string, afterId: string): Promise<readonly { readonly id: string; readonly line: JournalLine }[]>;
  /** Newest first. */
  recentRuns(limit: number): Promise<readonly string[]>;
}

export interface Drivers {
  /** True when nothing of the cluster is real. */
  simulated(cluster: Cluster): boolean;
  gather(name: string, cluster: Cluster, signal: AbortSignal): Promise<ClusterFacts>;
  /** The operation for an act, or null when no driver of the cluster offers it. */
  operation<K extends ActKind>(name: string, cluster: Cluster, act: Extract<Act, { do: K }>): Operation<K> | null;
}

export interface Notify {
  /** Something about the run is new: show it. May be called any number of times. */
  changed(runId: string): Promise<void>;
  /** Up to which journal time (ms) the run's lines have reached Slack; 0 when none has. */
  deliveredUpTo(runId: string): Promise<number>;
}

export interface Enqueue {
  /** Asks a worker to look at the run. Twice is harmless. */
  tick(runId: string): Promise<void>;
}

export interface Clusters {
  get(name: string): Cluster | null;
  names(): readonly string[];
}

/** Who belongs to which team. `null` means it could not be found out: nobody is allowed then. */
export interface Directory {
  isMember(team: string, user: string): Promise<boolean | null>;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}
