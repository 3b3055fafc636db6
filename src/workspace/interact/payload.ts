import { apiMessage } from "../api/api-message.ts";
import type { JsonObject } from "../json.ts";
import type { App } from "../seed.ts";
import type { Message, Rendering } from "../state/message.ts";
import type { OpenView } from "../state/views.ts";
import { personOf, type World } from "../world.ts";
import { apiView } from "./api-view.ts";
import type { Values } from "./values.ts";

/** The parts of interaction payloads, after docs.slack.dev/reference/interaction-payloads. */

export const VERIFICATION_TOKEN = "local-verification";

export function commonFields(world: World, app: App, user: string): JsonObject {
  const { id, domain } = world.seed.team;
  const name = personOf(world, user)?.name ?? user;
  return {
    token: VERIFICATION_TOKEN,
    team: { id, domain },
    user: { id: user, username: name, name, team_id: id },
    api_app_id: app.id,
    enterprise: null,
    is_enterprise_install: false,
  };
}

export interface MessageAction {
  readonly world: World;
  readonly app: App;
  readonly user: string;
  readonly message: Message;
  /** What the person saw when pressing: usually the message itself, an older look for a stale click. */
  readonly seen: Rendering;
  readonly values: Values;
  readonly action: JsonObject;
}

export function messageActionPayload(given: MessageAction): JsonObject {
  const { world, app, user, message, seen, values, action } = given;
  const ephemeral = message.ephemeralTo !== undefined;
  const channelName = world.channels.find(message.channel)?.name ?? "";
  const thread = message.threadTs === undefined ? {} : { thread_ts: message.threadTs };
  const responseUrl = world.responseUrls.issue({
    appId: app.id,
    user,
    channel: message.channel,
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    original: { ts: message.ts, ephemeral },
  });
  return {
    type: "block_actions",
    ...commonFields(world, app, user),
    trigger_id: world.triggers.issue({ appId: app.id, user }),
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: ephemeral,
      ...thread,
    },
    channel: { id: message.channel, name: channelName },
    ...(ephemeral ? {} : { message: seenMessage(world, message, seen) }),
    response_url: `${world.url}/hooks/${responseUrl}`,
    state: { values },
    actions: [action],
  };
}

/** The message with the look that was pressed; ids, thread and metadata as they are now. */
function seenMessage(world: World, message: Message, seen: Rendering): JsonObject {
  const { blocks: _now, ...rest } = apiMessage(world, message, true);
  return { ...rest, text: seen.text, ...(seen.blocks === undefined ? {} : { blocks: seen.blocks }) };
}

export function viewActionPayload(given: { world: World; app: App; open: OpenView; action: JsonObject }): JsonObject {
  const { world, app, open, action } = given;
  return {
    type: "block_actions",
    ...commonFields(world, app, open.user),
    trigger_id: world.triggers.issue({ appId: app.id, user: open.user, viewId: open.id }),
    container: { type: "view", view_id: open.id },
    view: apiView(world, open),
    actions: [action],
  };
}

export function viewPayload(given: {
  world: World;
  app: App;
  open: OpenView;
  type: "view_submission" | "view_closed";
}): JsonObject {
  const { world, app, open, type } = given;
  const rest =
    type === "view_closed"
      ? { is_cleared: false }
      : { trigger_id: world.triggers.issue({ appId: app.id, user: open.user, viewId: open.id }), response_urls: [] };
  return { type, ...commonFields(world, app, open.user), view: apiView(world, open), ...rest };
}
