import { apiMessage, type WorkspaceMessage } from "../api/api-message.ts";
import { writeMessage } from "../api/write-message.ts";
import { sendEvent } from "../delivery/events.ts";
import type { App } from "../seed.ts";
import type { Channel } from "../state/channels.ts";
import type { Message } from "../state/message.ts";
import type { World } from "../world.ts";
import { escapeMentions } from "./escape-mentions.ts";
import { failed, type Outcome } from "./outcome.ts";

export interface SayInput {
  readonly user: string;
  readonly channel: string;
  readonly text: string;
  readonly threadTs?: string;
}

export type Said = (Outcome & { ok: false }) | { readonly ok: true; readonly message: WorkspaceMessage };

/** A person writes; apps in the channel that asked for it get `message` and `app_mention` events. */
export function say(world: World, { user, channel: where, text, threadTs }: SayInput): Said {
  const channel = world.channels.find(where);
  if (channel === undefined) return failed("channel_not_found");
  if (!channel.members.includes(user)) return failed("not_in_channel", `${user} is not in this channel.`);
  if (text.trim() === "") return failed("no_text");

  const root = threadTs === undefined ? undefined : (world.messages.find(channel.id, threadTs)?.threadTs ?? threadTs);
  const message = writeMessage(world, {
    author: { user },
    place: { channel: channel.id, ...(root === undefined ? {} : { threadTs: root }) },
    content: { text: escapeMentions(world, text) },
  });
  for (const app of world.seed.apps) {
    if (channel.members.includes(app.botUser)) tellApp({ world, app, channel, message });
  }
  return { ok: true, message: apiMessage(world, message, true) };
}

function tellApp({
  world,
  app,
  channel,
  message,
}: {
  world: World;
  app: App;
  channel: Channel;
  message: Message;
}): void {
  const base = {
    user: message.user,
    text: message.text,
    ts: message.ts,
    channel: message.channel,
    event_ts: message.ts,
    team: world.seed.team.id,
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
  };
  const channelType = channel.isDirect ? "im" : channel.isPrivate ? "group" : "channel";
  const messageEvent = { im: "message.im", group: "message.groups", channel: "message.channels" }[channelType];
  if (app.events.includes(messageEvent)) sendEvent(world, app, { type: "message", channel_type: channelType, ...base });
  const mentioned = message.text.includes(`<@${app.botUser}`);
  if (mentioned && !channel.isDirect && app.events.includes("app_mention"))
    sendEvent(world, app, { type: "app_mention", ...base });
}
