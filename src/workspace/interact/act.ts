import { deliver } from "../delivery/deliver.ts";
import { isObject, type JsonObject, objectsOf, textOf } from "../json.ts";
import { appOf, type World } from "../world.ts";
import { type Found, findElement, type Pointed } from "./find-element.ts";
import { messageValues, rememberMessageValue } from "./message-values.ts";
import { failed, type Outcome } from "./outcome.ts";
import { messageActionPayload, viewActionPayload } from "./payload.ts";
import { stateValues, valueObject, withValue } from "./values.ts";

export interface ClickInput extends Pointed {
  /** Must be true for an element with a confirm dialog: the person pressed its confirm button. */
  readonly confirm?: boolean;
}

export interface SelectInput extends Omit<ClickInput, "value"> {
  /** An option's value, a user id, a date …; a list for multi-selects and checkboxes. */
  readonly value: string | readonly string[];
}

/** Presses a button. Nothing is delivered before the confirm dialog was answered with yes. */
export async function click(world: World, input: ClickInput): Promise<Outcome> {
  const found = findElement(world, input);
  if ("ok" in found) return found;
  const { element } = found.placed;
  if (element.type !== "button")
    return failed("not_a_button", `${input.actionId} is a ${textOf(element.type)}: use select.`);
  return act({ world, input, found, fields: buttonFields(element) });
}

/** Chooses in a select, checkbox group, date picker and the like. */
export async function select(world: World, input: SelectInput): Promise<Outcome> {
  const single = typeof input.value === "string" ? { value: input.value } : {};
  const { value: _value, ...pointed } = input;
  const found = findElement(world, { ...pointed, ...single });
  if ("ok" in found) return found;
  const { placed } = found;
  const value = valueObject(placed.element, input.value);
  if (value === undefined) return failed("option_not_found", `${input.actionId} has no option ${String(input.value)}.`);

  const confirmed = placed.element.confirm === undefined || input.confirm === true;
  if (!confirmed) return confirmFirst(input.actionId);
  const remembered = remember({ world, user: input.user, found, value });
  if (placed.block.type === "input" && placed.block.dispatch_action !== true) return { ok: true };
  return act({ world, input: pointed, found: remembered, fields: value });
}

function remember(given: { world: World; user: string; found: Found; value: JsonObject }): Found {
  const { world, user, found, value } = given;
  if (found.placed.element.type === "overflow") return found;
  if (found.kind === "view") {
    const values = withValue(found.open.values, found.placed, value);
    return { ...found, open: world.views.change(found.open, { values }) };
  }
  rememberMessageValue(world, { message: found.message, placed: found.placed, user }, value);
  return found;
}

interface Acting {
  readonly world: World;
  readonly input: ClickInput;
  readonly found: Found;
  readonly fields: JsonObject;
}

async function act({ world, input, found, fields }: Acting): Promise<Outcome> {
  const { placed } = found;
  if (isObject(placed.element.confirm) && input.confirm !== true) return confirmFirst(input.actionId);
  const app = appOf(world, found.kind === "view" ? found.open.appId : found.message.appId);
  if (app === undefined) return failed("app_not_found");

  const { action_id, block_id } = { action_id: placed.actionId, block_id: placed.blockId };
  const action = { type: textOf(placed.element.type), action_id, block_id, ...fields, action_ts: world.ids.ts() };
  const payload =
    found.kind === "view"
      ? viewActionPayload({ world, app, open: found.open, action })
      : messageActionPayload({
          world,
          app,
          user: input.user,
          message: found.message,
          seen: found.seen,
          values: valuesOf(world, input.user, found),
          action,
        });
  const ack = await deliver(world, app, { kind: "interactive", payload });
  if (ack.ok) return { ok: true };
  showProblem(world, input.user, found, ack.error);
  return failed(ack.error);
}

function valuesOf(world: World, user: string, found: Found & { kind: "message" }) {
  return stateValues(objectsOf(found.seen.blocks), messageValues(world, user, found.message));
}

function buttonFields({ text, value, style }: JsonObject): JsonObject {
  return { text, ...(value === undefined ? {} : { value }), ...(style === undefined ? {} : { style }) };
}

function confirmFirst(actionId: string): Outcome {
  return failed("confirm_required", `${actionId} asks for confirmation first: say confirm: true.`);
}

/** The person sees that it failed: at the message, or inside the modal. */
function showProblem(world: World, user: string, found: Found, error: string): void {
  const text = `This action failed: ${error}`;
  if (found.kind === "view") {
    const open = world.views.find(found.open.id);
    if (open !== undefined) world.views.change(open, { problem: text });
    return;
  }
  const { channel, ts } = found.message;
  world.feed.emit({ type: "problem", user, channel, ts, text });
}
