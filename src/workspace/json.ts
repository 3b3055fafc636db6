/** Reading data whose shape we do not control: small total functions, never a cast. */

export interface JsonObject {
  readonly [key: string]: unknown;
}

/** True for a plain object (not null, not an array). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value when it is a plain object, else an empty object. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The value when it is text, else "". */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The value when it is non-empty text, else undefined. */
export function someText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The objects inside a list; everything else is left out. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The list of texts in a value that is a list, or a comma-separated text (Slack takes both). */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string")
    return value
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean);
  return Array.isArray(value) ? value.filter((part) => typeof part === "string") : [];
}

/** Slack takes booleans as JSON or as form text. */
export function flagOf(value: unknown): boolean {
  return value === true || value === "true" || value === "1";
}

/** Parses JSON text; undefined when it is not JSON. */
export function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
