import { z } from "zod";
import { LedgerEntry, type Run, RunHead, StepRecord } from "../../domain/run.ts";

/**
 * A run as fields of one Redis hash: `head`, `epoch`, `step:<id>` and `ledger:<id>`, each JSON. Only
 * fields that changed are written, so the cost of a step does not grow with the run.
 */
export function fieldsOf(run: Run): ReadonlyMap<string, string> {
  const fields = new Map<string, string>([
    ["head", JSON.stringify(run.head)],
    ["epoch", String(run.head.epoch)],
  ]);
  for (const [id, record] of Object.entries(run.steps)) fields.set(`step:${id}`, JSON.stringify(record));
  for (const [i, entry] of run.ledger.entries()) {
    fields.set(`ledger:${String(i).padStart(5, "0")}`, JSON.stringify(entry));
  }
  return fields;
}

/** Fields of `next` that are new or differ from `previous`. Nothing is ever removed from a run. */
export function changedFields(previous: Run, next: Run): readonly (readonly [string, string])[] {
  const old = fieldsOf(previous);
  return [...fieldsOf(next)].filter(([field, value]) => old.get(field) !== value);
}

/** Reads a stored hash back. Throws when it is not what we wrote: an unreadable run is never guessed at. */
export function runFrom(hash: Readonly<Record<string, string>>): { readonly run: Run; readonly version: number } {
  const parsed = Object.entries(hash).sort(([a], [b]) => (a < b ? -1 : 1));
  const steps = parsed
    .filter(([field]) => field.startsWith("step:"))
    .map(([field, value]) => [field.slice(5), StepRecord.parse(JSON.parse(value))] as const);
  const ledger = parsed
    .filter(([field]) => field.startsWith("ledger:"))
    .map(([, value]) => LedgerEntry.parse(JSON.parse(value)));
  return {
    run: { head: RunHead.parse(JSON.parse(hash.head ?? "null")), steps: Object.fromEntries(steps), ledger },
    version: z.coerce.number().int().parse(hash.version),
  };
}
