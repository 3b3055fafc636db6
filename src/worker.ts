import { startRunWorker } from "../jobs/advance-run.ts";
import { openQueues } from "../jobs/queues.ts";
import { startCardWorker } from "../jobs/show-run.ts";
import { startSweeper } from "../jobs/sweeper.ts";
import type { Config } from "./config.ts";
import type { Inventory } from "./domain/inventory.ts";
import { openFleet } from "./drivers/fleet.ts";
import { patientRedis } from "./redis/connect.ts";
import { redisPosted } from "./run/redis/posted.ts";
import { redisStore } from "./run/redis/store.ts";
import { cardClient, clustersOf, logFor, teamMention, wallClock } from "./shared-parts.ts";
import type { NotifierParts } from "./slack/notifier.ts";

/** Starts one worker process: advances runs, draws cards, sweeps. Any number may run. */
export async function startWorker(
  config: Config,
  inventory: Inventory,
  redis: { readonly url: string; readonly durable: boolean },
): Promise<{ stop(): Promise<void> }> {
  const log = logFor("worker", config);
  const prefix = config.REDIS_PREFIX;
  const connection = patientRedis(redis.url);
  connection.on("error", (error) => log.warn("Redis connection", { error: error.message }));
  const store = redisStore(connection, prefix);
  const posted = redisPosted(connection, prefix);
  const queues = openQueues(connection, prefix, log);
  const fleet = openFleet(wallClock.now);
  const clusters = clustersOf(inventory);
  const notify = {
    changed: (runId: string) => queues.show(runId),
    deliveredUpTo: async (runId: string) => (await posted.cursor(runId)).at,
  };
  const parts: NotifierParts = {
    client: cardClient(config),
    runs: store,
    posted,
    settingsFor: cardSettings(config, inventory),
  };

  const shared = {
    store,
    drivers: fleet,
    clusters,
    notify,
    enqueue: { tick: queues.tick },
    clock: wallClock,
    durable: redis.durable,
  };
  const locks = { lockDurationMs: config.LOCK_DURATION_MS, stalledIntervalMs: config.STALLED_INTERVAL_MS };
  const runs = startRunWorker(
    connection,
    prefix,
    (mayAct) => ({ ...shared, mayAct }),
    { ...locks, concurrency: config.CONCURRENCY },
    log,
  );
  const cards = startCardWorker(connection, prefix, parts, { ...locks, everyMs: config.CARD_MS }, log);
  const sweeper = startSweeper({
    openRuns: store.openRuns,
    recentRuns: store.recentRuns,
    queues,
    everyMs: config.SWEEP_MS,
    log,
  });
  return {
    async stop() {
      sweeper.stop();
      await runs.stop();
      await cards.stop();
      await queues.close();
      await fleet.close();
      connection.disconnect();
    },
  };
}

function cardSettings(config: Config, inventory: Inventory): NotifierParts["settingsFor"] {
  return (name) => {
    const policy = inventory.clusters[name]?.policy;
    return {
      approvalsNeeded: policy?.approvals ?? 0,
      approvers: teamMention(inventory, policy?.approvers ?? ""),
      operators: teamMention(inventory, policy?.operators ?? ""),
      richBlocks: config.SLACK_RICH_BLOCKS === "on",
    };
  };
}
