import { WebClient } from "@slack/web-api";
import type { Config } from "./config.ts";
import type { Inventory } from "./domain/inventory.ts";
import { jsonLog, type Log } from "./log.ts";
import type { Clock, Clusters } from "./run/ports.ts";

/** The wall clock, the only one in the product. */
export const wallClock: Clock = { now: () => Date.now() };

export function clustersOf(inventory: Inventory): Clusters {
  return {
    // Own entries only: "constructor" is no cluster.
    get: (name) => (Object.hasOwn(inventory.clusters, name) ? (inventory.clusters[name] ?? null) : null),
    names: () => Object.keys(inventory.clusters).sort(),
  };
}

export function logFor(who: string, config: Config): Log {
  return jsonLog(who, config.LOG_LEVEL);
}

/**
 * Slack's client for cards: no retries of its own, because a repeated post is a second message; the queue
 * repeats, and looks first whether the message is there.
 */
export function cardClient(config: Config): WebClient {
  return new WebClient(config.SLACK_BOT_TOKEN, {
    ...(config.SLACK_API_URL ? { slackApiUrl: config.SLACK_API_URL } : {}),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
  });
}

/** A team as people in Slack see it: a user group mention, or members. */
export function teamMention(inventory: Inventory, teamName: string): string {
  const team = inventory.teams[teamName];
  if (team?.userGroup) return `<!subteam^${team.userGroup}>`;
  return (team?.members ?? []).map((user) => `<@${user}>`).join(", ") || teamName;
}
