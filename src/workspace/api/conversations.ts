import { flagOf, type JsonObject, textOf, textsOf } from "../json.ts";
import type { Channel } from "../state/channels.ts";
import { personOf, type World } from "../world.ts";
import { type Answer, ok, refuse } from "./answer.ts";
import type { Call, Methods } from "./call.ts";
import { findChannel } from "./find-channel.ts";
import { pageOf } from "./page-of.ts";

export const conversationMethods: Methods = {
  "conversations.list": list,
  "conversations.info": info,
  "conversations.members": members,
  "conversations.join": join,
  "conversations.open": open,
};

/** A channel as the Web API shows it. */
export function apiChannel(world: World, channel: Channel, viewer: string): JsonObject {
  const other = channel.members.find((member) => member !== viewer);
  const base = { id: channel.id, created: 0, is_archived: false, context_team_id: world.seed.team.id };
  if (channel.isDirect) return { ...base, is_im: true, is_channel: false, user: other, is_member: true };
  return {
    ...base,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: channel.isPrivate,
    is_im: false,
    is_private: channel.isPrivate,
    is_member: channel.members.includes(viewer),
    num_members: channel.members.length,
    topic: { value: channel.topic, creator: "", last_set: 0 },
    purpose: { value: "", creator: "", last_set: 0 },
  };
}

function list(call: Call): Answer {
  const { world, app, args } = call;
  const types = textsOf(args.types ?? "public_channel");
  const wanted = world.channels.all().filter((channel) => {
    if (channel.isPrivate && !channel.members.includes(app.botUser)) return false;
    const type = channel.isDirect ? "im" : channel.isPrivate ? "private_channel" : "public_channel";
    return types.includes(type);
  });
  const page = pageOf(wanted, args);
  if (page === undefined) return refuse("invalid_cursor");
  const channels = page.items.map((channel) => apiChannel(world, channel, app.botUser));
  return ok({ channels, response_metadata: { next_cursor: page.next } });
}

function info(call: Call): Answer {
  const channel = findChannel(call, textOf(call.args.channel));
  if (channel === undefined) return refuse("channel_not_found");
  return ok({ channel: apiChannel(call.world, channel, call.app.botUser) });
}

function members(call: Call): Answer {
  const channel = findChannel(call, textOf(call.args.channel));
  if (channel === undefined) return refuse("channel_not_found");
  const page = pageOf(channel.members, call.args);
  if (page === undefined) return refuse("invalid_cursor");
  return ok({ members: page.items, response_metadata: { next_cursor: page.next } });
}

function join(call: Call): Answer {
  const channel = findChannel(call, textOf(call.args.channel));
  if (channel === undefined) return refuse("channel_not_found");
  if (channel.isDirect) return refuse("method_not_supported_for_channel_type");
  const joined = call.world.channels.join(channel.id, call.app.botUser) ?? channel;
  return ok({ channel: apiChannel(call.world, joined, call.app.botUser) });
}

function open(call: Call): Answer {
  const { world, app, args } = call;
  const users = textsOf(args.users);
  const [user] = users;
  if (user === undefined) return refuse("users_list_not_supplied");
  if (users.length > 1)
    return refuse("method_not_supported_for_channel_type", { note: "local workspace: one person only" });
  if (personOf(world, user) === undefined) return refuse("user_not_found");
  const channel = world.channels.direct([user, app.botUser]);
  return ok({ channel: flagOf(args.return_im) ? apiChannel(world, channel, app.botUser) : { id: channel.id } });
}
