import type { Clock } from "./clock.ts";
import type { Feed } from "./feed.ts";

/** One line of evidence: an API call, a delivery, an ack, a fault. Tokens never appear in it. */
export interface TranscriptRecord {
  readonly n: number;
  readonly at: string;
  readonly kind: "api" | "delivery" | "late_ack" | "response_url" | "socket" | "fault" | "control";
  readonly name: string;
  readonly app?: string;
  readonly ok?: boolean;
  readonly error?: string;
  readonly ms?: number;
  readonly detail?: unknown;
}

export interface Transcript {
  add(record: Omit<TranscriptRecord, "n" | "at">): void;
  all(): readonly TranscriptRecord[];
  clear(): void;
}

// Enough for a long try-out, small enough never to matter.
const KEPT_RECORDS = 5_000;

export function createTranscript(clock: Clock, feed: Feed): Transcript {
  const records: TranscriptRecord[] = [];
  let count = 0;
  return {
    add(record) {
      count += 1;
      const at = new Date(clock.now()).toISOString();
      const full: TranscriptRecord = { n: count, at, ...record, detail: maskTokens(record.detail) };
      records.push(full);
      if (records.length > KEPT_RECORDS) records.shift();
      feed.emit({ type: "record", record: full });
    },
    all: () => [...records],
    clear() {
      records.length = 0;
    },
  };
}

/** A deep copy with `token` fields and anything that looks like a Slack token replaced. */
export function maskTokens(value: unknown): unknown {
  if (value === undefined) return undefined;
  const masked = JSON.stringify(value, (key, part: unknown) => (key === "token" ? "***" : part));
  return JSON.parse(masked.replace(/\bx(ox[a-z]|app)-[A-Za-z0-9-]+/g, "x$1-***"));
}
