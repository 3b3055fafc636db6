import type { Placed } from "../blocks/elements.ts";
import type { JsonObject } from "../json.ts";
import type { Message } from "../state/message.ts";
import type { World } from "../world.ts";
import { type Values, withValue } from "./values.ts";

// What people chose in messages; it dies with the world, as a draft does in Slack.
const chosen = new WeakMap<World, Map<string, Values>>();

/** What this person has chosen in this message so far. */
export function messageValues(world: World, user: string, message: Message): Values {
  return chosen.get(world)?.get(keyOf(user, message)) ?? {};
}

export function rememberMessageValue(
  world: World,
  { message, placed, user }: { message: Message; placed: Placed; user: string },
  value: JsonObject,
): void {
  const all = chosen.get(world) ?? new Map<string, Values>();
  chosen.set(world, all);
  all.set(keyOf(user, message), withValue(messageValues(world, user, message), placed, value));
}

function keyOf(user: string, message: Message): string {
  return `${user}/${message.channel}/${message.ts}`;
}
