import { flagOf, type JsonObject, textOf } from "../json.ts";
import type { Channel } from "../state/channels.ts";
import type { Message } from "../state/message.ts";
import { type Answer, ok, refuse } from "./answer.ts";
import { apiMessage } from "./api-message.ts";
import type { Call, Methods } from "./call.ts";
import { findChannel } from "./find-channel.ts";
import { pageOf } from "./page-of.ts";

export const historyMethods: Methods = {
  "conversations.history": history,
  "conversations.replies": replies,
};

function history(call: Call): Answer {
  const channel = readable(call);
  if ("ok" in channel) return channel;
  const newestFirst = [...call.world.messages.inChannel(channel.id)].reverse();
  return messagePage(
    call,
    newestFirst.filter((message) => within(call.args, message.ts)),
  );
}

function replies(call: Call): Answer {
  const channel = readable(call);
  if ("ok" in channel) return channel;
  const asked = call.world.messages.find(channel.id, textOf(call.args.ts));
  if (asked === undefined) return refuse("thread_not_found");
  const root = asked.threadTs ?? asked.ts;
  const thread = call.world.messages.inThread(channel.id, root);
  return messagePage(
    call,
    thread.filter((message) => message.ts === root || within(call.args, message.ts)),
  );
}

function readable(call: Call): Channel | Answer {
  const channel = findChannel(call, textOf(call.args.channel));
  if (channel === undefined) return refuse("channel_not_found");
  return channel.members.includes(call.app.botUser) ? channel : refuse("not_in_channel");
}

function within(args: JsonObject, ts: string): boolean {
  const latest = textOf(args.latest);
  const oldest = textOf(args.oldest);
  const edge = flagOf(args.inclusive) && (ts === latest || ts === oldest);
  // Timestamps have equal length, so text order is time order.
  return edge || ((latest === "" || ts < latest) && (oldest === "" || ts > oldest));
}

function messagePage(call: Call, messages: readonly Message[]): Answer {
  const page = pageOf(messages, call.args);
  if (page === undefined) return refuse("invalid_cursor");
  const withMetadata = flagOf(call.args.include_all_metadata);
  return ok({
    messages: page.items.map((message) => apiMessage(call.world, message, withMetadata)),
    has_more: page.next !== "",
    response_metadata: { next_cursor: page.next },
  });
}
