import { createHash } from "node:crypto";
import type { Plan } from "../domain/plan.ts";

/** SHA-256 over all of a plan but the digest itself, as lower-case hex. Key order does not matter, list order does. */
export function digestOf(plan: Omit<Plan, "digest">): string {
  return createHash("sha256").update(canonical(plan)).digest("hex");
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}
