import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { answersPing } from "../../src/redis/ping.ts";

/**
 * Kills the installation's own Redis server (kill -9), keeps it away for `ms`, and starts it again on the
 * same port and folder, as an operator would. The installation's `redis.stop` no longer ends it: `stop` does.
 */
export async function redisOutage(folder: string, ms: number): Promise<{ stop(): void }> {
  const note: unknown = JSON.parse(readFileSync(join(folder, "redis", "server.json"), "utf8"));
  const { pid, port } = note as { pid: number; port: number };
  const [program = "redis-server"] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  process.kill(pid, "SIGKILL");
  await pause(ms);
  const dir = join(folder, "redis");
  const settings = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--dir",
    dir,
    "--appendonly",
    "yes",
    "--appendfsync",
    "always",
    "--save",
    "",
  ];
  const child = spawn(program.split(" ")[0] ?? "redis-server", settings, { stdio: "ignore" });
  while (!(await answersPing(port))) await pause(100);
  return { stop: () => void child.kill("SIGTERM") };
}
