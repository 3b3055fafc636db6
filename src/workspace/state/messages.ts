import type { Feed } from "../feed.ts";
import type { Message } from "./message.ts";

/** All messages, ephemeral ones apart: those are in nobody's history. */
export interface Messages {
  add(message: Message): Message;
  /** Stores a changed message; false when it is not there (any more). */
  replace(message: Message): boolean;
  remove(message: Message): void;
  find(channel: string, ts: string): Message | undefined;
  findEphemeral(user: string, ts: string): Message | undefined;
  /** Oldest first: what the channel shows (no thread replies unless broadcast). */
  inChannel(channel: string): readonly Message[];
  /** Oldest first: the root, then its replies. */
  inThread(channel: string, threadTs: string): readonly Message[];
  ephemerals(user: string): readonly Message[];
  all(): readonly Message[];
  restore(messages: readonly Message[]): void;
  clear(): void;
}

export function createMessages(feed: Feed): Messages {
  const shared = new Map<string, Message>();
  const ephemeral = new Map<string, Message>();
  // Replies by thread, so that a long channel need not be searched for every message drawn.
  const threads = new Map<string, Set<string>>();
  const homeOf = (message: Message): Map<string, Message> => (message.ephemeralTo === undefined ? shared : ephemeral);
  const found = (keys: Iterable<string>): Message[] => [...keys].flatMap((key) => shared.get(key) ?? []);

  function store(message: Message): void {
    const key = keyOf(message.channel, message.ts);
    homeOf(message).set(key, message);
    if (message.threadTs === undefined || message.ephemeralTo !== undefined) return;
    const thread = keyOf(message.channel, message.threadTs);
    threads.set(thread, (threads.get(thread) ?? new Set()).add(key));
  }

  return {
    add(message) {
      store(message);
      feed.emit({ type: "posted", message });
      return message;
    },
    replace(message) {
      if (!homeOf(message).has(keyOf(message.channel, message.ts))) return false;
      store(message);
      feed.emit({ type: "updated", message });
      return true;
    },
    remove(message) {
      const user = message.ephemeralTo;
      homeOf(message).delete(keyOf(message.channel, message.ts));
      feed.emit({ type: "deleted", channel: message.channel, ts: message.ts, ...(user === undefined ? {} : { user }) });
    },
    find: (channel, ts) => shared.get(keyOf(channel, ts)),
    findEphemeral: (user, ts) => [...ephemeral.values()].find((m) => m.ephemeralTo === user && m.ts === ts),
    inChannel: (channel) =>
      [...shared.values()].filter((m) => m.channel === channel && (m.threadTs === undefined || m.broadcast === true)),
    inThread: (channel, threadTs) => {
      const key = keyOf(channel, threadTs);
      return found([key, ...(threads.get(key) ?? [])]);
    },
    ephemerals: (user) => [...ephemeral.values()].filter((message) => message.ephemeralTo === user),
    all: () => [...shared.values()],
    restore: (messages) => messages.forEach(store),
    clear() {
      shared.clear();
      ephemeral.clear();
      threads.clear();
    },
  };
}

function keyOf(channel: string, ts: string): string {
  return `${channel}/${ts}`;
}
