import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findServer } from "../../../src/redis/find-server.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tuesday-find-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program of our own in a folder of the path. */
function put(where: string, name: string, script: string, mode = 0o755): string {
  mkdirSync(join(folder, where), { recursive: true });
  const file = join(folder, where, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, mode);
  return file;
}

const path = (...folders: readonly string[]) => folders.map((one) => join(folder, one)).join(delimiter);
const says = (version: string) => `echo "${version}"`;
const redis7 = "Redis server v=7.0.15 sha=0";

test("the first server on the path that says its version is taken", async () => {
  const file = put("b", "redis-server", says(redis7));
  put("c", "redis-server", says("Redis server v=9.9.9"));

  expect(await findServer(path("a", "b", "c"))).toEqual({ path: file, version: redis7 });
});

test.each<[string, string, number]>([
  ["ends with an error (wrong libc)", "echo 'symbol not found' >&2; exit 127", 0o755],
  ["is killed", "kill -9 $$", 0o755],
  ["says nothing", "exit 0", 0o755],
  ["is something else", "echo 'toybox 1.2'", 0o755],
  ["is not executable", says(redis7), 0o644],
])("a program that %s is passed over for the next one on the path", async (_what, script, mode) => {
  put("a", "redis-server", script, mode);
  const good = put("b", "redis-server", says(redis7));

  expect((await findServer(path("a", "b")))?.path).toBe(good);
});

test("a program of another machine (no such format) is passed over", async () => {
  const file = put("a", "redis-server", "");
  writeFileSync(file, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 0]));
  const good = put("b", "redis-server", says(redis7));

  expect((await findServer(path("a", "b")))?.path).toBe(good);
});

test("a program that hangs is passed over after three seconds", { timeout: 15_000 }, async () => {
  put("a", "redis-server", "exec sleep 60");
  const good = put("b", "valkey-server", says("Valkey server v=8.0.1"));

  expect((await findServer(path("a", "b")))?.path).toBe(good);
});

test("with only broken Redis servers, Valkey is taken", async () => {
  put("a", "redis-server", "exit 1");
  const valkey = put("a", "valkey-server", says("Valkey server v=8.0.1 sha=0"));

  expect(await findServer(path("a"))).toEqual({ path: valkey, version: "Valkey server v=8.0.1 sha=0" });
});

test("Redis is taken before Valkey, even when Valkey comes first on the path", async () => {
  put("a", "valkey-server", says("Valkey server v=8.0.1"));
  const redis = put("b", "redis-server", says(redis7));

  expect((await findServer(path("a", "b")))?.path).toBe(redis);
});

test("without any server there is none, whatever the path looks like", async () => {
  expect(await findServer(path("nowhere"))).toBeNull();
  expect(await findServer("")).toBeNull();
  expect(await findServer(delimiter)).toBeNull();
});
