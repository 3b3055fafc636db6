import { interactiveElements } from "../blocks/elements.ts";
import { type JsonObject, objectOf, objectsOf, textOf } from "../json.ts";
import type { OpenView } from "../state/views.ts";
import { failed, type Outcome } from "./outcome.ts";
import { isFilled, stateValues, type Values, valueObject } from "./values.ts";

/** Filling in the fields of a modal, and what the person would be told before anything is sent. */

export type FieldValue = string | readonly string[];
/** By action id, or by block id and action id. */
export type FieldValues = Readonly<Record<string, FieldValue | Readonly<Record<string, FieldValue>>>>;

export type Filling = (Outcome & { ok: false }) | { readonly ok: true; readonly values: Values };

/** The view's values with `given` added; refused when a field or option does not exist. */
export function fill(open: OpenView, given: FieldValues): Filling {
  const values: Record<string, Record<string, JsonObject>> = {};
  for (const [block, actions] of Object.entries(open.values)) values[block] = { ...actions };
  const used = new Set<string>();
  for (const { element, blockId, actionId } of interactiveElements(objectsOf(open.view.blocks))) {
    const byBlock = given[blockId];
    const nested = typeof byBlock === "object" && !Array.isArray(byBlock) ? objectOf(byBlock)[actionId] : byBlock;
    const value = nested ?? given[actionId];
    if (!isFieldValue(value)) continue;
    const object = valueObject(element, value);
    if (object === undefined) return failed("option_not_found", `${actionId} has no option ${String(value)}.`);
    values[blockId] = { ...values[blockId], [actionId]: object };
    used.add(nested === undefined ? actionId : blockId);
  }
  const stray = Object.keys(given).find((key) => !used.has(key));
  return stray === undefined ? { ok: true, values } : failed("field_not_found", `The modal has no field ${stray}.`);
}

function isFieldValue(value: unknown): value is FieldValue {
  return typeof value === "string" || Array.isArray(value);
}

/** By block id: required fields that are empty, texts too short or too long. */
export function missingFields(open: OpenView, filled: Values): Record<string, string> {
  const blocks = objectsOf(open.view.blocks);
  const values = stateValues(blocks, filled);
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    if (block.type !== "input") continue;
    const blockId = textOf(block.block_id);
    const element = objectOf(block.element);
    const value = values[blockId]?.[textOf(element.action_id)];
    if (block.optional !== true && !isFilled(value)) errors[blockId] = "Please complete this required field.";
    const wrongLength = lengthError(element, textOf(value?.value));
    if (errors[blockId] === undefined && wrongLength !== undefined) errors[blockId] = wrongLength;
  }
  return errors;
}

function lengthError({ min_length, max_length }: JsonObject, text: string): string | undefined {
  if (text !== "" && typeof min_length === "number" && text.length < min_length)
    return `Please enter at least ${min_length} characters.`;
  if (typeof max_length === "number" && text.length > max_length)
    return `Please enter at most ${max_length} characters.`;
  return undefined;
}
