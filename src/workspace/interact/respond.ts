import { type Content, readContent } from "../api/content.ts";
import { writeMessage } from "../api/write-message.ts";
import { flagOf, type JsonObject, someText } from "../json.ts";
import { type Message, redrawn, SLACKBOT } from "../state/message.ts";
import type { ResponseTarget } from "../state/response-urls.ts";
import { appOf, type World } from "../world.ts";

export type Responded =
  | { readonly ok: true; readonly message?: Message }
  | { readonly ok: false; readonly error: string; readonly messages: readonly string[] };

/**
 * What an answer to a command or click does: by default a private message; `response_type:
 * "in_channel"` for all; `replace_original` and `delete_original` for the message that was pressed.
 */
export function respond(world: World, target: ResponseTarget, body: JsonObject): Responded {
  const original = originalOf(world, target);
  if (flagOf(body.delete_original)) {
    if (original !== undefined) world.messages.remove(original);
    return { ok: true };
  }
  const read = readContent(world, body);
  if (!read.ok) {
    const error = read.answer.ok ? "invalid_payload" : read.answer.error;
    return { ok: false, error, messages: read.problems.map((problem) => `${problem.message} ${problem.pointer}`) };
  }
  if (flagOf(body.replace_original) && original !== undefined) {
    const replaced = withContent(original, read.content);
    world.messages.replace(replaced);
    return { ok: true, message: replaced };
  }
  return { ok: true, message: answer(world, { target, body, content: read.content }) };
}

function originalOf(world: World, { original, user, channel }: ResponseTarget): Message | undefined {
  if (original === undefined) return undefined;
  return original.ephemeral
    ? world.messages.findEphemeral(user, original.ts)
    : world.messages.find(channel, original.ts);
}

function withContent(original: Message, content: Content): Message {
  const next = redrawn(original, content);
  return content.metadata === undefined ? next : { ...next, metadata: content.metadata };
}

function answer(world: World, given: { target: ResponseTarget; body: JsonObject; content: Content }): Message {
  const { target, body, content } = given;
  const bot = appOf(world, target.appId)?.botUser ?? SLACKBOT;
  const threadTs = someText(body.thread_ts) ?? target.threadTs;
  return writeMessage(world, {
    author: { user: bot, appId: target.appId },
    place: {
      channel: target.channel,
      ...(threadTs === undefined ? {} : { threadTs }),
      ...(body.response_type === "in_channel" ? {} : { ephemeralTo: target.user }),
    },
    content,
  });
}
