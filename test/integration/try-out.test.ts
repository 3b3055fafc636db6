import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { findServer } from "../../src/redis/find-server.ts";
import { freePort } from "../../src/redis/ping.ts";

const main = fileURLToPath(new URL("../../dist/src/main.js", import.meta.url));
const example = readFileSync(new URL("../../docs/examples/try-out.yaml", import.meta.url), "utf8");
const noRedis = (await findServer(process.env.PATH ?? "")) === null;

interface TryOut {
  readonly process: ChildProcess;
  readonly said: () => string;
  control(verb: string, body: object): Promise<{ readonly text: string }>;
  /** Ctrl-C, and how it ended. */
  interrupt(): Promise<number | null>;
}

let folder: string;
let running: TryOut | null = null;
afterEach(async () => {
  running?.process.kill("SIGKILL");
  // A Redis server outlives a killed try-out on purpose: the next start adopts it.
  for (const line of processesOf(folder).filter((one) => one.includes("redis")))
    process.kill(Number(line.split(" ")[0]), "SIGTERM");
  await expect.poll(() => processesOf(folder), { timeout: 20_000 }).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});

/** Processes that work in the folder or name it: whatever the try-out has started. */
function processesOf(name: string): readonly string[] {
  return readdirSync("/proc").flatMap((pid) => {
    try {
      // Redis writes over its command line, so the folder it works in is asked as well.
      const files = ["cmdline", "environ"].map((file) => readFileSync(`/proc/${pid}/${file}`, "utf8"));
      const words = `${files.join("")}${readlinkSync(`/proc/${pid}/cwd`)}`;
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      return words.includes(name) && !stat.includes(") Z ") ? [`${pid} ${words.slice(0, 200)}`] : [];
    } catch {
      return [];
    }
  });
}

async function startTryOut(env: Readonly<Record<string, string>>): Promise<TryOut> {
  const child = fork(main, [], { cwd: folder, stdio: ["ignore", "pipe", "pipe", "ipc"], env });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => (said += String(data)));
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", () => reject(new Error(`the try-out did not start:\n${said}`)));
  });
  const { url, token } = JSON.parse(readFileSync(join(folder, "data", "try-out", "control.json"), "utf8"));
  const tryOut: TryOut = {
    process: child,
    said: () => said,
    async control(verb, body) {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const answer = await fetch(`${url}/_control/${verb}`, { method: "POST", headers, body: JSON.stringify(body) });
      return { text: await answer.text() };
    },
    async interrupt() {
      const gone = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
      child.kill("SIGINT");
      return gone;
    },
  };
  running = tryOut;
  return tryOut;
}

async function prepare(more: (yaml: string) => string = (yaml) => yaml): Promise<Readonly<Record<string, string>>> {
  folder = mkdtempSync(join(tmpdir(), "tuesday-try-out-"));
  const estate = `http://127.0.0.1:${await freePort()}`;
  const inventory = join(folder, "inventory.yaml");
  writeFileSync(inventory, more(example.replaceAll("http://127.0.0.1:3100", estate)));
  const port = String(await freePort());
  return {
    PATH: process.env.PATH ?? "",
    INVENTORY: inventory,
    DATA_DIR: join(folder, "data"),
    WORKSPACE_PORT: port,
    ESTATE_RATE: "600",
  };
}

const channel = "C0PATCHING";
const seen = (tryOut: TryOut, match: string) => tryOut.control("waitForMessage", { channel, match, timeoutMs: 60_000 });

async function approved(tryOut: TryOut): Promise<void> {
  await tryOut.control("command", { user: "U0RITA", channel, command: "/patch", text: "cluster-a" });
  const card = await seen(tryOut, "Patch plan for cluster-a");
  const ts = /"ts":"([\d.]+)"/.exec(card.text)?.[1] ?? "";
  await tryOut.control("click", { user: "U0ADAM", channel, ts, actionId: "run:approve", confirm: true });
}

describe("npm start, as a new user has it", () => {
  test.skipIf(noRedis)(
    `Ctrl-C in mid-run leaves nothing running; starting again goes on where it was${noRedis ? " [skipped: no redis-server or valkey-server]" : ""}`,
    async () => {
      const env = await prepare();
      const first = await startTryOut(env);
      await approved(first);
      await seen(first, "install 3 patches on esx-1");

      const code = await first.interrupt();

      expect(code).toBe(0);
      expect(processesOf(folder)).toEqual([]);
      const second = await startTryOut(env);
      expect((await seen(second, "83 of 83 steps")).text).toContain("83 of 83 steps");
    },
    180_000,
  );

  test("a bot and a worker that are killed are started again", async () => {
    const tryOut = await startTryOut(await prepare());
    const roles = () =>
      processesOf(folder).filter((one) => /main\.js\0(bot|worker)/.test(one) || one.includes("main.js"));
    for (const line of roles()) {
      const pid = Number(line.split(" ")[0]);
      if (pid !== tryOut.process.pid) process.kill(pid, "SIGKILL");
    }

    await expect.poll(tryOut.said, { timeout: 30_000 }).toMatch(/worker is back[\s\S]*|bot is back[\s\S]*/);
    await expect.poll(tryOut.said, { timeout: 30_000 }).toContain("bot is back");
    await approved(tryOut);

    expect((await seen(tryOut, "Patching cluster-a")).text).toContain("Patching cluster-a");
    await tryOut.interrupt();
  });

  test("without a Redis server it says that nothing survives, and refuses real hosts", async () => {
    const real = (yaml: string) =>
      `${yaml}\n  real:\n    policy: { operators: operators, approvers: approvers }\n    hosts:\n      web-9:\n        patcher: { driver: apt }\n        transport: { driver: ssh, host: 127.0.0.1, identityFile: /nowhere, hostKey: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBEcvaDHBOyWx/eMuM+rYS/YNzk4fWdCyCOrKbkK8ZEV }\n`;
    const tryOut = await startTryOut({ ...(await prepare(real)), PATH: folder });
    expect(tryOut.said()).toContain("nothing survives a restart. Do not patch real hosts with it");

    await tryOut.control("command", { user: "U0RITA", channel, command: "/patch", text: "real" });
    const refused = await seen(tryOut, "No plan for real");

    expect(refused.text).toContain("forgets everything when it stops");
    await tryOut.interrupt();
  });

  test("refuses to start twice on one port, in one sentence", async () => {
    const env = await prepare();
    await startTryOut(env);
    const first = running;

    const second = startTryOut({ ...env, DATA_DIR: join(folder, "other") });

    await expect(second).rejects.toThrow(/port \d+ is in use: is a try-out running already\?/);
    running = first;
    await first?.interrupt();
  });
});
