import { type Message, SLACKBOT } from "../state/message.ts";
import type { World } from "../world.ts";
import type { Content } from "./content.ts";

export interface Author {
  readonly user: string;
  readonly appId?: string;
}

export interface Place {
  readonly channel: string;
  readonly threadTs?: string;
  readonly broadcast?: boolean;
  readonly ephemeralTo?: string;
}

/** Puts a new message into the workspace. */
export function writeMessage(world: World, given: { author: Author; place: Place; content: Content }): Message {
  const { author, place, content } = given;
  return world.messages.add({ ts: world.ids.ts(), ...author, ...place, ...content, version: 1, earlier: [] });
}

/** A private line of the workspace itself, as Slack writes when a command fails. */
export function privateLine(
  world: World,
  given: { user: string; channel: string; threadTs?: string; text: string },
): Message {
  const { user, channel, threadTs, text } = given;
  return writeMessage(world, {
    author: { user: SLACKBOT },
    place: { channel, ephemeralTo: user, ...(threadTs === undefined ? {} : { threadTs }) },
    content: { text },
  });
}
