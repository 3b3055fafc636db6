import type { Channel } from "../state/channels.ts";
import { personOf } from "../world.ts";
import type { Call } from "./call.ts";

/** A channel by id or name; a user's id means the direct conversation with that person. */
export function findChannel({ world, app }: Call, idOrName: string): Channel | undefined {
  if (personOf(world, idOrName) !== undefined) return world.channels.direct([idOrName, app.botUser]);
  const channel = world.channels.find(idOrName);
  // A private channel is invisible for a bot that is not in it.
  if (channel?.isPrivate === true && !channel.members.includes(app.botUser)) return undefined;
  return channel;
}
