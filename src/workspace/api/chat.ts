import { flagOf, type JsonObject, someText, textOf } from "../json.ts";
import { type Message, redrawn } from "../state/message.ts";
import { type Answer, ok, refuse } from "./answer.ts";
import { apiMessage, botIdOf } from "./api-message.ts";
import type { Call, Methods } from "./call.ts";
import { readContent } from "./content.ts";
import { findChannel } from "./find-channel.ts";
import { type Place, writeMessage } from "./write-message.ts";

export const chatMethods: Methods = {
  "chat.postMessage": postMessage,
  "chat.postEphemeral": postEphemeral,
  "chat.update": update,
  "chat.delete": remove,
  "chat.getPermalink": getPermalink,
};

function postMessage(call: Call): Answer {
  const { world, app, args } = call;
  const channel = findChannel(call, textOf(args.channel));
  if (channel === undefined) return refuse("channel_not_found");
  if (channel.isPrivate && !channel.members.includes(app.botUser)) return refuse("not_in_channel");
  const read = readContent(world, args);
  if (!read.ok) return read.answer;

  const message = writeMessage(world, {
    author: { user: app.botUser, appId: app.id },
    place: { channel: channel.id, ...threadPlace(call, channel.id) },
    content: read.content,
  });
  return ok({ channel: channel.id, ts: message.ts, message: apiMessage(world, message, true) });
}

/** A reply to a reply belongs to the root's thread, as in Slack. */
function threadPlace({ world, args }: Call, channel: string): Pick<Place, "threadTs" | "broadcast"> {
  const threadTs = someText(args.thread_ts);
  if (threadTs === undefined) return {};
  const root = world.messages.find(channel, threadTs)?.threadTs ?? threadTs;
  return { threadTs: root, ...(flagOf(args.reply_broadcast) ? { broadcast: true } : {}) };
}

function postEphemeral(call: Call): Answer {
  const { world, app, args } = call;
  const channel = findChannel(call, textOf(args.channel));
  if (channel === undefined) return refuse("channel_not_found");
  const user = textOf(args.user);
  if (!channel.members.includes(user)) return refuse("user_not_in_channel");
  const read = readContent(world, args);
  if (!read.ok) return read.answer;

  const { threadTs } = threadPlace(call, channel.id);
  const message = writeMessage(world, {
    author: { user: app.botUser, appId: app.id },
    place: { channel: channel.id, ephemeralTo: user, ...(threadTs === undefined ? {} : { threadTs }) },
    content: read.content,
  });
  return ok({ message_ts: message.ts });
}

function update(call: Call): Answer {
  const { world, args } = call;
  const found = ownMessage(call);
  if ("ok" in found) return found;
  const read = readContent(world, args);
  if (!read.ok) return read.answer;

  const message = edited(call, found, read.content);
  world.messages.replace(message);
  const { channel, ts, text } = message;
  return ok({ channel, ts, text, message: apiMessage(world, message, true) });
}

/** Text without blocks removes the blocks; metadata stays unless new metadata is given. */
function edited(
  { world, app }: Call,
  old: Message,
  content: { text: string; blocks?: readonly JsonObject[]; metadata?: JsonObject },
): Message {
  const { edited: _mark, ...next } = redrawn(old, content);
  return {
    ...next,
    ...(content.metadata === undefined ? {} : { metadata: content.metadata }),
    // Slack shows "(edited)" only for messages without blocks.
    ...(content.blocks === undefined ? { edited: { user: app.botUser, ts: world.ids.ts() } } : {}),
  };
}

function remove(call: Call): Answer {
  const found = ownMessage(call, "cant_delete_message");
  if ("ok" in found) return found;
  call.world.messages.remove(found);
  return ok({ channel: found.channel, ts: found.ts });
}

function ownMessage(call: Call, notMine = "cant_update_message"): Message | Answer {
  const channel = findChannel(call, textOf(call.args.channel));
  if (channel === undefined) return refuse("channel_not_found");
  const message = call.world.messages.find(channel.id, textOf(call.args.ts));
  if (message === undefined) return refuse("message_not_found");
  return message.appId === call.app.id ? message : refuse(notMine);
}

function getPermalink(call: Call): Answer {
  const channel = findChannel(call, textOf(call.args.channel));
  if (channel === undefined) return refuse("channel_not_found");
  const message = call.world.messages.find(channel.id, textOf(call.args.message_ts));
  if (message === undefined) return refuse("message_not_found");
  const permalink = `${call.world.url}/archives/${channel.id}/p${message.ts.replace(".", "")}`;
  return ok({ channel: channel.id, permalink, bot_id: botIdOf(call.app.id) });
}
