import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../dist/src/main.js", import.meta.url));

/** A bot or worker process, as `npm run bot` and `npm run worker` start it. */
export interface Half {
  readonly pid: number;
  /** All that it wrote to stderr so far. */
  readonly log: () => string;
  signal(name: "SIGTERM" | "SIGKILL" | "SIGSTOP" | "SIGCONT"): void;
  /** Ends it, waits until it is gone, and gives its exit code; null when a signal ended it. */
  end(name: "SIGTERM" | "SIGKILL"): Promise<number | null>;
}

export function startHalf(role: "bot" | "worker", env: Readonly<Record<string, string>>): Promise<Half> {
  return startRole([role], env);
}

/** Starts `dist/src/main.js` with these words and waits until it says that it is ready. */
export async function startRole(words: readonly string[], env: Readonly<Record<string, string>>): Promise<Half> {
  if (!existsSync(main)) throw new Error("dist is missing: run `npm run build` before these tests");
  const child: ChildProcess = fork(main, words, {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: { PATH: process.env.PATH ?? "", LOG_LEVEL: "warn", ...env },
  });
  let log = "";
  child.stderr?.on("data", (data) => {
    log += String(data);
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", (code) =>
      reject(new Error(`main.js ${words.join(" ")} ended with ${code} before it was ready:\n${log}`)),
    );
  });
  return {
    pid: child.pid ?? 0,
    log: () => log,
    signal: (name) => void child.kill(name),
    async end(name) {
      if (child.exitCode === null && child.signalCode === null) child.kill(name);
      await gone;
      return child.exitCode;
    },
  };
}
