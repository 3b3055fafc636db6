import type { z } from "zod";
import type { Problem } from "./inventory-check.ts";

/** zod's issues about `given` in our words, each with what to do; unknown keys and bad names are told at the key itself. */
export function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  given: unknown,
  at: readonly string[],
): readonly Problem[] {
  return issues.flatMap((issue) => {
    const inside = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
    const path = [...at, ...inside];
    if (issue.code !== "unrecognized_keys") return [{ path, message: wordsOf(issue, !isThere(given, inside)) }];
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `unknown key "${key}"; remove it or correct its spelling`,
    }));
  });
}

const kinds: Readonly<Record<string, string>> = {
  object: "a map (key: value)",
  record: "a map (name: value)",
  array: "a list ([a, b])",
  tuple: "a list ([a, b])",
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

function wordsOf(issue: z.core.$ZodIssue, missing: boolean): string {
  switch (issue.code) {
    case "invalid_key":
      return issue.issues[0]?.message ?? issue.message;
    case "invalid_type": {
      const wanted = kinds[issue.expected] ?? issue.expected;
      return missing ? `is missing; add ${wanted}` : `must be ${wanted}`;
    }
    case "invalid_value":
      return `${missing ? "is missing" : "is not known"}; use ${issue.values.length > 1 ? "one of " : ""}${issue.values.join(", ")}`;
    case "too_big":
      return issue.origin === "number" ? `must be at most ${issue.maximum}` : issue.message;
    case "too_small":
      return issue.origin === "number"
        ? `must be ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`
        : issue.message;
    default:
      return issue.message;
  }
}

function isThere(given: unknown, path: readonly PropertyKey[]): boolean {
  let value = given;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return value !== undefined;
}
