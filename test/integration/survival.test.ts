import { afterEach, describe, expect, test } from "vitest";
import type { LogEntry } from "../../src/lab/index.ts";
import { findServer } from "../../src/redis/find-server.ts";
import { heard, inThread, patch, planned, press, told, words } from "../support/conversation.ts";
import { adam, channel, type Installation, install, olga, rita } from "../support/installation.ts";
import { redisOutage } from "../support/redis-outage.ts";

const noRedis = (await findServer(process.env.PATH ?? "")) === null;
const durable = noRedis ? " [skipped: no redis-server or valkey-server on this machine]" : "";

let tuesday: Installation;
afterEach(() => tuesday.close());

const begun = (): readonly LogEntry[] => tuesday.estate.world.log().filter((entry) => entry.event === "begun");

/** Waits until the world itself sees an act under way: cards may be late while workers die. */
async function worldSees(act: string, machine: string) {
  const seen = () =>
    begun().some((entry) => entry.act?.do === act && JSON.stringify(entry.act).includes(`"${machine}"`));
  await expect.poll(seen, { timeout: 90_000, interval: 20 }).toBe(true);
}

async function start() {
  const card = await planned(tuesday, rita, "cluster-a");
  await press(tuesday, adam, card, "run:approve");
  return heard(tuesday, "Patching cluster-a");
}

/** Every act once, in the world's own log, and nothing left down or switched off. */
function expectWholeAndOnce() {
  const state = tuesday.estate.world.state();
  const acts = begun().map((entry) => JSON.stringify(entry.act));
  const repeatable = ["set-switch", "check-health", "enter-maintenance", "leave-maintenance"];
  const once = begun()
    .filter((entry) => !repeatable.includes(entry.act?.do ?? ""))
    .map((entry) => `${entry.tag}`);
  expect(new Set(once).size).toBe(once.length);
  expect(acts.length).toBeGreaterThanOrEqual(83);
  expect(Object.values(state.vms).filter((vm) => vm.power === "off")).toEqual([]);
  expect(Object.values(state.hosts).filter((host) => host.maintenance)).toEqual([]);
  expect(
    Object.values(state.pools)
      .flatMap((pool) => pool.switches)
      .filter((one) => !one.on),
  ).toEqual([]);
}

describe("workers that die", () => {
  test("kill -9 again and again in the middle of steps: the run goes on by itself, no step is done twice", async () => {
    tuesday = await install({ rate: 600, workers: 2 });
    const run = await start();
    const moments = [
      ["patch", "esx-1"],
      ["reboot", "esx-2"],
      ["migrate", "db-1"],
      ["patch", "xen-2"],
    ] as const;
    for (const [act, machine] of moments) {
      await worldSees(act, machine);
      await Promise.all(tuesday.workers.splice(0).map((worker) => worker.end("SIGKILL")));
      await Promise.all([tuesday.startWorker(), tuesday.startWorker()]);
    }

    await inThread(tuesday, run.ts, "cluster-a: done", 120_000);

    expectWholeAndOnce();
  }, 240_000);

  test("a frozen worker that wakes up after its lock is gone does nothing any more", async () => {
    tuesday = await install({ rate: 600 });
    const run = await start();
    await worldSees("patch", "esx-1");
    const [zombie] = tuesday.workers;

    zombie?.signal("SIGSTOP");
    await tuesday.startWorker();
    await worldSees("reboot", "esx-2");
    zombie?.signal("SIGCONT");
    await inThread(tuesday, run.ts, "cluster-a: done", 120_000);

    expectWholeAndOnce();
  }, 180_000);

  test("SIGTERM hands the run over at once", async () => {
    tuesday = await install({
      rate: 600,
      workers: 2,
      env: { LOCK_DURATION_MS: "30000", STALLED_INTERVAL_MS: "20000" },
    });
    const run = await start();
    await worldSees("patch", "esx-1");

    // Code 0: it handed the run back; a process that only gave up waiting ends with 1.
    const codes = await Promise.all(tuesday.workers.splice(0, 1).map((worker) => worker.end("SIGTERM")));

    expect(codes).toEqual([0]);
    expect(await inThread(tuesday, run.ts, "cluster-a: done", 90_000)).toBeTruthy();
    expectWholeAndOnce();
  }, 180_000);
});

describe.skipIf(noRedis)(`Redis goes away${durable}`, () => {
  test("for 20 s in mid-run: people are told, nothing is lost, and the run goes on", async () => {
    tuesday = await install({ rate: 300 });
    const run = await start();
    await worldSees("patch", "esx-1");

    const outage = redisOutage(tuesday.folder, 20_000);
    const asked = patch(tuesday, rita, "pause cluster-a");
    await told(tuesday, rita, "store does not answer");
    await asked;
    const redis = await outage;
    await inThread(tuesday, run.ts, "cluster-a: done", 180_000);
    redis.stop();

    expectWholeAndOnce();
  }, 300_000);
});

describe("Slack misbehaves", () => {
  test("429 and 500 on every method for a while: each message is there once, in the end", async () => {
    tuesday = await install();
    const { control } = tuesday.workspace;
    for (const method of ["chat.postMessage", "chat.update"]) {
      control.faults({ method, kind: "429", count: 2, retryAfter: 1 });
      control.faults({ method, kind: "500", count: 3 });
    }
    const card = await planned(tuesday, rita, "cluster-a");
    control.faults({ method: "chat.postMessage", kind: "reply_lost", count: 1 });
    await press(tuesday, adam, card, "run:approve");
    const run = await heard(tuesday, "Patching cluster-a", 60_000);

    await inThread(tuesday, run.ts, "cluster-a: done", 120_000);

    const texts = control.messages({ channel }).map((message) => message.text);
    expect(texts.filter((text) => text?.startsWith("Patch plan"))).toHaveLength(1);
    expect(texts.filter((text) => text?.includes("83 of 83"))).toHaveLength(1);
    expectWholeAndOnce();
  }, 180_000);

  test("while Slack takes no message, no VM goes down unannounced", async () => {
    tuesday = await install();
    const card = await planned(tuesday, rita, "cluster-a");
    tuesday.workspace.control.faults({ method: "chat.postMessage", kind: "500", count: 1_000 });
    await press(tuesday, adam, card, "run:approve");
    const ended = () => tuesday.estate.world.log().filter((entry) => entry.event === "done").length;
    await expect.poll(ended, { timeout: 30_000 }).toBe(2);

    const reboots = () => begun().filter((entry) => entry.act?.do === "reboot");
    await patch(tuesday, rita, "status cluster-a");
    await told(tuesday, rita, /\*cluster-a\*: running, [12] of 83/, 30_000);
    expect(reboots()).toEqual([]);
    tuesday.workspace.control.clearFaults();

    await expect.poll(() => reboots().length, { timeout: 60_000 }).toBeGreaterThan(0);
  }, 120_000);
});

describe("people at the same moment, and bots that restart", () => {
  test("two approvers press at once: one approval counts, the other is told so, one run starts", async () => {
    tuesday = await install({ bots: 2 });
    const card = await planned(tuesday, rita, "cluster-a");

    await Promise.all([press(tuesday, adam, card, "run:approve"), press(tuesday, olga, card, "run:approve")]);
    const run = await heard(tuesday, "Patching cluster-a");
    await inThread(tuesday, run.ts, "cluster-a: done", 120_000);

    const answers = [adam, olga].flatMap((user) => tuesday.workspace.control.ephemerals({ user }).map(words));
    expect(answers.filter((text) => text.includes("Already approved by"))).toHaveLength(1);
    expectWholeAndOnce();
  }, 180_000);

  test("a button pressed while the bot restarts is told as failed; the same button works afterwards", async () => {
    tuesday = await install();
    const card = await planned(tuesday, rita, "cluster-a");
    await Promise.all(tuesday.bots.splice(0).map((bot) => bot.end("SIGKILL")));

    const lost = await press(tuesday, adam, card, "run:approve");
    await tuesday.startBot();
    const again = await press(tuesday, adam, card, "run:approve");

    expect(lost.ok).toBe(false);
    expect(again.ok).toBe(true);
    expect(await heard(tuesday, "Patching cluster-a")).toBeTruthy();
  });
});
