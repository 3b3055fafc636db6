import type { JsonObject } from "../json.ts";
import type { Message } from "../state/message.ts";
import { appOf, type World } from "../world.ts";

/**
 * A message as the Web API shows it, plus two fields Slack does not have: `version` (1, then one
 * more for each edit) and `channel`.
 */
export interface WorkspaceMessage {
  readonly type: "message";
  readonly subtype?: string;
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly version: number;
  readonly blocks?: readonly JsonObject[];
  readonly attachments?: readonly JsonObject[];
  readonly metadata?: JsonObject;
  readonly thread_ts?: string;
  readonly reply_count?: number;
  readonly reply_users?: readonly string[];
  readonly latest_reply?: string;
  readonly bot_id?: string;
  readonly app_id?: string;
  readonly bot_profile?: JsonObject;
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly reactions?: readonly { readonly name: string; readonly count: number; readonly users: readonly string[] }[];
}

export function apiMessage(world: World, message: Message, withMetadata: boolean): WorkspaceMessage {
  const { blocks, attachments, metadata, edited, reactions } = message;
  return {
    type: "message",
    ...(message.broadcast === true ? { subtype: "thread_broadcast" } : {}),
    ts: message.ts,
    channel: message.channel,
    user: message.user,
    text: message.text,
    version: message.version,
    ...(blocks === undefined ? {} : { blocks }),
    ...(attachments === undefined ? {} : { attachments }),
    ...(metadata !== undefined && withMetadata ? { metadata } : {}),
    ...(edited === undefined ? {} : { edited }),
    ...(reactions === undefined ? {} : { reactions: reactions.map((r) => ({ ...r, count: r.users.length })) }),
    ...authorFields(world, message),
    ...threadFields(world, message),
  };
}

function authorFields(world: World, message: Message): Partial<WorkspaceMessage> {
  const app = appOf(world, message.appId);
  if (app === undefined) return {};
  const botId = botIdOf(app.id);
  const profile = { id: botId, app_id: app.id, name: app.name, team_id: world.seed.team.id, deleted: false };
  return { bot_id: botId, app_id: app.id, bot_profile: profile };
}

function threadFields(world: World, message: Message): Partial<WorkspaceMessage> {
  if (message.threadTs !== undefined) return { thread_ts: message.threadTs };
  const replies = world.messages.inThread(message.channel, message.ts).filter((m) => m.ts !== message.ts);
  const latest = replies.at(-1);
  if (latest === undefined) return {};
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users: [...new Set(replies.map((reply) => reply.user))],
    latest_reply: latest.ts,
  };
}

/** `A0TUESDAY` → `B0TUESDAY`. */
export function botIdOf(appId: string): string {
  return `B${appId.slice(1)}`;
}
