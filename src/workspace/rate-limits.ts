import type { Clock } from "./clock.ts";

/**
 * Token buckets by Slack's tiers, per app. The per-minute figures are from
 * docs.slack.dev/apis/web-api/rate-limits; the burst sizes are OUR GUESS (Slack publishes none).
 */
interface Bucket {
  readonly perMinute: number;
  readonly burst: number;
}

const TIER_2: Bucket = { perMinute: 20, burst: 20 };
const TIER_3: Bucket = { perMinute: 50, burst: 20 };
const TIER_4: Bucket = { perMinute: 100, burst: 40 };
const POST_MESSAGE: Bucket = { perMinute: 60, burst: 5 };

const BUCKETS: Readonly<Record<string, Bucket>> = {
  "chat.postMessage": POST_MESSAGE,
  "chat.update": TIER_3,
  "chat.delete": TIER_3,
  "chat.postEphemeral": TIER_4,
  "views.open": TIER_4,
  "views.push": TIER_4,
  "views.update": TIER_4,
  "conversations.history": TIER_3,
  "conversations.replies": TIER_3,
  "conversations.info": TIER_3,
  "conversations.open": TIER_3,
  "conversations.join": TIER_3,
  "conversations.list": TIER_2,
  "conversations.members": TIER_4,
  "users.info": TIER_4,
  "users.list": TIER_2,
  "users.lookupByEmail": TIER_3,
  "usergroups.list": TIER_2,
  "usergroups.users.list": TIER_2,
  "reactions.add": TIER_3,
  "apps.connections.open": TIER_3,
};

export interface RateLimits {
  /** Takes one token; otherwise the whole seconds after which to try again. */
  take(call: { method: string; appId: string; channel: string }): { ok: true } | { ok: false; retryAfter: number };
  clear(): void;
}

export function createRateLimits(clock: Clock, enabled: boolean): RateLimits {
  const levels = new Map<string, { tokens: number; at: number }>();
  return {
    take({ method, appId, channel }) {
      const bucket = BUCKETS[method];
      if (!enabled || bucket === undefined) return { ok: true };

      // Only chat.postMessage is counted per channel; the tiers count the whole workspace.
      const key = [appId, method, method === "chat.postMessage" ? channel : ""].join("/");
      const level = levels.get(key) ?? { tokens: bucket.burst, at: clock.now() };
      const perMs = bucket.perMinute / 60_000;
      const tokens = Math.min(bucket.burst, level.tokens + (clock.now() - level.at) * perMs);
      const taken = tokens >= 1;
      levels.set(key, { tokens: taken ? tokens - 1 : tokens, at: clock.now() });
      return taken ? { ok: true } : { ok: false, retryAfter: Math.max(1, Math.ceil((1 - tokens) / perMs / 1000)) };
    },
    clear: () => levels.clear(),
  };
}
