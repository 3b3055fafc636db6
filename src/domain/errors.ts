/** What kind of misbehaviour of the world a failure is. Callers decide by code, never by text. */
export const failureCodes = [
  "unreachable",
  "host-key-mismatch",
  "authentication",
  "timeout",
  "cancelled",
  "command-failed",
  "disk-full",
  "package-lock-held",
  "version-gone",
  "unhealthy",
  "not-back",
  "migration-failed",
  "bad-answer",
  "conflict",
  "unknown-effect",
] as const;

export type FailureCode = (typeof failureCodes)[number];

export interface FailureDetails {
  readonly code: FailureCode;
  /** May the same call be made again? `later`: after a pause; `never`: only a person can decide. */
  readonly retry: "now" | "later" | "never";
  /** One sentence with the machine's name. Reaches Slack: no secrets, no stack. */
  readonly message: string;
  /** What a person can do. */
  readonly next: string;
  readonly cause?: unknown;
}

/** The world misbehaved. Created only by drivers and transports. */
export class PatchError extends Error {
  readonly code: FailureCode;
  readonly retry: "now" | "later" | "never";
  readonly next: string;

  constructor(details: FailureDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "PatchError";
    this.code = details.code;
    this.retry = details.retry;
    this.next = details.next;
  }
}

/** One of our own invariants does not hold. The job ends; nothing is guessed, nothing goes on. */
export class Bug extends Error {
  constructor(message: string) {
    super(`bug: ${message}`);
    this.name = "Bug";
  }
}
