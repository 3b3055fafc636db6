import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { keepChild } from "./child.ts";
import type { Config } from "./config.ts";
import type { Inventory } from "./domain/inventory.ts";
import { EstateConfig } from "./drivers/transport/estate-http.ts";
import { openRedis, type Source } from "./redis/chain.ts";
import { defaultSeed, startWorkspace } from "./workspace/index.ts";

/** Things started so far, ended in reverse. */
type Stops = (() => Promise<void>)[];

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/**
 * The try-out: a Slack-like page, a simulated estate, Redis, the bot and a worker, each a process of its
 * own where it would be one in production. Returns when the page is open; `stop` ends all in order.
 */
export async function startTryOut(
  config: Config,
  inventoryFile: string,
  inventory: Inventory,
  say: (line: string) => void,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const stops: Stops = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const folder = resolve(config.DATA_DIR, "try-out");
    mkdirSync(folder, { recursive: true });
    // The page first: its port tells whether a try-out is running already, before anything is touched.
    const workspace = await openWorkspace(config, folder);
    stops.push(() => workspace.close());
    // For scripts that act as people (docs/workspace.md); readable by us only.
    writeFileSync(join(folder, "control.json"), JSON.stringify({ url: workspace.url, token: workspace.controlToken }), {
      mode: 0o600,
    });
    const redis = await openRedis({
      url: config.REDIS_URL,
      dataDir: config.DATA_DIR,
      path: process.env.PATH ?? "",
      say,
    });
    stops.push(redis.stop);
    say(`Redis: ${redis.words}`);

    const estate = await keepChild(
      {
        name: "estate simulator",
        file: here("./lab/main.js"),
        args: estateArgs(config, inventory, redis.durable ? join(folder, "estate.json") : null),
        env: process.env,
      },
      say,
    );
    stops.push(() => estate.stop(5_000));
    const env = halfEnvironment(workspace.apiUrl, redis, inventoryFile);
    const worker = await keepChild({ name: "worker", file: here("./main.js"), args: ["worker"], env }, say);
    stops.push(() => worker.stop(15_000));
    const bot = await keepChild({ name: "bot", file: here("./main.js"), args: ["bot"], env }, say);
    stops.push(() => bot.stop(15_000));
    // Open means: the first command will be heard.
    await workspace.control.waitForConnection({ appId: defaultSeed.apps?.[0]?.id ?? "" });
    return { url: workspace.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What a bot or worker needs to work with the page and the Redis of this try-out. */
function halfEnvironment(apiUrl: string, redis: Source, inventoryFile: string) {
  return {
    ...process.env,
    SLACK_BOT_TOKEN: defaultSeed.apps?.[0]?.botToken,
    SLACK_APP_TOKEN: defaultSeed.apps?.[0]?.appToken,
    SLACK_API_URL: apiUrl,
    SLACK_MODE: "socket",
    REDIS_URL: redis.url,
    REDIS_FORGETS: redis.durable ? "no" : "yes",
    INVENTORY: inventoryFile,
  };
}

async function openWorkspace(config: Config, folder: string) {
  try {
    return await startWorkspace({ port: config.WORKSPACE_PORT, dataFile: join(folder, "workspace.json") });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      throw new Error(
        `port ${config.WORKSPACE_PORT} is in use: is a try-out running already? Open http://127.0.0.1:${config.WORKSPACE_PORT}, or set WORKSPACE_PORT to another port`,
      );
    }
    throw error;
  }
}

/** The simulator listens where the inventory expects it. Without a durable Redis it forgets as well, so that both stay equal. */
function estateArgs(config: Config, inventory: Inventory, dataFile: string | null): readonly string[] {
  const configs = Object.values(inventory.clusters).flatMap((cluster) =>
    Object.values(cluster.pools).map((pool) => pool.config),
  );
  const urls = configs.flatMap((one) => {
    const parsed = EstateConfig.safeParse(one);
    return parsed.success ? [new URL(parsed.data.url).port] : [];
  });
  return [
    "--port",
    urls[0] ?? "3100",
    "--rate",
    String(config.ESTATE_RATE),
    ...(dataFile === null ? [] : ["--data", dataFile]),
  ];
}
