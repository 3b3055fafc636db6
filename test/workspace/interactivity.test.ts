import type { BlockAction } from "@slack/bolt";
import { expect, it } from "vitest";
import { actions, button, CHANNEL, call, modal, socketApp, workspaceForTest } from "./support.ts";

const confirm = { title: { type: "plain_text", text: "Sure?" }, text: { type: "plain_text", text: "14 machines" } };

async function posted(
  workspace: Awaited<ReturnType<typeof workspaceForTest>>,
  blocks: readonly object[],
  rest: object = {},
): Promise<string> {
  const { body } = await call(workspace, "chat.postMessage", { channel: CHANNEL, text: "card", blocks, ...rest });
  return body.ts;
}

it("refuses to deliver a click on a button with a confirm dialog before it was confirmed", async () => {
  const workspace = await workspaceForTest();
  const pressed: string[] = [];
  await socketApp(workspace, (app) =>
    app.action("go", async ({ ack, body }) => {
      pressed.push(body.user.id);
      await ack();
    }),
  );
  const ts = await posted(workspace, [actions(button("go", "1", { confirm }))]);
  const click = { user: "U0ADAM", channel: CHANNEL, ts, actionId: "go" };

  const unasked = await workspace.control.click(click);
  const denied = await workspace.control.click({ ...click, confirm: false });
  expect([unasked, denied]).toEqual([
    expect.objectContaining({ ok: false, error: "confirm_required" }),
    expect.objectContaining({ ok: false, error: "confirm_required" }),
  ]);
  expect(pressed).toEqual([]);

  expect(await workspace.control.click({ ...click, confirm: true })).toEqual({ ok: true });
  expect(pressed).toEqual(["U0ADAM"]);
});

it("sends block_actions with everything Slack sends, metadata and state included", async () => {
  const workspace = await workspaceForTest();
  const bodies: BlockAction[] = [];
  await socketApp(workspace, (app) => {
    app.action(/.*/, async ({ ack, body }) => {
      await ack();
      if (body.type === "block_actions") bodies.push(body);
    });
  });
  const metadata = { event_type: "run", event_payload: { run_id: "r1" } };
  const option = (value: string) => ({ value, text: { type: "plain_text", text: value } });
  const when = { type: "static_select", action_id: "when", options: [option("now"), option("later")] };
  const root = await posted(workspace, [{ type: "divider" }]);
  const ts = await posted(workspace, [{ type: "actions", block_id: "buttons", elements: [button("go", "1"), when] }], {
    metadata,
    thread_ts: root,
  });

  await workspace.control.select({ user: "U0ADAM", channel: CHANNEL, ts, actionId: "when", value: "later" });
  await workspace.control.click({ user: "U0ADAM", channel: CHANNEL, ts, actionId: "go", value: "1" });

  expect(bodies).toHaveLength(2);
  expect(bodies[1]).toMatchObject({
    type: "block_actions",
    team: { id: "T0LOCAL" },
    user: { id: "U0ADAM" },
    api_app_id: "A0TUESDAY",
    trigger_id: expect.any(String),
    container: { type: "message", message_ts: ts, channel_id: CHANNEL, is_ephemeral: false, thread_ts: root },
    channel: { id: CHANNEL, name: "patching" },
    message: { ts, metadata, app_id: "A0TUESDAY" },
    response_url: expect.stringContaining("/hooks/"),
    state: { values: { buttons: { when: { type: "static_select", selected_option: { value: "later" } } } } },
    actions: [{ type: "button", action_id: "go", block_id: "buttons", value: "1", action_ts: expect.any(String) }],
  });
});

it("delivers a stale click on a picture that was edited since, and none on a picture that never was", async () => {
  const workspace = await workspaceForTest();
  const values: unknown[] = [];
  await socketApp(workspace, (app) =>
    app.action("go", async ({ ack, action }) => {
      await ack();
      values.push("value" in action ? action.value : undefined);
    }),
  );
  const ts = await posted(workspace, [actions(button("go", "v1"))]);
  await call(workspace, "chat.update", { channel: CHANNEL, ts, text: "done" });
  const click = { user: "U0ADAM", channel: CHANNEL, ts, actionId: "go" };

  expect(await workspace.control.click(click)).toMatchObject({ ok: false, error: "element_not_found" });
  expect(await workspace.control.click({ ...click, stale: 7 })).toMatchObject({
    ok: false,
    error: "version_not_found",
  });
  expect(await workspace.control.click({ ...click, stale: 1 })).toEqual({ ok: true });
  expect(values).toEqual(["v1"]);
});

it("refuses clicks of people who cannot see the message", async () => {
  const workspace = await workspaceForTest();
  await socketApp(workspace);
  const { body } = await call(workspace, "chat.postEphemeral", {
    channel: CHANNEL,
    user: "U0RITA",
    text: "x",
    blocks: [actions(button("go", "1"))],
  });
  const ts = await posted(workspace, [actions(button("go", "1"))]);

  expect(
    await workspace.control.click({ user: "U0SAM", channel: CHANNEL, ts: body.message_ts, actionId: "go" }),
  ).toMatchObject({ ok: false, error: "message_not_found" });
  expect(await workspace.control.click({ user: "U0GHOST", channel: CHANNEL, ts, actionId: "go" })).toMatchObject({
    ok: false,
    error: "not_in_channel",
  });
});

it("lets an ephemeral be pressed, replaced and deleted through its response_url", async () => {
  const workspace = await workspaceForTest();
  await socketApp(workspace, (app) => {
    app.action("change", async ({ ack, respond, body }) => {
      await ack();
      expect(body.type === "block_actions" && body.message).toBeUndefined();
      await respond({ replace_original: true, text: "changed", blocks: [actions(button("drop", "1"))] });
    });
    app.action("drop", async ({ ack, respond }) => {
      await ack();
      await respond({ delete_original: true });
    });
  });
  const blocks = [actions(button("change", "1"))];
  const { body } = await call(workspace, "chat.postEphemeral", {
    channel: CHANNEL,
    user: "U0RITA",
    text: "private",
    blocks,
  });
  const where = { user: "U0RITA", channel: CHANNEL, ts: body.message_ts };

  await workspace.control.click({ ...where, actionId: "change" });
  await workspace.control.waitForEphemeral({ user: "U0RITA", match: "changed" });
  await workspace.control.click({ ...where, actionId: "drop" });

  await expect.poll(() => workspace.control.ephemerals({ user: "U0RITA" })).toEqual([]);
});

it("takes five answers through a response_url, none after that, and none after half an hour", async () => {
  const workspace = await workspaceForTest();
  const urls: string[] = [];
  await socketApp(workspace, (app) =>
    app.command("/patch", async ({ ack, command }) => {
      urls.push(command.response_url);
      await ack();
    }),
  );
  const patch = { user: "U0RITA", channel: CHANNEL, command: "/patch" };
  await workspace.control.command(patch);
  await workspace.control.command(patch);
  const [first = "", second = ""] = urls;
  const answer = async (url: string, body: object = { text: "hi" }) => {
    const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
    return [response.status, await response.text()];
  };

  expect(await answer(first, { text: "x", blocks: [{ type: "fireworks" }] })).toEqual([
    400,
    expect.stringContaining("invalid_blocks"),
  ]);
  for (let n = 0; n < 4; n += 1) expect(await answer(first)).toEqual([200, "ok"]);
  expect(await answer(first)).toEqual([404, "expired_url"]);
  workspace.control.clock({ advanceMs: 30 * 60_000 + 1 });
  expect(await answer(second)).toEqual([404, "expired_url"]);
  expect(workspace.control.ephemerals({ user: "U0RITA" })).toHaveLength(4);
  expect(workspace.control.messages({ channel: CHANNEL })).toEqual([]);
});

it("gives a trigger three seconds and one use", async () => {
  const workspace = await workspaceForTest();
  const triggers: string[] = [];
  await socketApp(workspace, (app) =>
    app.command("/patch", async ({ ack, command }) => {
      triggers.push(command.trigger_id);
      await ack();
    }),
  );
  const patch = { user: "U0RITA", channel: CHANNEL, command: "/patch" };
  const open = async (trigger_id: string | undefined) =>
    (await call(workspace, "views.open", { trigger_id, view: modal() })).body;

  await workspace.control.command(patch);
  expect(await open(triggers[0])).toMatchObject({ ok: true, view: { callback_id: "form" } });
  expect((await open(triggers[0])).error).toBe("exchanged_trigger_id");
  expect((await open("13.guess")).error).toBe("invalid_trigger_id");
  await workspace.control.command(patch);
  workspace.control.clock({ advanceMs: 3_001 });
  expect((await open(triggers[1])).error).toBe("expired_trigger_id");
});

it("sends commands with all their fields, mentions escaped", async () => {
  const workspace = await workspaceForTest();
  const seen: object[] = [];
  await socketApp(workspace, (app) =>
    app.command("/patch", async ({ ack, command }) => {
      seen.push(command);
      await ack();
    }),
  );

  await workspace.control.command({
    user: "U0RITA",
    channel: CHANNEL,
    command: "/patch",
    text: "ask @adam in #general",
  });

  expect(seen).toEqual([
    {
      token: expect.any(String),
      command: "/patch",
      text: "ask <@U0ADAM|adam> in <#C0GENERAL|general>",
      response_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/hooks\//),
      trigger_id: expect.any(String),
      user_id: "U0RITA",
      user_name: "rita",
      team_id: "T0LOCAL",
      team_domain: "harbour-ops",
      channel_id: CHANNEL,
      channel_name: "patching",
      api_app_id: "A0TUESDAY",
      is_enterprise_install: "false",
    },
  ]);
});

it("refuses commands in threads and unknown commands with Slack's sentences", async () => {
  const workspace = await workspaceForTest();
  await socketApp(workspace);
  const ts = await posted(workspace, [{ type: "divider" }]);

  const inThread = await workspace.control.command({
    user: "U0RITA",
    channel: CHANNEL,
    command: "/patch",
    threadTs: ts,
  });
  const unknown = await workspace.control.command({ user: "U0RITA", channel: CHANNEL, command: "/deploy" });

  expect(inThread.responses[0]?.text).toBe("/patch is not supported in threads. Sorry!");
  expect(unknown.responses[0]?.text).toContain("/deploy is not a valid command.");
  expect(workspace.control.transcript().filter((record) => record.kind === "delivery")).toEqual([]);
});
