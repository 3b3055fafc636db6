// Takes the README's pictures: starts the try-out on ports and in a folder of its own, acts as Rita and
// Adam through the control API, makes one guest fail, and photographs the page with headless Chromium.
// Run it with `npm run pictures`; it needs Chromium (/usr/bin/chromium or CHROMIUM).
import { fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tuesday-pictures-"));
const estate = "http://127.0.0.1:3197";
const page = "http://127.0.0.1:3097";
const channel = "C0PATCHING";

const inventory = join(folder, "inventory.yaml");
const yaml = readFileSync(join(root, "docs/examples/try-out.yaml"), "utf8");
writeFileSync(inventory, yaml.replaceAll("http://127.0.0.1:3100", estate));

const tryOut = fork(join(root, "dist/src/main.js"), [], {
  cwd: folder,
  stdio: ["ignore", "ignore", "inherit", "ipc"],
  env: {
    ...process.env,
    INVENTORY: inventory,
    DATA_DIR: join(folder, "data"),
    WORKSPACE_PORT: "3097",
    ESTATE_RATE: "600",
  },
});
await new Promise((resolve, reject) => {
  tryOut.once("message", resolve);
  tryOut.once("exit", () => reject(new Error("the try-out did not start")));
});
const { token } = JSON.parse(readFileSync(join(folder, "data/try-out/control.json"), "utf8"));

async function control(verb, body) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const answer = await fetch(`${page}/_control/${verb}`, { method: "POST", headers, body: JSON.stringify(body) });
  return (await answer.json()).result;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
});

/** A picture of the channel after `prepare` has scrolled or opened what should be seen. */
async function photograph(name, prepare) {
  const tab = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  await tab.goto(page);
  await tab.getByText("Tuesday").first().waitFor();
  await prepare(tab);
  await tab.screenshot({ path: join(root, "docs/pictures", name) });
  await tab.close();
}

try {
  await fetch(`${estate}/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      kind: "unhealthy",
      match: { machine: "web-1" },
      after: "patch",
      message: "nginx does not answer on port 443",
    }),
  });
  await control("command", { user: "U0RITA", channel, command: "/patch", text: "cluster-a" });
  const card = await control("waitForMessage", { channel, match: "Patch plan for cluster-a", timeoutMs: 30_000 });
  await photograph("plan.png", (tab) => tab.getByText("Patch plan for cluster-a").first().scrollIntoViewIfNeeded());
  await control("click", { user: "U0ADAM", channel, ts: card.ts, actionId: "run:approve", confirm: true });
  await control("waitForMessage", { channel, match: "*db-1* goes down", timeoutMs: 60_000 }).catch(() => null);
  await photograph("run.png", (tab) => tab.getByText("Patching cluster-a").first().scrollIntoViewIfNeeded());
  await control("waitForMessage", { channel, match: "needs an answer", timeoutMs: 120_000 });
  await photograph("prompt.png", (tab) => tab.getByText("If nobody answers").first().scrollIntoViewIfNeeded());
} finally {
  await browser.close();
  tryOut.kill("SIGTERM");
  await new Promise((resolve) => tryOut.once("exit", resolve));
  rmSync(folder, { recursive: true, force: true });
}
