import { apiMessage } from "../api/api-message.ts";
import { modalsOf } from "../control/control.ts";
import type { FeedEvent } from "../feed.ts";
import type { JsonObject } from "../json.ts";
import type { Message } from "../state/message.ts";
import type { World } from "../world.ts";

/** What the page is told: the whole state once, then each change. Tokens and secrets never are. */

export function pageMessage(world: World, message: Message): JsonObject {
  const { ephemeralTo } = message;
  return { ...apiMessage(world, message, false), ...(ephemeralTo === undefined ? {} : { ephemeral_to: ephemeralTo }) };
}

export function pageApps(world: World): readonly JsonObject[] {
  return world.seed.apps.map(({ id, name, botUser, mode, commands, colour, emoji }) => {
    return { id, name, botUser, mode, commands, colour, emoji, connections: world.sockets.count(id) };
  });
}

/** Ephemeral messages are left out on purpose: in Slack they are gone after a reload. */
export function pageState(world: World): JsonObject {
  return {
    team: world.seed.team,
    users: world.seed.users,
    userGroups: world.seed.userGroups,
    apps: pageApps(world),
    channels: world.channels.all(),
    messages: world.messages.all().map((message) => pageMessage(world, message)),
    views: Object.fromEntries(world.seed.users.map(({ id }) => [id, modalsOf(world, id)])),
  };
}

export function pageEvent(world: World, event: FeedEvent): JsonObject {
  switch (event.type) {
    case "posted":
    case "updated":
      return { type: event.type, message: pageMessage(world, event.message) };
    case "views":
      return { type: "views", user: event.user, stack: modalsOf(world, event.user) };
    case "channels":
      return { type: "channels", channels: world.channels.all() };
    case "connections":
      return { type: "connections", apps: pageApps(world) };
    default:
      return { ...event };
  }
}
