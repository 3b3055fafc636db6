import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { startEstate } from "../../src/lab/index.ts";
import { freePort } from "../../src/redis/ping.ts";
import {
  defaultSeed,
  messageText,
  startWorkspace,
  type Workspace,
  type WorkspaceSeed,
} from "../../src/workspace/index.ts";
import { type Half, startRole } from "../support/child-process.ts";
import { adam, channel, rita, tryOutInventory } from "../support/installation.ts";

let workspace: Workspace;
let started: Half;
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Bot and worker in one process, as `npm start` runs them when there are tokens. */
async function startBoth(seed: WorkspaceSeed, env: Readonly<Record<string, string>>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "tuesday-modes-"));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  workspace = await startWorkspace({ rateLimits: false, seed });
  ends.push(() => workspace.close());
  const estate = await startEstate({ rate: 3_000 });
  ends.push(() => estate.close());
  const inventory = join(folder, "inventory.yaml");
  writeFileSync(inventory, tryOutInventory(estate.url));
  started = await startRole([], {
    SLACK_BOT_TOKEN: "xoxb-local-tuesday",
    SLACK_API_URL: workspace.apiUrl,
    INVENTORY: inventory,
    DATA_DIR: join(folder, "data"),
    CARD_MS: "100",
    ...env,
  });
  ends.push(() => started.end("SIGTERM"));
}

/** Asks, approves, and waits for the end. */
async function wholeRun(): Promise<string> {
  await workspace.control.command({ user: rita, channel, command: "/patch", text: "cluster-a" });
  const card = await workspace.control.waitForMessage({
    channel,
    match: "Patch plan for cluster-a",
    timeoutMs: 20_000,
  });
  await workspace.control.click({ user: adam, channel, ts: card.ts, actionId: "run:approve", confirm: true });
  return messageText(
    await workspace.control.waitForMessage({ channel, match: /\*done\* – 83 of 83 steps/, timeoutMs: 90_000 }),
  );
}

test("with tokens, npm start is bot and worker in one process, in Socket Mode", async () => {
  await startBoth(defaultSeed, { SLACK_APP_TOKEN: "xapp-local-tuesday" });
  await workspace.control.waitForConnection({ appId: "A0TUESDAY" });

  expect(await wholeRun()).toContain("*done*");
  expect(await started.end("SIGTERM")).toBe(0);
});

test("in HTTP mode it takes signed requests, and refuses those with a wrong signature", async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/slack/events`;
  const apps = (defaultSeed.apps ?? []).map((app) => ({ ...app, mode: "http" as const, requestUrl: url }));
  const secret = { SLACK_MODE: "http", SLACK_HTTP_PORT: String(port), SLACK_SIGNING_SECRET: "local-signing-secret" };
  await startBoth({ ...defaultSeed, apps }, secret);

  const forged = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": String(Math.floor(Date.now() / 1000)),
      "x-slack-signature": `v0=${"0".repeat(64)}`,
    },
    body: `command=%2Fpatch&text=cluster-a&user_id=${rita}&channel_id=${channel}`,
  });

  expect(forged.status).toBe(401);
  expect(workspace.control.messages({ channel })).toEqual([]);
  expect(await wholeRun()).toContain("*done*");
});

test("refuses to start with half of the settings, naming every one that is missing and no value", async () => {
  const failed = await startRole([], { SLACK_BOT_TOKEN: "xoxb-very-secret", NODE_ENV: "production" }).catch(String);

  expect(failed).toMatch(/SLACK_APP_TOKEN[\s\S]*INVENTORY[\s\S]*REDIS_URL/);
  expect(failed).not.toContain("very-secret");
});
