import { fileURLToPath } from "node:url";
import { startBot } from "./bot.ts";
import { type Config, loadConfig } from "./config.ts";
import type { Inventory } from "./domain/inventory.ts";
import { loadInventory } from "./inventory-file.ts";
import { openRedis } from "./redis/chain.ts";
import { durabilityProblems, patientRedis } from "./redis/connect.ts";
import { startTryOut } from "./try-out.ts";
import { startWorker } from "./worker.ts";

interface Running {
  stop(): Promise<void>;
}

/** After this a bot or worker that was asked to stop ends, whatever it still waits for. */
const longestStopMs = 12_000;

const say = (line: string) => console.log(line);

/** Ends with one clear line per problem, never with a stack trace. */
function giveUp(problems: readonly string[]): never {
  for (const problem of problems) console.error(`tuesday: ${problem}`);
  process.exit(1);
}

async function start(role: string, config: Config): Promise<Running> {
  const tryOutFile = fileURLToPath(new URL("../../docs/examples/try-out.yaml", import.meta.url));
  const file = config.INVENTORY ?? tryOutFile;
  const loaded = loadInventory(file);
  if (!loaded.ok) giveUp(loaded.problems);
  const { inventory } = loaded;
  switch (role) {
    case "bot":
    case "worker":
      return startHalf(role, config, inventory);
    case "":
      return config.SLACK_BOT_TOKEN === undefined ? tryOut(config, file, inventory) : startBoth(config, inventory);
    default:
      return giveUp([`there is no role "${role}"; use none (try-out, or bot and worker together), bot, or worker`]);
  }
}

async function tryOut(config: Config, file: string, inventory: Inventory): Promise<Running> {
  const running = await startTryOut(config, file, inventory, say);
  say(`Tuesday is ready (simulated estate, local workspace): open ${running.url} and type /patch cluster-a`);
  return running;
}

/** One half of a real installation. Both halves must see the same Redis, so its address is needed. */
async function startHalf(role: "bot" | "worker", config: Config, inventory: Inventory): Promise<Running> {
  if (config.SLACK_BOT_TOKEN === undefined)
    giveUp(["SLACK_BOT_TOKEN: needed; without one, `npm start` runs the try-out"]);
  if (config.REDIS_URL === undefined)
    giveUp([`REDIS_URL: needed to run the ${role} by itself; bot and worker must share one Redis`]);
  const redis = { url: config.REDIS_URL, durable: config.REDIS_FORGETS === "no" };
  if (redis.durable) await tellDurability(redis.url);
  return role === "bot" ? startBot(config, inventory, redis) : startWorker(config, inventory, redis);
}

async function startBoth(config: Config, inventory: Inventory): Promise<Running> {
  const redis = await openRedis({ url: config.REDIS_URL, dataDir: config.DATA_DIR, path: process.env.PATH ?? "", say });
  say(`Redis: ${redis.words}`);
  if (redis.durable) await tellDurability(redis.url);
  const worker = await startWorker(config, inventory, redis);
  const bot = await startBot(config, inventory, redis);
  say(`Tuesday is connected to Slack (${config.SLACK_MODE} mode)`);
  return {
    async stop() {
      await bot.stop();
      await worker.stop();
      await redis.stop();
    },
  };
}

async function tellDurability(url: string): Promise<void> {
  const redis = patientRedis(url);
  redis.on("error", () => {});
  for (const problem of await durabilityProblems(redis)) {
    console.error(`tuesday: WARNING: Redis may lose what people decided: ${problem}`);
  }
  redis.disconnect();
}

async function main(): Promise<void> {
  const loaded = loadConfig();
  if (!loaded.ok) giveUp(loaded.problems);
  const role = process.argv[2] ?? "";
  const running = await start(role, loaded.config);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    // With Redis gone nothing can be handed back; the next holder finds everything in the run all the same.
    if (role !== "") setTimeout(() => process.exit(1), longestStopMs).unref();
    await running.stop();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop());
  // Started by the try-out: never outlive it.
  process.on("disconnect", () => void stop());
  process.send?.("ready");
}

// A revoked token surfaces here (slack.md 3): say so and let the supervisor start us again.
process.on("unhandledRejection", (error) =>
  giveUp([`stopping: ${error instanceof Error ? error.message : String(error)}`]),
);

main().catch((error: unknown) => giveUp([error instanceof Error ? error.message : String(error)]));
