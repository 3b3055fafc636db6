import type { z } from "zod";
import type { Problem } from "./problem.ts";

/** Turns what zod found into problems worded as Slack words them, as far as that is publicly known. */
export function problemsOf(error: z.ZodError, prefix: string): readonly Problem[] {
  return error.issues.flatMap((issue) => problemsOfIssue(issue, prefix + pointerOf(issue.path)));
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function problemsOfIssue(issue: z.core.$ZodIssue, pointer: string): readonly Problem[] {
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        pointer,
        code: "additional_property",
        message: `invalid additional property: ${key}`,
      }));
    case "too_big":
      return [tooBig(issue, pointer)];
    case "too_small":
      return [tooSmall(issue, pointer)];
    case "invalid_union":
      return [{ pointer, code: "unsupported_type", message: "unsupported type" }];
    case "invalid_value":
      return [
        {
          pointer,
          code: "invalid_value",
          message: `must be one of: ${issue.values.map(String).join(", ")}`,
          constraint: issue.values.map(String).join("|"),
        },
      ];
    case "invalid_type":
      if (issue.input === undefined) return [missing(pointer)];
      return [{ pointer, code: "invalid_type", message: `must be a ${issue.expected}`, constraint: issue.expected }];
    default:
      return [{ pointer, code: "invalid_value", message: issue.message }];
  }
}

function missing(pointer: string): Problem {
  return { pointer, code: "missing_field", message: `missing required field: ${pointer.split("/").at(-1) ?? ""}` };
}

function tooBig(issue: z.core.$ZodIssueTooBig, pointer: string): Problem {
  const limit = Number(issue.maximum);
  if (issue.origin === "array")
    return { pointer, code: "too_many", message: `no more than ${limit} items allowed`, constraint: limit };
  return { pointer, code: "too_long", message: `must be less than ${limit + 1} characters`, constraint: limit };
}

function tooSmall(issue: z.core.$ZodIssueTooSmall, pointer: string): Problem {
  const limit = Number(issue.minimum);
  if (issue.origin === "array")
    return { pointer, code: "too_few", message: `must have at least ${limit} items`, constraint: limit };
  return { pointer, code: "too_short", message: `must be more than ${limit - 1} characters`, constraint: limit };
}
