import { type Clock, createClock } from "./clock.ts";
import { EVENT_RETRY_DELAYS_MS } from "./delivery/events.ts";
import { Sockets } from "./delivery/sockets.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createFeed, type Feed } from "./feed.ts";
import { createIds, type Ids } from "./ids.ts";
import { createRateLimits, type RateLimits } from "./rate-limits.ts";
import type { App, Person, Seed } from "./seed.ts";
import { type Channels, createChannels } from "./state/channels.ts";
import { createMessages, type Messages } from "./state/messages.ts";
import { createResponseUrls, type ResponseUrls } from "./state/response-urls.ts";
import { createTokens, type Tokens } from "./state/tokens.ts";
import { createTriggers, type Triggers } from "./state/triggers.ts";
import { createViews, type Views } from "./state/views.ts";
import { createTranscript, type Transcript } from "./transcript.ts";

/** One workspace: its people, its state and its clock. Everything else is functions on it. */
export interface World {
  readonly seed: Seed;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly feed: Feed;
  readonly log: Transcript;
  readonly channels: Channels;
  readonly messages: Messages;
  readonly views: Views;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly limits: RateLimits;
  readonly sockets: Sockets;
  readonly eventRetryDelaysMs: readonly number[];
  /** `http://127.0.0.1:PORT`, known once the server listens. */
  url: string;
}

export interface WorldOptions {
  readonly seed: Seed;
  readonly rateLimits: boolean;
  readonly eventRetryDelaysMs?: readonly number[];
}

export function createWorld({ seed, rateLimits, eventRetryDelaysMs }: WorldOptions): World {
  const clock = createClock();
  const ids = createIds(clock);
  const feed = createFeed();
  const log = createTranscript(clock, feed);
  return {
    seed,
    clock,
    ids,
    feed,
    log,
    channels: createChannels(seed, ids, () => feed.emit({ type: "channels" })),
    messages: createMessages(feed),
    views: createViews(ids, feed),
    triggers: createTriggers(clock, ids),
    responseUrls: createResponseUrls(clock, ids),
    tokens: createTokens(seed),
    faults: createFaults(),
    limits: createRateLimits(clock, rateLimits),
    sockets: new Sockets({ clock, ids, feed, log }),
    eventRetryDelaysMs: eventRetryDelaysMs ?? EVENT_RETRY_DELAYS_MS,
    url: "",
  };
}

/** Back to the seed. Connections stay; ids and timestamps go on rising. */
export function resetWorld(world: World): void {
  world.messages.clear();
  world.channels.reset();
  world.views.clear();
  world.triggers.clear();
  world.responseUrls.clear();
  world.tokens.reset();
  world.faults.clear();
  world.limits.clear();
  world.log.clear();
  world.feed.emit({ type: "reset" });
}

export function appOf(world: World, id: string | undefined): App | undefined {
  return world.seed.apps.find((app) => app.id === id);
}

export function personOf(world: World, id: string): Person | undefined {
  return world.seed.users.find((user) => user.id === id);
}
