import type { Ids } from "../ids.ts";
import type { Seed } from "../seed.ts";

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly topic: string;
  readonly isPrivate: boolean;
  /** A direct conversation between two people, or a person and a bot. */
  readonly isDirect: boolean;
  readonly members: readonly string[];
}

export interface Channels {
  all(): readonly Channel[];
  /** By id, or by name with or without `#`. */
  find(idOrName: string): Channel | undefined;
  join(channelId: string, user: string): Channel | undefined;
  /** The direct conversation of these two; made when missing. */
  direct(users: readonly [string, string]): Channel;
  restore(channels: readonly Channel[]): void;
  reset(): void;
}

export function createChannels(seed: Seed, ids: Ids, changed: () => void): Channels {
  const channels = new Map<string, Channel>();

  function reset(): void {
    channels.clear();
    for (const channel of seed.channels) channels.set(channel.id, { ...channel, isDirect: false });
  }

  function save(channel: Channel): Channel {
    channels.set(channel.id, channel);
    changed();
    return channel;
  }

  reset();
  return {
    all: () => [...channels.values()],
    find: (idOrName) =>
      channels.get(idOrName) ??
      [...channels.values()].find((channel) => !channel.isDirect && channel.name === idOrName.replace(/^#/, "")),
    join(channelId, user) {
      const channel = channels.get(channelId);
      if (channel === undefined || channel.members.includes(user)) return channel;
      return save({ ...channel, members: [...channel.members, user] });
    },
    direct(users) {
      const same = (channel: Channel): boolean =>
        channel.isDirect && users.every((user) => channel.members.includes(user));
      const found = [...channels.values()].find(same);
      if (found !== undefined) return found;
      return save({
        id: ids.next("D"),
        name: "direct-message",
        topic: "",
        isPrivate: true,
        isDirect: true,
        members: [...users],
      });
    },
    restore(saved) {
      for (const channel of saved) {
        // The seed is the truth about its channels; who joined since is kept.
        const seeded = channels.get(channel.id);
        const members = [...new Set([...(seeded?.members ?? []), ...channel.members])];
        channels.set(channel.id, { ...channel, ...seeded, members });
      }
    },
    reset,
  };
}
