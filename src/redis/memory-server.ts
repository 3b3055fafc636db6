import { fork } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { OwnServer } from "./own-server.ts";
import { answersPing, freePort } from "./ping.ts";

/** Shown wherever this server is in use. */
export const memoryWarning = "Try-out Redis: nothing survives a restart. Do not patch real hosts with it.";

/** Loaded before the server's own program: when its parent dies, even by kill -9, the server ends too. */
const endWithParent = "data:text/javascript,process.once('disconnect', () => process.exit(0))";

/** Starts the in-memory try-out server as a child process (docs/decisions/0003). It forgets everything when it ends. */
export async function startMemoryServer(): Promise<OwnServer> {
  const home = dirname(createRequire(import.meta.url).resolve("js-redis-server"));
  const port = await freePort();
  const child = fork(join(home, "cli.js"), ["--port", String(port)], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    execArgv: ["--import", endWithParent],
    detached: true,
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline && child.exitCode === null) {
    if (await answersPing(port)) {
      return {
        url: `redis://127.0.0.1:${port}`,
        async stop() {
          child.kill("SIGTERM");
          const timer = setTimeout(() => child.kill("SIGKILL"), 3_000);
          await gone;
          clearTimeout(timer);
        },
      };
    }
    await pause(100);
  }
  child.kill("SIGKILL");
  throw new Error("the in-memory try-out Redis did not start within 10 s; install redis-server or set REDIS_URL");
}
