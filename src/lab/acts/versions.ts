import type { ActOutcome } from "../../domain/act.ts";

/** Versions that differ between two readings. */
export function readChanges(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): ActOutcome["changes"] {
  return Object.entries(after).flatMap(([name, to]) => {
    const from = before[name];
    return from === undefined || from === to ? [] : [{ name, from, to }];
  });
}
