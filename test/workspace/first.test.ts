import { expect, it } from "vitest";
import { startWorkspace } from "../../src/workspace/index.ts";
import { startBoltApp } from "./bolt-app.ts";

it("carries a slash command to a bolt app and its answers back", async () => {
  const w = await startWorkspace();
  const app = await startBoltApp(w, (a) => {
    a.command("/patch", async ({ ack, client, command, respond }) => {
      await ack();
      await respond("Planning…");
      await client.chat.postMessage({
        channel: command.channel_id,
        text: `plan for ${command.text}`,
        blocks: [
          {
            type: "actions",
            elements: [{ type: "button", text: { type: "plain_text", text: "Go" }, action_id: "go", value: "1" }],
          },
        ],
      });
    });
    a.action("go", async ({ ack, body, client }) => {
      await ack();
      if (body.type !== "block_actions" || body.message === undefined || body.channel === undefined)
        throw new Error("no message");
      await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: `gone by ${body.user.id}` });
    });
  });
  const r = await w.control.command({ user: "U0RITA", channel: "C0PATCHING", command: "/patch", text: "cluster-a" });
  expect(r.ok).toBe(true);
  const m = await w.control.waitForMessage({ channel: "C0PATCHING", match: "plan for cluster-a" });
  await w.control.waitForEphemeral({ user: "U0RITA", match: "Planning" });
  expect(await w.control.click({ user: "U0ADAM", channel: "C0PATCHING", ts: m.ts, actionId: "go" })).toEqual({
    ok: true,
  });
  const u = await w.control.waitForUpdate({ channel: "C0PATCHING", ts: m.ts });
  expect(u.text).toBe("gone by U0ADAM");
  expect(u.blocks).toBeUndefined();
  await app.stop();
  await w.close();
});
