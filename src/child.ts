import { type ChildProcess, fork } from "node:child_process";

export interface ChildSpec {
  /** How it is called in lines for people. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Child {
  /** Ends it for good: SIGTERM, and after `graceMs` SIGKILL. */
  stop(graceMs: number): Promise<void>;
}

/** Pause before a child that died is started again. */
const restartMs = 1_000;

/**
 * Keeps a process of ours running: resolves when it says that it is ready, and starts it again whenever it
 * dies. It is in a process group of its own, so that Ctrl-C reaches it through us, in order; when we die
 * its IPC channel closes, and it ends by itself.
 */
export async function keepChild(spec: ChildSpec, say: (line: string) => void): Promise<Child> {
  let stopping = false;
  let current: ChildProcess;
  let gone: Promise<void> = Promise.resolve();

  const start = (): Promise<void> => {
    current = fork(spec.file, spec.args, {
      detached: true,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: { ...spec.env },
    });
    const child = current;
    gone = new Promise((resolve) => child.once("exit", () => resolve()));
    child.once("exit", (code, signal) => {
      if (stopping) return;
      say(`${spec.name} (process ${child.pid}) ended by ${signal ?? `exit code ${code}`}; starting it again`);
      setTimeout(() => {
        if (!stopping)
          start().then(
            () => say(`${spec.name} is back`),
            () => {},
          );
      }, restartMs);
    });
    return new Promise((resolve, reject) => {
      child.once("message", () => resolve());
      child.once("exit", () => reject(new Error(`${spec.name} ended before it was ready; its own message is above`)));
    });
  };

  await start().catch((error: unknown) => {
    stopping = true;
    throw error;
  });
  return {
    async stop(graceMs) {
      stopping = true;
      if (current.exitCode === null && current.signalCode === null) current.kill("SIGTERM");
      const timer = setTimeout(() => current.kill("SIGKILL"), graceMs);
      await gone;
      clearTimeout(timer);
    },
  };
}
