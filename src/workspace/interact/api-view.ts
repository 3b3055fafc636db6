import { botIdOf } from "../api/api-message.ts";
import { type JsonObject, objectsOf, textOf } from "../json.ts";
import type { OpenView } from "../state/views.ts";
import type { World } from "../world.ts";
import { stateValues } from "./values.ts";

/** A view as Slack sends it in answers and payloads. */
export function apiView(world: World, open: OpenView): JsonObject {
  const { view } = open;
  return {
    id: open.id,
    team_id: world.seed.team.id,
    type: textOf(view.type),
    blocks: objectsOf(view.blocks),
    private_metadata: textOf(view.private_metadata),
    callback_id: textOf(view.callback_id),
    external_id: textOf(view.external_id),
    state: { values: stateValues(objectsOf(view.blocks), open.values) },
    hash: open.hash,
    title: view.title,
    close: view.close ?? null,
    submit: view.submit ?? null,
    clear_on_close: view.clear_on_close === true,
    notify_on_close: view.notify_on_close === true,
    previous_view_id: open.previousViewId ?? null,
    root_view_id: open.rootViewId,
    app_id: open.appId,
    app_installed_team_id: world.seed.team.id,
    bot_id: botIdOf(open.appId),
  };
}
