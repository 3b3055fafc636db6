import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startWorkspace } from "../../src/workspace/index.ts";
import { CHANNEL, call, workspaceForTest } from "./support.ts";

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "workspace-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

it("is after a restart as it was, and old messages can be edited", async () => {
  const dataFile = join(await emptyFolder(), "workspace.json");
  const before = await startWorkspace({ dataFile });
  // Timestamps ahead of the real time: the counter itself must survive, not only the clock.
  before.control.clock({ advanceMs: 3_600_000 });
  const root = (
    await call(before, "chat.postMessage", {
      channel: CHANNEL,
      text: "root",
      metadata: { event_type: "run", event_payload: { id: "r1" } },
    })
  ).body.ts;
  await call(before, "chat.postMessage", { channel: CHANNEL, text: "reply", thread_ts: root });
  await call(before, "chat.postEphemeral", { channel: CHANNEL, user: "U0RITA", text: "psst" });
  const direct = (await call(before, "conversations.open", { users: "U0RITA" })).body.channel.id;
  const shown = before.control.messages({ channel: CHANNEL, threadTs: root });
  await before.close();

  const after = await workspaceForTest({ dataFile });

  expect(after.control.messages({ channel: CHANNEL, threadTs: root })).toEqual(shown);
  expect(after.control.ephemerals({ user: "U0RITA" })).toEqual([]);
  expect((await call(after, "chat.update", { channel: CHANNEL, ts: root, text: "edited" })).body.ok).toBe(true);
  expect((await call(after, "conversations.open", { users: "U0RITA" })).body.channel.id).toBe(direct);
  const later = (await call(after, "chat.postMessage", { channel: CHANNEL, text: "later" })).body.ts;
  expect(later > root).toBe(true);
});

it("saves while running, not only at the end", async () => {
  const dataFile = join(await emptyFolder(), "workspace.json");
  const workspace = await workspaceForTest({ dataFile });

  workspace.control.say({ user: "U0RITA", channel: CHANNEL, text: "kept" });

  await expect.poll(() => readFile(dataFile, "utf8").catch(() => "")).toContain("kept");
});

it("refuses a data file that is not its own and leaves it as it is", async () => {
  const dataFile = join(await emptyFolder(), "notes.json");
  await writeFile(dataFile, '{"mine":true}');

  await expect(startWorkspace({ dataFile })).rejects.toThrow("is not a saved local workspace");

  expect(await readFile(dataFile, "utf8")).toBe('{"mine":true}');
});
