import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningEstate, startEstate } from "../../src/lab/index.ts";
import { findServer } from "../../src/redis/find-server.ts";
import { startMemoryServer } from "../../src/redis/memory-server.ts";
import { type OwnServer, startOwnServer } from "../../src/redis/own-server.ts";
import { startWorkspace, type Workspace } from "../../src/workspace/index.ts";
import { type Half, startHalf } from "./child-process.ts";

export const rita = "U0RITA";
export const adam = "U0ADAM";
export const olga = "U0OLGA";
export const sam = "U0SAM";
export const channel = "C0PATCHING";

export interface Settings {
  /** World seconds per second. */
  readonly rate?: number;
  /** Changes the try-out inventory's text before it is used. */
  readonly inventory?: (yaml: string) => string;
  /** An inventory of its own; no simulator is started then. */
  readonly ownInventory?: string;
  readonly workers?: number;
  readonly bots?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly rateLimits?: boolean;
}

/** A whole Tuesday: real Redis, real bot and worker processes, the workspace and the simulator in this process. */
export interface Installation {
  readonly workspace: Workspace;
  readonly estate: RunningEstate;
  readonly redis: OwnServer & { readonly durable: boolean };
  readonly folder: string;
  readonly workers: Half[];
  readonly bots: Half[];
  readonly env: Readonly<Record<string, string>>;
  startWorker(): Promise<Half>;
  startBot(): Promise<Half>;
  close(): Promise<void>;
}

const tryOut = readFileSync(new URL("../../docs/examples/try-out.yaml", import.meta.url), "utf8");

/** The try-out's inventory for a simulator at this address. */
export function tryOutInventory(estateUrl: string): string {
  return tryOut.replaceAll("http://127.0.0.1:3100", estateUrl);
}

/** Starts everything on free ports in a folder of its own; `close` leaves nothing behind. */
export async function install(settings: Settings = {}): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), "tuesday-"));
  const workspace = await startWorkspace({ rateLimits: settings.rateLimits ?? false });
  const estate = await startEstate({ rate: settings.rate ?? 3_000 });
  const redis = await testRedis(folder);
  const inventoryFile = join(folder, "inventory.yaml");
  const yaml = tryOutInventory(estate.url);
  writeFileSync(inventoryFile, settings.ownInventory ?? settings.inventory?.(yaml) ?? yaml);
  const env = {
    SLACK_BOT_TOKEN: "xoxb-local-tuesday",
    SLACK_APP_TOKEN: "xapp-local-tuesday",
    SLACK_API_URL: workspace.apiUrl,
    REDIS_URL: redis.url,
    REDIS_FORGETS: redis.durable ? "no" : "yes",
    INVENTORY: inventoryFile,
    CARD_MS: "100",
    SWEEP_MS: "500",
    LOCK_DURATION_MS: "3000",
    STALLED_INTERVAL_MS: "1000",
    ...settings.env,
  };
  const workers: Half[] = [];
  const bots: Half[] = [];
  const installation: Installation = {
    workspace,
    estate,
    redis,
    folder,
    workers,
    bots,
    env,
    async startWorker() {
      const worker = await startHalf("worker", env);
      workers.push(worker);
      return worker;
    },
    async startBot() {
      const before = workspace.control.connections({ appId: "A0TUESDAY" });
      const bot = await startHalf("bot", env);
      bots.push(bot);
      await workspace.control.waitForConnection({ appId: "A0TUESDAY", count: before + 1 });
      return bot;
    },
    async close() {
      await Promise.all([...bots, ...workers].map((half) => half.end("SIGKILL")));
      // One that fails must not keep the others alive.
      const ended = await Promise.allSettled([workspace.close(), estate.close(), redis.stop()]);
      rmSync(folder, { recursive: true, force: true });
      for (const one of ended) if (one.status === "rejected") throw one.reason;
    },
  };
  try {
    for (let i = 0; i < (settings.workers ?? 1); i += 1) await installation.startWorker();
    for (let i = 0; i < (settings.bots ?? 1); i += 1) await installation.startBot();
  } catch (error) {
    await installation.close();
    throw error;
  }
  return installation;
}

/** As the chain does it, but nobody starts the server again: tests take it away on purpose. */
async function testRedis(folder: string): Promise<Installation["redis"]> {
  const program = await findServer(process.env.PATH ?? "");
  if (program === null) return { ...(await startMemoryServer()), durable: false };
  return { ...(await startOwnServer(program, join(folder, "redis"))), durable: true };
}
