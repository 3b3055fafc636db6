import type { IncomingMessage } from "node:http";
import { isObject, type JsonObject, parseJson } from "../json.ts";

const MAX_BODY_BYTES = 2_000_000;

/** Form fields that hold JSON when they come from a form. */
const JSON_FIELDS = ["blocks", "view", "metadata", "attachments", "message"];

/** The whole body as text. @throws Error when it is larger than two megabytes. */
export async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw new Error("The request body is larger than two megabytes.");
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** The arguments of an API call from a JSON or a form body, plus those in the address. */
export function argsOf(contentType: string, body: string, query: URLSearchParams): JsonObject {
  const fromQuery = decodeFields(query);
  if (contentType.includes("json")) {
    const parsed = parseJson(body);
    return { ...fromQuery, ...(isObject(parsed) ? parsed : {}) };
  }
  return { ...fromQuery, ...decodeFields(new URLSearchParams(body)) };
}

function decodeFields(fields: URLSearchParams): JsonObject {
  const args: Record<string, unknown> = {};
  for (const [key, value] of fields) args[key] = JSON_FIELDS.includes(key) ? (parseJson(value) ?? value) : value;
  return args;
}
