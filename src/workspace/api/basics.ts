import { checkMessageBlocks, checkView } from "../blocks/check.ts";
import { isObject, objectOf, textOf } from "../json.ts";
import { type Answer, ok, refuse } from "./answer.ts";
import { botIdOf } from "./api-message.ts";
import type { Call, Methods } from "./call.ts";
import { findChannel } from "./find-channel.ts";

export const basicMethods: Methods = {
  "auth.test": authTest,
  "apps.connections.open": connectionsOpen,
  "reactions.add": reactionsAdd,
};

/** Methods that need no token. */
export const openMethods: Readonly<Record<string, (args: Call["args"]) => Answer>> = {
  "api.test": apiTest,
  "blocks.validate": blocksValidate,
};

function authTest({ world, app }: Call): Answer {
  const { id, name } = world.seed.team;
  return ok({
    url: `${world.url}/`,
    team: name,
    user: app.name.toLowerCase(),
    team_id: id,
    user_id: app.botUser,
    bot_id: botIdOf(app.id),
    is_enterprise_install: false,
  });
}

function connectionsOpen({ world, app }: Call): Answer {
  return ok({ url: `${world.url.replace(/^http/, "ws")}${world.sockets.ticket(app.id)}` });
}

function reactionsAdd(call: Call): Answer {
  const { world, app, args } = call;
  const channel = findChannel(call, textOf(args.channel));
  if (channel === undefined) return refuse("channel_not_found");
  const message = world.messages.find(channel.id, textOf(args.timestamp));
  if (message === undefined) return refuse("message_not_found");
  const name = textOf(args.name).replaceAll(":", "");
  if (!/^[a-z0-9_+'-]+$/.test(name)) return refuse("invalid_name");

  const old = message.reactions ?? [];
  const same = old.find((reaction) => reaction.name === name);
  if (same?.users.includes(app.botUser)) return refuse("already_reacted");
  const reaction = { name, users: [...(same?.users ?? []), app.botUser] };
  world.messages.replace({ ...message, reactions: [...old.filter((one) => one !== same), reaction] });
  return ok();
}

function apiTest(args: Call["args"]): Answer {
  const error = textOf(args.error);
  return error === "" ? ok({ args }) : refuse(error, { args });
}

/** Slack: public, no token. Answers `ok: true` when nothing is wrong. */
function blocksValidate(args: Call["args"]): Answer {
  const { blocks, view, message } = args;
  if (!Array.isArray(blocks) && !isObject(view) && !isObject(message)) return refuse("invalid_arguments");
  const list = Array.isArray(blocks) ? blocks : objectOf(message).blocks;
  const problems = isObject(view) ? checkView(view) : checkMessageBlocks(Array.isArray(list) ? list : []);
  if (problems.length === 0) return ok({ errors: [] });
  return refuse("invalid_blocks", { errors: problems });
}
