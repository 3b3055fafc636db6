import { apiMessage, type WorkspaceMessage } from "../api/api-message.ts";
import { privateLine } from "../api/write-message.ts";
import { deliver } from "../delivery/deliver.ts";
import type { JsonObject } from "../json.ts";
import type { App, Command } from "../seed.ts";
import type { Channel } from "../state/channels.ts";
import { personOf, type World } from "../world.ts";
import { escapeMentions } from "./escape-mentions.ts";
import { VERIFICATION_TOKEN } from "./payload.ts";
import { respond } from "./respond.ts";

export interface CommandInput {
  readonly user: string;
  readonly channel: string;
  /** With the slash. */
  readonly command: string;
  readonly text?: string;
  /** Where it was typed; Slack refuses every command in a thread. */
  readonly threadTs?: string;
}

export type CommandOutcome =
  | { readonly ok: true; readonly responses: readonly WorkspaceMessage[] }
  | { readonly ok: false; readonly error: string; readonly responses: readonly WorkspaceMessage[] };

/**
 * Types a slash command.
 * @returns once the app acked or failed; `responses` are the private lines and the message that came
 * with the ack (later answers come through the response_url or the Web API).
 */
export async function runCommand(world: World, input: CommandInput): Promise<CommandOutcome> {
  const channel = world.channels.find(input.channel);
  if (channel === undefined) return { ok: false, error: "channel_not_found", responses: [] };
  if (!channel.members.includes(input.user)) return { ok: false, error: "not_in_channel", responses: [] };
  if (input.threadTs !== undefined) {
    return refused(world, input, "not_supported_in_threads", `${input.command} is not supported in threads. Sorry!`);
  }
  const found = findCommand(world, input.command);
  if (found === undefined) return refused(world, input, "unknown_command", unknownCommand(input.command));

  const payload = commandPayload({ world, input, channel, ...found });
  const ack = await deliver(world, found.app, { kind: "slash_commands", payload });
  if (!ack.ok) return refused(world, input, ack.error, `${input.command} failed with the error "${ack.error}"`);
  if (Object.keys(ack.payload).length === 0) return { ok: true, responses: [] };

  // An ack with something in it is posted like an answer to the response_url, but is not one of the five.
  const target = { appId: found.app.id, user: input.user, channel: channel.id };
  const answered = respond(world, target, ack.payload);
  if (!answered.ok)
    return refused(world, input, answered.error, `${input.command} failed with the error "${answered.error}"`);
  return { ok: true, responses: answered.message === undefined ? [] : [apiMessage(world, answered.message, true)] };
}

function refused(world: World, input: CommandInput, error: string, text: string): CommandOutcome {
  const { user, channel, threadTs } = input;
  const line = privateLine(world, { user, channel, text, ...(threadTs === undefined ? {} : { threadTs }) });
  return { ok: false, error, responses: [apiMessage(world, line, false)] };
}

function unknownCommand(command: string): string {
  return `${command} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`;
}

export function findCommand(world: World, name: string): { app: App; command: Command } | undefined {
  for (const app of world.seed.apps) {
    const command = app.commands.find((one) => one.command === name);
    if (command !== undefined) return { app, command };
  }
  return undefined;
}

function commandPayload(given: {
  world: World;
  input: CommandInput;
  channel: Channel;
  app: App;
  command: Command;
}): JsonObject {
  const { world, input, channel, app, command } = given;
  const text = (input.text ?? "").trim();
  const responseUrl = world.responseUrls.issue({ appId: app.id, user: input.user, channel: channel.id });
  return {
    token: VERIFICATION_TOKEN,
    team_id: world.seed.team.id,
    team_domain: world.seed.team.domain,
    channel_id: channel.id,
    channel_name: channel.isDirect ? "directmessage" : channel.name,
    user_id: input.user,
    user_name: personOf(world, input.user)?.name ?? input.user,
    command: command.command,
    text: command.shouldEscape ? escapeMentions(world, text) : text,
    api_app_id: app.id,
    is_enterprise_install: "false",
    response_url: `${world.url}/hooks/${responseUrl}`,
    trigger_id: world.triggers.issue({ appId: app.id, user: input.user }),
  };
}
