import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { type ServerProgram, serverNames } from "./find-server.ts";
import { answersPing, freePort, serverPid } from "./ping.ts";

/** A Redis server of ours on loopback. */
export interface OwnServer {
  readonly url: string;
  /** Ends the server and waits until it is gone. */
  stop(): Promise<void>;
}

/** A server on a folder of ours, with what is needed to start it again. */
export interface FolderServer extends OwnServer {
  readonly port: number;
  there(): boolean;
}

const Note = z.object({ pid: z.number().int().positive(), port: z.number().int().positive() });

/** Longest wait until a started server answers; loading a large append-only file takes a while. */
const startMs = 8_000;

/**
 * Starts a durable server in `folder`, or adopts the one that an earlier, killed Tuesday left there: two
 * servers on one folder would write into the same file (queue.md 2.2, point 6).
 * `wantedPort` is for starting again where clients expect it.
 */
export async function startOwnServer(
  program: ServerProgram,
  folder: string,
  wantedPort: number | null = null,
): Promise<FolderServer> {
  mkdirSync(folder, { recursive: true });
  const noteFile = join(folder, "server.json");
  const left = readNote(noteFile);
  // The process too: the port may have passed to somebody else's server, which is neither ours to use nor to end.
  if (left && (await serverPid(left.port)) === left.pid) return folderServer(left, noteFile);
  if (left && alive(left.pid)) {
    throw new Error(
      `a Redis server (process ${left.pid}) holds ${folder} and does not answer; end it, then start again`,
    );
  }
  for (let tries = 0; tries < 3; tries += 1) {
    const port = wantedPort ?? (await freePort());
    const child = spawn(program.path, settings(port, folder), { stdio: "ignore", detached: true });
    if (!(await ready(child, port))) continue;
    child.unref();
    const note = { pid: child.pid ?? 0, port };
    writeFileSync(`${noteFile}.new`, JSON.stringify(note));
    renameSync(`${noteFile}.new`, noteFile);
    return folderServer(note, noteFile);
  }
  throw new Error(`${program.path} does not start in ${folder}; look into ${join(folder, "redis.log")}`);
}

function folderServer({ pid, port }: z.infer<typeof Note>, noteFile: string): FolderServer {
  return { url: `redis://127.0.0.1:${port}`, port, there: () => there(pid), stop: () => stopPid(pid, noteFile) };
}

/** fsync on every write: an approval or intent that vanishes is a second reboot (queue.md 5). */
function settings(port: number, folder: string): string[] {
  const pairs = {
    port: String(port),
    bind: "127.0.0.1",
    dir: folder,
    appendonly: "yes",
    appendfsync: "always",
    save: "",
    "maxmemory-policy": "noeviction",
    daemonize: "no",
    logfile: join(folder, "redis.log"),
  };
  return Object.entries(pairs).flatMap(([key, value]) => [`--${key}`, value]);
}

async function ready(child: ChildProcess, port: number): Promise<boolean> {
  let exited = false;
  child.once("exit", () => {
    exited = true;
  });
  child.once("error", () => {
    exited = true;
  });
  const deadline = Date.now() + startMs;
  while (!exited && Date.now() < deadline) {
    if (await answersPing(port)) return true;
    await pause(100);
  }
  child.kill("SIGKILL");
  return false;
}

function readNote(file: string): z.infer<typeof Note> | null {
  try {
    return Note.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

/** Is the process there, and is it still a server? Process numbers are used again; Redis may have become Valkey. */
function alive(pid: number): boolean {
  try {
    const name = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return serverNames.some((server) => name.includes(server));
  } catch {
    return false;
  }
}

function there(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function stopPid(pid: number, noteFile: string): Promise<void> {
  if (there(pid)) process.kill(pid, "SIGTERM");
  const deadline = Date.now() + 10_000;
  while (there(pid) && Date.now() < deadline) await pause(50);
  if (there(pid)) process.kill(pid, "SIGKILL");
  rmSync(noteFile, { force: true });
}
