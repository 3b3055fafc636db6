/** Why something was refused. One list; messages for people are beside the refusal, never derived from the code. */
export const refusalReasons = [
  "unknown-cluster",
  "bad-command",
  "not-allowed",
  "own-request",
  "already-decided",
  "already-approved-by-you",
  "digest-mismatch",
  "facts-changed",
  "cluster-busy",
  "run-ended",
  "wrong-state",
  "unknown-run",
  "stale-button",
  "blocked",
  "nothing-to-do",
  "machine-unreachable",
  "host-key-mismatch",
  "circular",
  "no-capacity",
  "no-window",
  "plan-check",
  "try-out-redis",
  "people-unknown",
] as const;

export type RefusalReason = (typeof refusalReasons)[number];

/** An expected no. `message` says what and where, `next` what the person can do about it. */
export interface Refusal {
  readonly ok: false;
  readonly reason: RefusalReason;
  readonly message: string;
  readonly next: string;
  /** Every single blocker, when there is more than one. */
  readonly blockers?: readonly Blocker[];
}

/** One finding of a gate. */
export interface Blocker {
  readonly reason: RefusalReason;
  /** The machine, pool or group it is about. */
  readonly where: string;
  readonly message: string;
  readonly next: string;
}

export interface Done<T> {
  readonly ok: true;
  readonly value: T;
}

export type Result<T> = Done<T> | Refusal;

export function done<T>(value: T): Done<T> {
  return { ok: true, value };
}

export function refuse(reason: RefusalReason, message: string, next: string, blockers?: readonly Blocker[]): Refusal {
  return { ok: false, reason, message, next, ...(blockers && blockers.length > 0 ? { blockers } : {}) };
}
