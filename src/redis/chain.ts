import { resolve } from "node:path";
import { findServer } from "./find-server.ts";
import { keepOwnServer } from "./keep-server.ts";
import { memoryWarning, startMemoryServer } from "./memory-server.ts";

/** A Redis to work with, wherever it came from. */
export interface Source {
  readonly url: string;
  /** One line for people: what is used, and what that means. */
  readonly words: string;
  /** False when everything is forgotten at the end. */
  readonly durable: boolean;
  /** Ends a server that we started; leaves any other alone. */
  stop(): Promise<void>;
}

/**
 * The chain of queue.md 2.1: the address given; else a real server found on this machine, started with an
 * append-only file in our data folder; else the in-memory try-out server.
 */
export async function openRedis(given: {
  readonly url: string | undefined;
  readonly dataDir: string;
  readonly path: string;
  /** Where to tell that a server of ours had to be started again. */
  readonly say: (line: string) => void;
}): Promise<Source> {
  if (given.url !== undefined)
    return { url: given.url, words: "Redis from REDIS_URL", durable: true, stop: async () => {} };
  const program = await findServer(given.path);
  if (program !== null) {
    // Absolute: the server changes into it before it opens its files.
    const folder = resolve(given.dataDir, "redis");
    const server = await keepOwnServer(program, folder, given.say);
    return { ...server, words: `${program.path} with an append-only file in ${folder}`, durable: true };
  }
  const server = await startMemoryServer();
  return { ...server, words: memoryWarning, durable: false };
}
