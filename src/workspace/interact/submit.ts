import { deliver } from "../delivery/deliver.ts";
import { textOf } from "../json.ts";
import type { OpenView } from "../state/views.ts";
import { appOf, type World } from "../world.ts";
import { follow, type SubmitOutcome } from "./follow.ts";
import { type FieldValues, fill, missingFields } from "./form.ts";
import { failed, type Outcome } from "./outcome.ts";
import { viewPayload } from "./payload.ts";

export interface SubmitInput {
  readonly user: string;
  readonly viewId?: string;
  /** Must be the callback_id of the view on top, when given. */
  readonly callbackId?: string;
  readonly values?: FieldValues;
}

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
