import type { WorkspaceMessage } from "../api/api-message.ts";
import { messageText } from "../message-text.ts";
import type { World } from "../world.ts";
import { ephemeralsOf, type ModalView, messagesOf, modalsOf } from "./control.ts";
import { waitFor } from "./wait.ts";

/** A substring of all words (text, blocks), a regular expression on them, or a function. */
export type Match<T> = string | RegExp | ((candidate: T) => boolean);

export interface Waits {
  /** A message already there counts, too. The newest that matches. */
  waitForMessage(input: {
    channel: string;
    threadTs?: string;
    match: Match<WorkspaceMessage>;
    timeoutMs?: number;
  }): Promise<WorkspaceMessage>;
  /** Like waitForMessage for one message (`ts`) that has been edited to at least `version` (default 2). */
  waitForUpdate(input: {
    channel: string;
    ts: string;
    version?: number;
    match?: Match<WorkspaceMessage>;
    timeoutMs?: number;
  }): Promise<WorkspaceMessage>;
  waitForEphemeral(input: {
    user: string;
    channel?: string;
    match: Match<WorkspaceMessage>;
    timeoutMs?: number;
  }): Promise<WorkspaceMessage>;
  /** The modal on top of the person's stack. */
  waitForModal(input: { user: string; match?: Match<ModalView>; timeoutMs?: number }): Promise<ModalView>;
  /** Until the app has at least `count` (default 1) Socket Mode connections. */
  waitForConnection(input: { appId: string; count?: number; timeoutMs?: number }): Promise<number>;
}

export function createWaits(world: World): Waits {
  return {
    waitForMessage({ channel, threadTs, match, timeoutMs }) {
      const where = { channel, ...(threadTs === undefined ? {} : { threadTs }) };
      const all = (): readonly WorkspaceMessage[] => newestFirst(messagesOf(world, where));
      const look = () => all().find((message) => fits(match, message));
      return waitFor({
        world,
        look,
        what: `a message like ${match}`,
        seen: () => digest(all()),
        ...timeout(timeoutMs),
      });
    },
    waitForUpdate({ channel, ts, version, match, timeoutMs }) {
      const one = () => messagesOf(world, { channel, threadTs: ts }).find((message) => message.ts === ts);
      const anywhere = () => one() ?? replyWith(world, channel, ts);
      const look = () => {
        const message = anywhere();
        const fitting =
          message !== undefined && message.version >= (version ?? 2) && (match === undefined || fits(match, message));
        return fitting ? message : undefined;
      };
      const seen = (): string => digest([anywhere()].filter((message) => message !== undefined));
      return waitFor({ world, look, what: `an edit of ${ts} like ${match ?? "any"}`, seen, ...timeout(timeoutMs) });
    },
    waitForEphemeral({ user, channel, match, timeoutMs }) {
      const whose = { user, ...(channel === undefined ? {} : { channel }) };
      const look = () => newestFirst(ephemeralsOf(world, whose)).find((message) => fits(match, message));
      const seen = (): string => digest(ephemeralsOf(world, whose));
      return waitFor({ world, look, what: `a private message to ${user} like ${match}`, seen, ...timeout(timeoutMs) });
    },
    waitForModal({ user, match, timeoutMs }) {
      const top = () => modalsOf(world, user).at(-1);
      const look = () => {
        const modal = top();
        return modal !== undefined && (match === undefined || fits(match, modal)) ? modal : undefined;
      };
      const seen = (): string => digest([top()].filter((modal) => modal !== undefined));
      return waitFor({ world, look, what: `a modal of ${user} like ${match ?? "any"}`, seen, ...timeout(timeoutMs) });
    },
    waitForConnection({ appId, count, timeoutMs }) {
      const look = () => (world.sockets.count(appId) >= (count ?? 1) ? world.sockets.count(appId) : undefined);
      return waitFor({ world, look, what: `${count ?? 1} connection(s) of ${appId}`, ...timeout(timeoutMs) });
    },
  };
}

/** Thread replies are in nobody's channel list. */
function replyWith(world: World, channel: string, ts: string): WorkspaceMessage | undefined {
  const message = world.messages.find(world.channels.find(channel)?.id ?? channel, ts);
  if (message?.threadTs === undefined) return undefined;
  return messagesOf(world, { channel, threadTs: message.threadTs }).find((one) => one.ts === ts);
}

function fits<T extends WorkspaceMessage | ModalView>(match: Match<T>, candidate: T): boolean {
  if (typeof match === "function") return match(candidate);
  const words = wordsOf(candidate);
  return typeof match === "string" ? words.includes(match) : match.test(words);
}

/** Fallback text, title and blocks: what a person could read anywhere. */
function wordsOf(candidate: WorkspaceMessage | ModalView): string {
  const { text, title, blocks } = candidate as { text?: unknown; title?: unknown; blocks?: ModalView["blocks"] };
  const head = typeof title === "object" && title !== null && "text" in title ? String(title.text) : "";
  const own = typeof text === "string" ? text : "";
  const drawn = blocks === undefined || blocks.length === 0 ? "" : messageText({ blocks });
  return [head, own, drawn].filter(Boolean).join("\n");
}

function newestFirst(messages: readonly WorkspaceMessage[]): readonly WorkspaceMessage[] {
  return [...messages].sort((a, b) => (a.ts < b.ts ? 1 : -1));
}

function digest(candidates: readonly (WorkspaceMessage | ModalView)[]): string {
  const lines = candidates.slice(0, 5).map((candidate) => JSON.stringify(wordsOf(candidate).trim().slice(0, 200)));
  return lines.length === 0 ? "nothing" : lines.join("; ");
}

function timeout(timeoutMs: number | undefined): { timeoutMs?: number } {
  return timeoutMs === undefined ? {} : { timeoutMs };
}
