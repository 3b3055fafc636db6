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
  const keyOf = (channel: string, ts: string): string => `${channel}/${ts}`;
  const homeOf = (message: Message): Map<string, Message> => (message.ephemeralTo === undefined ? shared : ephemeral);
  const inOne = (channel: string): Message[] => [...shared.values()].filter((message) => message.channel === channel);

  return {
    add(message) {
      homeOf(message).set(keyOf(message.channel, message.ts), message);
      feed.emit({ type: "posted", message });
      return message;
    },
    replace(message) {
      const home = homeOf(message);
      const key = keyOf(message.channel, message.ts);
      if (!home.has(key)) return false;
      home.set(key, message);
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
    inChannel: (channel) => inOne(channel).filter((m) => m.threadTs === undefined || m.broadcast === true),
    inThread: (channel, threadTs) => inOne(channel).filter((m) => m.ts === threadTs || m.threadTs === threadTs),
    ephemerals: (user) => [...ephemeral.values()].filter((message) => message.ephemeralTo === user),
    all: () => [...shared.values()],
    restore(messages) {
      for (const message of messages) shared.set(keyOf(message.channel, message.ts), message);
    },
    clear() {
      shared.clear();
      ephemeral.clear();
    },
  };
}
