import { type JsonObject, textOf } from "../json.ts";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;

/** One page of a list by Slack's cursors; `undefined` for a cursor we never gave out. */
export function pageOf<T>(items: readonly T[], args: JsonObject): { items: readonly T[]; next: string } | undefined {
  const limit = Math.min(MAX_LIMIT, Math.max(1, Number(args.limit) || DEFAULT_LIMIT));
  const cursor = textOf(args.cursor);
  const start =
    cursor === ""
      ? 0
      : Number(
          Buffer.from(cursor, "base64")
            .toString()
            .replace(/^next:/, ""),
        );
  if (!Number.isInteger(start) || start < 0) return undefined;
  const end = start + limit;
  return {
    items: items.slice(start, end),
    next: end < items.length ? Buffer.from(`next:${end}`).toString("base64") : "",
  };
}
