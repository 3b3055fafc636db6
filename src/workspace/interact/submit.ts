import { interactiveElements } from "../blocks/elements.ts";
import { deliver } from "../delivery/deliver.ts";
import { isObject, type JsonObject, objectOf, objectsOf, textOf } from "../json.ts";
import { MAX_STACK, type OpenView } from "../state/views.ts";
import { appOf, type World } from "../world.ts";
import { failed, type Outcome } from "./outcome.ts";
import { viewPayload } from "./payload.ts";
import { readView } from "./read-view.ts";
import { isFilled, stateValues, type Values, valueObject } from "./values.ts";

export interface SubmitInput {
  readonly user: string;
  readonly viewId?: string;
  /** Must be the callback_id of the view on top, when given. */
  readonly callbackId?: string;
  /** By action id, or by block id and action id. */
  readonly values?: Readonly<Record<string, FieldValue | Readonly<Record<string, FieldValue>>>>;
}

export type FieldValue = string | readonly string[];

export type SubmitOutcome = Outcome & { readonly errors?: Readonly<Record<string, string>> };

/** Fills in and hands in the modal on top. Required fields are checked before anything is delivered. */
export async function submit(world: World, input: SubmitInput): Promise<SubmitOutcome> {
  const open = topView(world, input);
  if ("ok" in open) return open;
  const app = appOf(world, open.appId);
  if (app === undefined) return failed("app_not_found");
  const filling = fill(open, input.values ?? {});
  if (!filling.ok) return filling;
  const filled = filling.values;

  const missing = missingFields(open, filled);
  const current = world.views.change(open, { values: filled, errors: missing });
  if (Object.keys(missing).length > 0) return { ...failed("required_fields"), errors: missing };

  const payload = viewPayload({ world, app, open: current, type: "view_submission" });
  const ack = await deliver(world, app, { kind: "interactive", payload });
  const still = world.views.find(open.id);
  if (ack.ok) return still === undefined ? { ok: true } : follow(world, still, ack.payload);
  if (still !== undefined)
    world.views.change(still, { problem: `We had some trouble connecting: ${ack.error}. Try again?` });
  return failed(ack.error);
}

/** Closes the modal on top; the app hears of it when the view says notify_on_close. */
export async function closeModal(world: World, input: { user: string; viewId?: string }): Promise<Outcome> {
  const open = topView(world, input);
  if ("ok" in open) return open;
  world.views.pop(input.user);
  const app = appOf(world, open.appId);
  if (open.view.notify_on_close !== true || app === undefined) return { ok: true };
  const payload = viewPayload({ world, app, open, type: "view_closed" });
  const ack = await deliver(world, app, { kind: "interactive", payload });
  return ack.ok ? { ok: true } : failed(ack.error);
}

function topView(
  world: World,
  input: { user: string; viewId?: string; callbackId?: string },
): OpenView | (Outcome & { ok: false }) {
  const open = world.views.stack(input.user).at(-1);
  if (open === undefined) return failed("view_not_found", `${input.user} has no modal open.`);
  if (input.viewId !== undefined && open.id !== input.viewId)
    return failed("view_not_found", "That modal is not on top.");
  if (input.callbackId !== undefined && open.view.callback_id !== input.callbackId) {
    return failed("view_not_found", `The modal on top is ${textOf(open.view.callback_id)}.`);
  }
  return open;
}

type Filling = (Outcome & { ok: false }) | { readonly ok: true; readonly values: Values };

function fill(open: OpenView, given: NonNullable<SubmitInput["values"]>): Filling {
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

function missingFields(open: OpenView, filled: Values): Record<string, string> {
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

/** Does what the acked `response_action` says; none means: close this one view. */
function follow(world: World, open: OpenView, payload: JsonObject): SubmitOutcome {
  const action = payload.response_action;
  if (action === undefined) {
    world.views.pop(open.user);
    return { ok: true };
  }
  if (action === "clear") {
    world.views.clearStack(open.user);
    return { ok: true };
  }
  if (action === "errors") return showErrors(world, open, payload.errors);
  if (action !== "update" && action !== "push") return trouble(world, open, "unknown response_action");

  const replacing = action === "update" ? { replacing: open.id } : {};
  const read = readView(world, { view: payload.view, appId: open.appId, ...replacing });
  if (!read.ok) return trouble(world, open, read.answer.ok ? "invalid view" : read.answer.error);
  if (action === "update") world.views.change(open, { view: read.view, values: {} });
  else if (world.views.stack(open.user).length >= MAX_STACK) return trouble(world, open, "push_limit_reached");
  else world.views.push({ appId: open.appId, user: open.user, view: read.view });
  return { ok: true };
}

function showErrors(world: World, open: OpenView, given: unknown): SubmitOutcome {
  const inputs = objectsOf(open.view.blocks).filter((block) => block.type === "input");
  const errors: Record<string, string> = {};
  for (const [blockId, text] of Object.entries(isObject(given) ? given : {})) {
    // Slack refuses errors for blocks that are not inputs of this view; the person sees "trouble".
    if (!inputs.some((block) => block.block_id === blockId)) return trouble(world, open, `no input block ${blockId}`);
    errors[blockId] = String(text);
  }
  world.views.change(open, { errors });
  return { ...failed("field_errors"), errors };
}

function trouble(world: World, open: OpenView, why: string): SubmitOutcome {
  world.views.change(open, { problem: `We had some trouble connecting: ${why}. Try again?` });
  return failed("invalid_response", why);
}
