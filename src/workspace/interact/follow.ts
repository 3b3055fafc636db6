import { isObject, type JsonObject, objectsOf } from "../json.ts";
import { MAX_STACK, type OpenView } from "../state/views.ts";
import type { World } from "../world.ts";
import { failed, type Outcome } from "./outcome.ts";
import { readView } from "./read-view.ts";

export type SubmitOutcome = Outcome & { readonly errors?: Readonly<Record<string, string>> };

/** Does what the acked `response_action` says; none means: close this one view. */
export function follow(world: World, open: OpenView, payload: JsonObject): SubmitOutcome {
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
