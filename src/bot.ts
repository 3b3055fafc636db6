import { randomBytes } from "node:crypto";
import { App, HTTPReceiver } from "@slack/bolt";
import { register } from "../commands/index.ts";
import { openQueues } from "../jobs/queues.ts";
import type { Config } from "./config.ts";
import type { Inventory } from "./domain/inventory.ts";
import type { Log } from "./log.ts";
import { promptRedis } from "./redis/connect.ts";
import { redisPosted } from "./run/redis/posted.ts";
import { redisStore } from "./run/redis/store.ts";
import { clustersOf, logFor, wallClock } from "./shared-parts.ts";
import { slackDirectory } from "./slack/directory.ts";

/** Longest wait for listeners under way when the bot stops. */
const drainMs = 10_000;

/** Starts one bot process: hears Slack, records what people decide, answers. Any number may run. */
export async function startBot(
  config: Config,
  inventory: Inventory,
  redis: { readonly url: string; readonly durable: boolean },
): Promise<{ stop(): Promise<void> }> {
  const log = logFor("bot", config);
  const connection = await promptRedis(redis.url);
  const posted = redisPosted(connection, config.REDIS_PREFIX);
  const queues = openQueues(connection, config.REDIS_PREFIX, log);
  const app = slackApp(config);
  const underWay = countListeners(app, log);
  register(
    app,
    {
      store: redisStore(connection, config.REDIS_PREFIX),
      clusters: clustersOf(inventory),
      directory: slackDirectory(app.client, inventory.teams, wallClock.now, (message, data) => log.warn(message, data)),
      enqueue: { tick: queues.tick },
      notify: {
        changed: (runId) => queues.show(runId),
        deliveredUpTo: async (runId) => (await posted.cursor(runId)).at,
      },
      clock: wallClock,
      newId: () => `r${Date.now().toString(36)}${randomBytes(2).toString("hex")}`,
      durable: redis.durable,
    },
    log,
  );
  await app.start(config.SLACK_HTTP_PORT);
  return {
    async stop() {
      await app.stop();
      await underWay.none(drainMs);
      await queues.close();
      connection.disconnect();
    },
  };
}

function slackApp(config: Config): App {
  const clientOptions = {
    ...(config.SLACK_API_URL ? { slackApiUrl: config.SLACK_API_URL } : {}),
    retryConfig: { retries: 1 },
  };
  const token = config.SLACK_BOT_TOKEN ?? "";
  if (config.SLACK_MODE === "http") {
    return new App({
      token,
      clientOptions,
      receiver: new HTTPReceiver({ signingSecret: config.SLACK_SIGNING_SECRET ?? "" }),
    });
  }
  return new App({ token, appToken: config.SLACK_APP_TOKEN ?? "", socketMode: true, clientOptions });
}

/** Bolt's stop does not wait for listeners (slack.md 3), so they are counted; acks that come too late are told. */
function countListeners(app: App, log: Log): { none(withinMs: number): Promise<void> } {
  let running = 0;
  let idle: (() => void) | null = null;
  app.use(async ({ next }) => {
    running += 1;
    const began = performance.now();
    try {
      await next();
    } finally {
      running -= 1;
      const took = performance.now() - began;
      if (took > 3_000) log.warn("a listener took longer than Slack waits for an ack", { ms: Math.round(took) });
      if (running === 0) idle?.();
    }
  });
  app.error(async (error) => log.error("a listener failed", { error: error.message, code: error.code }));
  return {
    async none(withinMs) {
      if (running === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        idle = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
}
