import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openRedis } from "../../src/redis/chain.ts";
import { durabilityProblems, promptRedis } from "../../src/redis/connect.ts";
import { findServer, type ServerProgram } from "../../src/redis/find-server.ts";
import { memoryWarning, startMemoryServer } from "../../src/redis/memory-server.ts";
import { startOwnServer } from "../../src/redis/own-server.ts";
import { answersPing, freePort, serverPid } from "../../src/redis/ping.ts";
import { reason, redisServer } from "../support/needs.ts";

/** What a test has started, ended after it whatever happened. */
const ends: (() => Promise<void> | void)[] = [];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tuesday-redis-"));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  rmSync(folder, { recursive: true, force: true });
});

async function on<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = await promptRedis(url);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

const portOf = (url: string) => Number(new URL(url).port);
const noteOf = (): { pid: number; port: number } => JSON.parse(readFileSync(join(folder, "server.json"), "utf8"));

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => child.once("exit", () => resolve()));
}

describe("the in-memory try-out server", () => {
  test("starts, keeps what it is given, and stops without leaving a process", async () => {
    const server = await startMemoryServer();
    ends.push(() => server.stop());

    const value = await on(server.url, async (redis) => {
      await redis.set("a", "1");
      return redis.get("a");
    });
    await server.stop();

    expect(value).toBe("1");
    expect(await answersPing(portOf(server.url))).toBe(false);
  });

  test("is what the chain ends in when no server is found, and says that it forgets", async () => {
    const source = await openRedis({ url: undefined, dataDir: folder, path: "", say: () => {} });
    ends.push(source.stop);

    expect(source).toMatchObject({ durable: false, words: memoryWarning });
    expect(await answersPing(portOf(source.url))).toBe(true);
  });

  test("two of them do not know each other", async () => {
    const [one, other] = await Promise.all([startMemoryServer(), startMemoryServer()]);
    ends.push(
      () => one.stop(),
      () => other.stop(),
    );

    await on(one.url, (redis) => redis.set("a", "1"));

    expect(await on(other.url, (redis) => redis.get("a"))).toBeNull();
  });
});

test("an address that is given is used as it is, and left alone at the end", async () => {
  const source = await openRedis({
    url: "redis://elsewhere:6379",
    dataDir: folder,
    path: process.env.PATH ?? "",
    say: () => {},
  });

  await source.stop();

  expect(source).toMatchObject({ url: "redis://elsewhere:6379", words: "Redis from REDIS_URL", durable: true });
  expect(existsSync(join(folder, "redis"))).toBe(false);
});

test("a port without a server has no process and answers nothing", async () => {
  const port = await freePort();

  expect(await answersPing(port)).toBe(false);
  expect(await serverPid(port)).toBeNull();
});

describe.skipIf(!redisServer.ok)(`a real server of our own${reason(redisServer)}`, () => {
  let program: ServerProgram;
  beforeEach(async () => {
    const found = await findServer(process.env.PATH ?? "");
    if (!found) throw new Error("redis-server answers --version, but is not found");
    program = found;
  });

  async function start() {
    const server = await startOwnServer(program, folder);
    ends.push(() => server.stop());
    return server;
  }

  /** A server that nobody of us started, on a port of its own. */
  async function stranger(port: number): Promise<ChildProcess> {
    const child = spawn(program.path, ["--port", String(port), "--bind", "127.0.0.1", "--save", ""], {
      stdio: "ignore",
      cwd: folder,
    });
    ends.push(async () => {
      child.kill("SIGKILL");
      await exited(child);
    });
    for (let tries = 0; tries < 100 && !(await answersPing(port)); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return child;
  }

  test("is durable: nothing is wrong with it for keeping runs", async () => {
    const server = await start();

    expect(await on(server.url, durabilityProblems)).toEqual([]);
  });

  test("has its data again after a second start, and leaves no process and no note after each stop", async () => {
    const first = await startOwnServer(program, folder);
    await on(first.url, (redis) => redis.set("approval", "yes"));
    const { pid } = noteOf();
    await first.stop();
    expect([runs(pid), existsSync(join(folder, "server.json"))]).toEqual([false, false]);

    const second = await start();

    expect(await on(second.url, (redis) => redis.get("approval"))).toBe("yes");
  });

  test("has its data again after it was killed", async () => {
    const first = await start();
    await on(first.url, (redis) => redis.set("approval", "yes"));
    process.kill(noteOf().pid, "SIGKILL");
    for (let tries = 0; tries < 100 && (await answersPing(portOf(first.url))); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));

    const second = await start();

    expect(await on(second.url, (redis) => redis.get("approval"))).toBe("yes");
  });

  test("adopts the server that a killed Tuesday left, instead of starting a second one on the same file", async () => {
    const left = await start();
    const { pid } = noteOf();

    const adopted = await start();

    expect(adopted.url).toBe(left.url);
    expect(noteOf().pid).toBe(pid);
    await adopted.stop();
    expect(runs(pid)).toBe(false);
  });

  test("refuses a folder whose server is there but does not answer", async () => {
    const left = await startOwnServer(program, folder);
    const { pid } = noteOf();
    process.kill(pid, "SIGSTOP");
    ends.push(async () => {
      process.kill(pid, "SIGCONT");
      await left.stop();
    });

    await expect(startOwnServer(program, folder)).rejects.toThrow(
      new RegExp(`process ${pid}\\) holds ${folder} and does not answer; end it, then start again`),
    );
    expect(runs(pid)).toBe(true);
  });

  test("refuses it as well when the program has become another one since", async () => {
    const left = await startOwnServer(program, folder);
    const { pid } = noteOf();
    process.kill(pid, "SIGSTOP");
    ends.push(async () => {
      process.kill(pid, "SIGCONT");
      await left.stop();
    });

    const other = { path: "/usr/bin/valkey-server", version: "Valkey server v=8.0.1" };

    await expect(startOwnServer(other, folder)).rejects.toThrow(/does not answer; end it/);
  });

  test("leaves somebody else's server alone when its port is in the note of a dead one", async () => {
    const port = await freePort();
    const other = await stranger(port);
    const bystander = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    ends.push(async () => {
      bystander.kill("SIGKILL");
      await exited(bystander);
    });
    writeFileSync(join(folder, "server.json"), JSON.stringify({ pid: bystander.pid, port }));

    const server = await startOwnServer(program, folder);
    await server.stop();

    expect(portOf(server.url)).not.toBe(port);
    expect([other.exitCode, other.signalCode]).toEqual([null, null]);
    expect([bystander.exitCode, bystander.signalCode]).toEqual([null, null]);
  });

  test("a note that is not one is no obstacle", async () => {
    writeFileSync(join(folder, "server.json"), "{");

    const server = await start();

    expect(await answersPing(portOf(server.url))).toBe(true);
  });

  test("fails closed when the server cannot start, and names the log", { timeout: 60_000 }, async () => {
    writeFileSync(join(folder, "appendonlydir"), "a file where the server wants a folder");

    await expect(startOwnServer(program, folder)).rejects.toThrow(/does not start in .*; look into .*redis\.log/);
    expect(existsSync(join(folder, "server.json"))).toBe(false);
  });

  test("is what the chain takes when it is on the path, and says where its data is", async () => {
    const source = await openRedis({ url: undefined, dataDir: folder, path: process.env.PATH ?? "", say: () => {} });
    ends.push(source.stop);

    expect(source.durable).toBe(true);
    expect(source.words).toBe(`${program.path} with an append-only file in ${join(folder, "redis")}`);
  });

  test("is started again by the chain when it is killed, on the same port, with its data", async () => {
    const said: string[] = [];
    const path = process.env.PATH ?? "";
    const source = await openRedis({ url: undefined, dataDir: folder, path, say: (line) => said.push(line) });
    ends.push(source.stop);
    await on(source.url, (redis) => redis.set("kept", "yes"));

    process.kill(JSON.parse(readFileSync(join(folder, "redis", "server.json"), "utf8")).pid, "SIGKILL");
    await expect.poll(() => said, { timeout: 20_000 }).toContain("Redis is back");

    expect(await on(source.url, (redis) => redis.get("kept"))).toBe("yes");
  });
});
