import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** A server program that starts and says its version. */
export interface ServerProgram {
  readonly path: string;
  readonly version: string;
}

/** Names to look for, best first; a broken one is passed over (queue.md 2.2). */
export const serverNames = ["redis-server", "valkey-server"] as const;

/** The first Redis or Valkey server on PATH that answers `--version` within 3 s, or null. */
export async function findServer(path: string): Promise<ServerProgram | null> {
  for (const name of serverNames) {
    for (const folder of path.split(delimiter).filter((one) => one !== "")) {
      const file = join(folder, name);
      if (!isExecutable(file)) continue;
      const version = await versionOf(file);
      if (version !== null) return { path: file, version };
    }
  }
  return null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Wrong libc, wrong machine, not a server (`Redis server v=7.0.15 …`): null. */
function versionOf(file: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(file, ["--version"], { timeout: 3_000 }, (error, stdout) =>
      resolve(error || !stdout.includes("server v=") ? null : stdout.trim()),
    );
  });
}
