import { type Answer, refuse, refuseProblems } from "../api/answer.ts";
import { checkView } from "../blocks/check.ts";
import { completeIds } from "../blocks/complete-ids.ts";
import { isObject, type JsonObject, objectsOf, someText } from "../json.ts";
import type { World } from "../world.ts";

/** Slack: the whole view. */
const MAX_VIEW_BYTES = 250_000;

export type ViewRead =
  | { readonly ok: true; readonly view: JsonObject }
  | { readonly ok: false; readonly answer: Answer };

/** Checks a view an app wants to show. `replacing` is the id of the view it takes the place of. */
export function readView(world: World, given: { view: unknown; appId: string; replacing?: string }): ViewRead {
  const { view, appId, replacing } = given;
  if (!isObject(view))
    return { ok: false, answer: refuse("invalid_arguments", detail("missing required field: view", "/view")) };
  if (JSON.stringify(view).length > MAX_VIEW_BYTES) return { ok: false, answer: refuse("view_too_large") };

  const problems = checkView(view);
  if (problems.length > 0) return { ok: false, answer: refuseProblems("invalid_arguments", problems) };
  const externalId = someText(view.external_id);
  const twin = externalId === undefined ? undefined : world.views.findExternal(appId, externalId);
  if (twin !== undefined && twin.id !== replacing) return { ok: false, answer: refuse("duplicate_external_id") };
  return { ok: true, view: { ...view, blocks: completeIds(objectsOf(view.blocks), world.ids) } };
}

function detail(message: string, pointer: string): JsonObject {
  return { response_metadata: { messages: [`[ERROR] ${message} [json-pointer:${pointer}]`] } };
}
