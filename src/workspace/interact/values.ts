import { interactiveElements, type Placed } from "../blocks/elements.ts";
import { type JsonObject, objectsOf, someText, textOf } from "../json.ts";

/** `state.values` as Slack sends it: block id → action id → `{type, value | selected_…}`. */
export type Values = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;

/** What the person's form holds: what was filled in, else each element's initial value. */
export function stateValues(blocks: readonly JsonObject[], filled: Values): Values {
  const values: Record<string, Record<string, JsonObject>> = {};
  for (const placed of interactiveElements(blocks)) {
    if (!isStateful(placed.element)) continue;
    const own = filled[placed.blockId]?.[placed.actionId] ?? initialValue(placed.element);
    values[placed.blockId] = { ...values[placed.blockId], [placed.actionId]: own };
  }
  return values;
}

function isStateful(element: JsonObject): boolean {
  return !["button", "overflow", "image", "icon_button", "feedback_buttons"].includes(textOf(element.type));
}

/**
 * The value object for an element from what a person or test gives: text for inputs, an option's
 * value for selects, a list of values for multi-selects and checkboxes.
 * @returns undefined when the element has no such option.
 */
export function valueObject(element: JsonObject, given: string | readonly string[]): JsonObject | undefined {
  const type = textOf(element.type);
  const key = valueKey(type);
  const texts = typeof given === "string" ? (given === "" ? [] : [given]) : given;
  if (!optionTypes.includes(type)) {
    const first = type === "datetimepicker" ? Number(texts[0]) : texts[0];
    return { type, [key]: type.startsWith("multi_") ? texts : (first ?? null) };
  }
  const options = texts.map((text) => optionsOf(element).find((option) => option.value === text));
  if (options.includes(undefined)) return undefined;
  return { type, [key]: key === "selected_options" ? options : (options[0] ?? null) };
}

const optionTypes = ["static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow"];

/** All options of a select, groups flattened. */
export function optionsOf(element: JsonObject): readonly JsonObject[] {
  const groups = objectsOf(element.option_groups).flatMap((group) => objectsOf(group.options));
  return [...objectsOf(element.options), ...groups];
}

function valueKey(type: string): string {
  const keys: Readonly<Record<string, string>> = {
    static_select: "selected_option",
    external_select: "selected_option",
    radio_buttons: "selected_option",
    overflow: "selected_option",
    multi_static_select: "selected_options",
    checkboxes: "selected_options",
    users_select: "selected_user",
    multi_users_select: "selected_users",
    conversations_select: "selected_conversation",
    channels_select: "selected_channel",
    datepicker: "selected_date",
    timepicker: "selected_time",
    datetimepicker: "selected_date_time",
  };
  return keys[type] ?? "value";
}

function initialValue(element: JsonObject): JsonObject {
  const type = textOf(element.type);
  const key = valueKey(type);
  const initial =
    element.initial_option ??
    element.initial_options ??
    element.initial_user ??
    element.initial_users ??
    element.initial_conversation ??
    element.initial_channel ??
    element.initial_date ??
    element.initial_time ??
    element.initial_date_time ??
    someText(element.initial_value);
  return { type, [key]: initial ?? (key.endsWith("s") ? [] : null) };
}

/** True when a value object holds something. */
export function isFilled(value: JsonObject | undefined): boolean {
  if (value === undefined) return false;
  return Object.entries(value).some(([key, part]) => {
    if (key === "type" || part === null || part === undefined || part === "") return false;
    return !Array.isArray(part) || part.length > 0;
  });
}

/** A value with one more entry. */
export function withValue(values: Values, placed: Placed, value: JsonObject): Values {
  return { ...values, [placed.blockId]: { ...values[placed.blockId], [placed.actionId]: value } };
}
