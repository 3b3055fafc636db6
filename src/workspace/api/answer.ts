import { type Problem, problemLine } from "../blocks/problem.ts";
import type { JsonObject } from "../json.ts";

/** What a Web API method answers: always HTTP 200, the truth is in `ok`. */
export type Answer = JsonObject & ({ readonly ok: true } | { readonly ok: false; readonly error: string });

export function ok(fields: JsonObject = {}): Answer {
  return { ok: true, ...fields };
}

export function refuse(error: string, fields: JsonObject = {}): Answer {
  return { ok: false, error, ...fields };
}

/** `invalid_blocks` or `invalid_arguments` with the places. */
export function refuseProblems(error: string, problems: readonly Problem[]): Answer {
  return refuse(error, {
    errors: problems.map(({ pointer, code, message }) => ({ pointer, code, message })),
    response_metadata: { messages: problems.map(problemLine) },
  });
}
