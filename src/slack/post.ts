import { createHash } from "node:crypto";
import type { ChatPostMessageArguments, WebClient } from "@slack/web-api";
import { WebAPIPlatformError } from "@slack/web-api";
import type { MessageRef, Posted } from "./ports.ts";
import type { View } from "./views/blocks.ts";

/** The slice of Slack's client that posting needs. */
export interface PostingClient {
  readonly chat: Pick<WebClient["chat"], "postMessage" | "update">;
  readonly conversations: Pick<WebClient["conversations"], "history" | "replies">;
}

export interface Post {
  readonly runId: string;
  /** Names the message within the run, for ever: `plan`, `run`, `prompt:p-s004-1`. */
  readonly key: string;
  readonly channel: string;
  readonly view: View;
  readonly threadTs?: string;
  readonly broadcast?: boolean;
}

const eventType = "tuesday_run";

/**
 * Posts a message once, or updates it when it shows something else by now. If an earlier try may have
 * reached Slack without our hearing of it, the message is looked for before it is posted again.
 */
export async function postOrUpdate(client: PostingClient, posted: Posted, post: Post): Promise<MessageRef> {
  const hash = createHash("sha256").update(JSON.stringify(post.view)).digest("hex").slice(0, 16);
  const known = await posted.get(post.runId, post.key);
  if (known === null) return first(client, posted, post, hash);
  if (known === "posting") {
    const found = await find(client, post);
    if (!found) return first(client, posted, post, hash);
    await posted.set(post.runId, post.key, { channel: post.channel, ts: found, hash: "" });
    return postOrUpdate(client, posted, post);
  }
  if (known.hash === hash) return known;
  return change(client, posted, post, known, hash);
}

async function first(client: PostingClient, posted: Posted, post: Post, hash: string): Promise<MessageRef> {
  await posted.set(post.runId, post.key, "posting");
  const message: ChatPostMessageArguments = {
    channel: post.channel,
    text: post.view.text,
    blocks: post.view.blocks,
    unfurl_links: false,
    metadata: { event_type: eventType, event_payload: { run_id: post.runId, key: post.key } },
  };
  const answer = await client.chat.postMessage(post.threadTs === undefined ? message : reply(message, post));
  const ref = { channel: answer.channel ?? post.channel, ts: answer.ts ?? "", hash };
  await posted.set(post.runId, post.key, ref);
  return ref;
}

function reply(message: ChatPostMessageArguments, post: Post): ChatPostMessageArguments {
  const broadcast = post.broadcast ? { reply_broadcast: true as const } : {};
  return { ...message, thread_ts: post.threadTs ?? "", ...broadcast } as ChatPostMessageArguments;
}

async function change(
  client: PostingClient,
  posted: Posted,
  post: Post,
  known: MessageRef,
  hash: string,
): Promise<MessageRef> {
  try {
    await client.chat.update({ channel: known.channel, ts: known.ts, text: post.view.text, blocks: post.view.blocks });
  } catch (error) {
    // Somebody deleted our card: it is posted again, the truth is in the store.
    if (error instanceof WebAPIPlatformError && error.data.error === "message_not_found")
      return first(client, posted, post, hash);
    throw error;
  }
  const ref = { ...known, hash };
  await posted.set(post.runId, post.key, ref);
  return ref;
}

/** The ts of a message with our metadata, if it did reach Slack. */
async function find(client: PostingClient, post: Post): Promise<string | null> {
  const page = { channel: post.channel, include_all_metadata: true, limit: 100 };
  const answer =
    post.threadTs === undefined
      ? await client.conversations.history(page)
      : await client.conversations.replies({ ...page, ts: post.threadTs, limit: 999 });
  for (const message of answer.messages ?? []) {
    const { metadata } = message;
    const payload: unknown = metadata?.event_payload;
    if (metadata?.event_type !== eventType || typeof payload !== "object" || payload === null) continue;
    const { run_id, key } = payload as { run_id?: unknown; key?: unknown };
    if (run_id === post.runId && key === post.key) return message.ts ?? null;
  }
  return null;
}
