import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { findServer } from "../../src/redis/find-server.ts";
import { startMemoryServer } from "../../src/redis/memory-server.ts";
import { startOwnServer } from "../../src/redis/own-server.ts";

export interface TempRedis {
  readonly url: string;
  /** What it is, for the name of the suite. */
  readonly words: string;
  readonly durable: boolean;
  /** A connection that is closed with the server. */
  connect(): Redis;
  close(): Promise<void>;
}

/** A Redis for one test file: a real server in a folder of its own if there is one, else the try-out server. */
export async function startTempRedis(): Promise<TempRedis> {
  const folder = mkdtempSync(join(tmpdir(), "tuesday-redis-"));
  const program = await findServer(process.env.PATH ?? "");
  const server = program ? await startOwnServer(program, folder) : await startMemoryServer();
  const connections: Redis[] = [];
  return {
    url: server.url,
    words: program?.version ?? "the in-memory try-out server",
    durable: program !== null,
    connect() {
      const redis = new Redis(server.url, { maxRetriesPerRequest: null });
      connections.push(redis);
      return redis;
    },
    async close() {
      for (const redis of connections) redis.disconnect();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
