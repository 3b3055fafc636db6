import { afterEach, describe, expect, test } from "vitest";
import type { WorkspaceMessage } from "../../src/workspace/index.ts";
import { heard, inThread, patch, planned, press, told, words } from "../support/conversation.ts";
import { adam, type Installation, install, rita, sam } from "../support/installation.ts";

let tuesday: Installation;
afterEach(() => tuesday.close());

/** Asks, approves, and waits until the run needs an answer. */
async function runUntilAsked(): Promise<{ readonly run: WorkspaceMessage; readonly prompt: WorkspaceMessage }> {
  const card = await planned(tuesday, rita, "cluster-a");
  await press(tuesday, adam, card, "run:approve");
  const run = await heard(tuesday, "Patching cluster-a");
  const prompt = await inThread(tuesday, run.ts, "needs an answer", 60_000);
  return { run, prompt };
}

const world = () => tuesday.estate.world;
const vm = (name: string) => world().state().vms[name];
const host = (name: string) => world().state().hosts[name];
const switchesOff = () =>
  Object.values(world().state().pools)
    .flatMap((pool) => pool.switches)
    .filter((one) => !one.on);

describe("a failed health check asks before anything else happens", () => {
  test("roll back reverts the guest to its snapshot, removes it, and ends as rolled back", async () => {
    tuesday = await install();
    world().inject({
      kind: "unhealthy",
      match: { machine: "web-1" },
      after: "patch",
      message: "nginx does not answer",
    });
    const before = { ...vm("web-1")?.installed };
    const { run, prompt } = await runUntilAsked();
    expect(words(prompt)).toContain("nginx does not answer");
    expect(words(prompt)).toMatch(/Rolling back would.*revert web-1 to snapshot/s);
    expect(words(prompt)).toContain("everything written on web-1 since the snapshot");
    expect(words(prompt)).toMatch(/If nobody answers.*the run holds/s);

    await press(tuesday, rita, prompt, "prompt:roll-back");
    const summary = await inThread(tuesday, run.ts, "cluster-a: rolled back", 60_000);

    const warning = await inThread(tuesday, run.ts, "*web-1* goes down now");
    expect(words(warning)).toContain(`owner <@${rita}>`);
    expect(vm("web-1")?.installed).toEqual(before);
    expect(vm("web-1")?.snapshots).toEqual([]);
    expect(switchesOff()).toEqual([]);
    expect(words(summary)).toMatch(/not \(fully\) patched: .*web-1/);
    expect(words(await inThread(tuesday, run.ts, "This question is closed"))).not.toContain("[Roll back]");
  });

  test("leave as is keeps the host in maintenance for a person, and puts everything else back", async () => {
    tuesday = await install();
    world().inject({ kind: "unhealthy", match: { machine: "xen-2" }, after: "patch", message: "storage is missing" });
    const { run, prompt } = await runUntilAsked();
    expect(words(prompt)).toContain("No automatic way back");
    expect(words(prompt)).not.toContain("[Roll back]");

    await press(tuesday, rita, prompt, "prompt:stop");
    const summary = await inThread(tuesday, run.ts, "cluster-a: stopped", 60_000);

    expect(host("xen-2")?.maintenance).toBe(true);
    expect(switchesOff()).toEqual([]);
    expect(words(summary)).toMatch(/\*xen-2\* is left for a person: take xen-2 out of maintenance/);
  });

  test("retry does the step again and goes on to the end", async () => {
    tuesday = await install();
    world().inject({
      kind: "fail-task",
      match: { do: "migrate", machine: "db-1" },
      count: 1,
      code: "migration-failed",
      message: "the link broke",
    });
    const { run, prompt } = await runUntilAsked();
    expect(words(prompt)).toContain("the link broke");

    await press(tuesday, adam, prompt, "prompt:retry");

    expect(await inThread(tuesday, run.ts, "cluster-a: done", 120_000)).toBeTruthy();
  });

  test("refuses answers of strangers and of a question that has been answered", async () => {
    tuesday = await install();
    world().inject({ kind: "unhealthy", match: { machine: "web-2" }, after: "patch" });
    const { run, prompt } = await runUntilAsked();

    await press(tuesday, sam, prompt, "prompt:roll-back");
    expect(words(await told(tuesday, sam, "Only members of operators"))).toContain("ask somebody in operators");
    await press(tuesday, rita, prompt, "prompt:stop");
    await inThread(tuesday, run.ts, "cluster-a: stopped", 60_000);
    await tuesday.workspace.control.click({
      user: adam,
      channel: "C0PATCHING",
      ts: prompt.ts,
      actionId: "prompt:roll-back",
      confirm: true,
      stale: 1,
    });

    expect(words(await told(tuesday, adam, "has ended (stopped)"))).toBeTruthy();
    expect(
      world()
        .log()
        .some((entry) => entry.act?.do === "revert-snapshot"),
    ).toBe(false);
  });

  test("nobody answers: the run holds, goes no further, and the buttons still work", async () => {
    tuesday = await install({ inventory: (yaml) => yaml.replace("promptMinutes: 30", "promptMinutes: 0.02") });
    world().inject({ kind: "unhealthy", match: { machine: "esx-1" }, after: "patch" });
    const { run } = await runUntilAsked();

    const held = await inThread(tuesday, run.ts, "Nobody did. The run holds");
    expect(
      world()
        .log()
        .filter((entry) => entry.event === "begun")
        .at(-1)?.act?.do,
    ).toBe("check-health");
    expect(words(await told(tuesday, rita, "Planning", 5_000))).toBeTruthy();
    await patch(tuesday, rita, "cluster-a");
    expect(words(await told(tuesday, rita, "has a run under way"))).toContain("/patch status cluster-a");
    await press(tuesday, rita, held, "prompt:stop");

    expect(await inThread(tuesday, run.ts, "cluster-a: stopped", 60_000)).toBeTruthy();
  });
});

describe("pause, resume, abort", () => {
  test("pause lets the step end and starts no other; resume goes on; abort puts everything back", async () => {
    tuesday = await install({ rate: 600 });
    const card = await planned(tuesday, rita, "cluster-a");
    await press(tuesday, adam, card, "run:approve");
    const run = await heard(tuesday, /Now: install 3 patches on esx-1/, 60_000);

    await patch(tuesday, rita, "pause cluster-a");
    await heard(tuesday, /\*paused\*/);
    const begun = world()
      .log()
      .filter((entry) => entry.event === "begun").length;
    await told(tuesday, rita, "Pausing");
    await patch(tuesday, rita, "status cluster-a");
    await told(tuesday, rita, /\*cluster-a\*: paused/);
    expect(
      world()
        .log()
        .filter((entry) => entry.event === "begun"),
    ).toHaveLength(begun);

    await patch(tuesday, rita, "resume cluster-a");
    await heard(tuesday, /Now: reboot esx-1|Now: check the health of esx-1/, 30_000);
    await patch(tuesday, adam, "abort cluster-a");
    const summary = await inThread(tuesday, run.ts, "cluster-a: aborted", 60_000);

    expect(host("esx-1")?.maintenance).toBe(false);
    expect(switchesOff()).toEqual([]);
    expect(words(summary)).toContain(`aborting, as <@${adam}> asked`);
  });
});

describe("the facts change between plan and approval", () => {
  test("refuses to run the old plan: it is superseded, and a fresh plan is posted", async () => {
    tuesday = await install();
    const card = await planned(tuesday, rita, "cluster-a");
    world().inject({ kind: "new-patch", match: { machine: "web-1" } });

    await press(tuesday, adam, card, "run:approve");
    const old = await tuesday.workspace.control.waitForUpdate({
      channel: "C0PATCHING",
      ts: card.ts,
      match: (m) => words(m).includes("the facts changed"),
    });
    const fresh = await tuesday.workspace.control.waitForMessage({
      channel: "C0PATCHING",
      match: (m) => m.ts !== card.ts && words(m).includes("Patch plan for cluster-a"),
      timeoutMs: 20_000,
    });

    expect(words(old)).not.toContain("[Approve]");
    expect(words(fresh)).toContain("[Approve]");
    expect(
      world()
        .log()
        .filter((entry) => entry.event === "begun"),
    ).toEqual([]);
  });
});
