import { expect, it } from "vitest";
import { defaultSeed } from "../../src/workspace/index.ts";
import { APP_TOKEN, actions, BOT_TOKEN, button, CHANNEL, call, socketApp, workspaceForTest } from "./support.ts";

it.each([
  ["no token", "chat.postMessage", "", "not_authed"],
  ["an unknown token", "chat.postMessage", "xoxb-guess", "invalid_auth"],
  ["the app token for a bot method", "chat.postMessage", APP_TOKEN, "not_allowed_token_type"],
  ["the bot token for apps.connections.open", "apps.connections.open", BOT_TOKEN, "not_allowed_token_type"],
])("refuses %s", async (_what, method, token, error) => {
  const workspace = await workspaceForTest();

  const { status, body } = await call(workspace, method, { channel: CHANNEL, text: "hello" }, token);

  expect([status, body]).toEqual([200, { ok: false, error }]);
  expect(workspace.control.messages({ channel: CHANNEL })).toEqual([]);
});

it("refuses a token from the moment it is revoked, and takes it again after reset", async () => {
  const workspace = await workspaceForTest();

  expect((await call(workspace, "auth.test", {})).body).toMatchObject({ ok: true, user_id: "U0TUESDAY" });
  expect(workspace.control.revokeToken({ token: BOT_TOKEN })).toBe(true);
  expect((await call(workspace, "auth.test", {})).body.error).toBe("invalid_auth");
  workspace.control.reset();
  expect((await call(workspace, "auth.test", {})).body.ok).toBe(true);
});

it("refuses a method it does not have and records the attempt", async () => {
  const workspace = await workspaceForTest();

  const { status, body } = await call(workspace, "files.upload", {});

  expect([status, body]).toEqual([200, { ok: false, error: "unknown_method", req_method: "files.upload" }]);
  expect(workspace.control.transcript().at(-1)).toMatchObject({ name: "files.upload", error: "unknown_method" });
});

it("takes forms in which blocks and metadata are JSON text", async () => {
  const workspace = await workspaceForTest();
  const metadata = { event_type: "run", event_payload: { run_id: "r1" } };
  const body = new URLSearchParams({
    token: BOT_TOKEN,
    channel: CHANNEL,
    blocks: JSON.stringify([{ type: "divider" }]),
    metadata: JSON.stringify(metadata),
  });

  await fetch(`${workspace.apiUrl}chat.postMessage`, { method: "POST", body });

  const [message] = workspace.control.messages({ channel: CHANNEL });
  expect(message?.blocks).toEqual([{ type: "divider", block_id: expect.any(String) }]);
  expect(message?.metadata).toEqual(metadata);
});

it("edits like Slack: text alone removes blocks, metadata stays, blocks leave no (edited) mark", async () => {
  const workspace = await workspaceForTest();
  const metadata = { event_type: "run", event_payload: { run_id: "r1" } };
  const first = await call(workspace, "chat.postMessage", {
    channel: CHANNEL,
    text: "a",
    blocks: [actions(button("go", "1"))],
    metadata,
  });
  const { ts } = first.body;

  await call(workspace, "chat.update", { channel: CHANNEL, ts, text: "b", blocks: [{ type: "divider" }] });
  const [withBlocks] = workspace.control.messages({ channel: CHANNEL });
  await call(workspace, "chat.update", { channel: CHANNEL, ts, text: "c" });
  const [plain] = workspace.control.messages({ channel: CHANNEL });

  expect(withBlocks).toMatchObject({ text: "b", version: 2, metadata });
  expect(withBlocks?.edited).toBeUndefined();
  expect(plain).toMatchObject({ text: "c", version: 3, metadata, edited: { user: "U0TUESDAY" } });
  expect(plain?.blocks).toBeUndefined();
});

it("refuses to edit messages that are not the app's own, unknown or ephemeral", async () => {
  const workspace = await workspaceForTest();
  const said = workspace.control.say({ user: "U0RITA", channel: CHANNEL, text: "mine" });
  if (!said.ok) throw new Error(said.error);
  const { body } = await call(workspace, "chat.postEphemeral", { channel: CHANNEL, user: "U0RITA", text: "psst" });
  const update = async (ts: string) =>
    (await call(workspace, "chat.update", { channel: CHANNEL, ts, text: "x" })).body.error;

  expect(await update(said.message.ts)).toBe("cant_update_message");
  expect(await update("1.000001")).toBe("message_not_found");
  expect(await update(body.message_ts)).toBe("message_not_found");
  expect((await call(workspace, "chat.postMessage", { channel: "C0NOWHERE", text: "x" })).body.error).toBe(
    "channel_not_found",
  );
  expect((await call(workspace, "chat.postMessage", { channel: CHANNEL })).body.error).toBe("no_text");
});

it("keeps ephemerals out of history and from people outside the channel", async () => {
  const workspace = await workspaceForTest();

  await call(workspace, "chat.postEphemeral", { channel: CHANNEL, user: "U0RITA", text: "psst" });
  const stranger = await call(workspace, "chat.postEphemeral", { channel: CHANNEL, user: "U0NOBODY", text: "psst" });
  const history = await call(workspace, "conversations.history", { channel: CHANNEL });

  expect(stranger.body.error).toBe("user_not_in_channel");
  expect(history.body.messages).toEqual([]);
  expect(workspace.control.ephemerals({ user: "U0RITA" }).map((message) => message.text)).toEqual(["psst"]);
});

it("shows history newest first without replies, threads oldest first, broadcasts in both, by cursors", async () => {
  const workspace = await workspaceForTest();
  const post = async (args: object) =>
    (await call(workspace, "chat.postMessage", { channel: CHANNEL, ...args })).body.ts;
  const root = await post({ text: "root", metadata: { event_type: "run", event_payload: { id: 1 } } });
  await post({ text: "quiet reply", thread_ts: root });
  const loud = await post({ text: "loud reply", thread_ts: root, reply_broadcast: true });
  await post({ text: "reply to a reply", thread_ts: loud });
  await post({ text: "last" });
  const texts = (body: { messages: { text: string }[] }) => body.messages.map((message) => message.text);

  const page1 = (await call(workspace, "conversations.history", { channel: CHANNEL, limit: 2 })).body;
  const cursor = page1.response_metadata.next_cursor;
  const page2 = (
    await call(workspace, "conversations.history", { channel: CHANNEL, limit: 2, cursor, include_all_metadata: true })
  ).body;
  const thread = (await call(workspace, "conversations.replies", { channel: CHANNEL, ts: root })).body;

  expect([texts(page1), page1.has_more]).toEqual([["last", "loud reply"], true]);
  expect(page1.messages[1].subtype).toBe("thread_broadcast");
  expect([texts(page2), page2.has_more]).toEqual([["root"], false]);
  expect(page2.messages[0]).toMatchObject({
    reply_count: 3,
    latest_reply: expect.any(String),
    metadata: { event_type: "run" },
  });
  expect(texts(thread)).toEqual(["root", "quiet reply", "loud reply", "reply to a reply"]);
  expect(thread.messages[0].metadata).toBeUndefined();
  const newer = (await call(workspace, "conversations.replies", { channel: CHANNEL, ts: root, oldest: loud })).body;
  expect(texts(newer)).toEqual(["root", "reply to a reply"]);
  expect((await call(workspace, "conversations.history", { channel: CHANNEL, cursor: "bogus" })).body.error).toBe(
    "invalid_cursor",
  );
});

it("knows people, groups and channels as the seed has them", async () => {
  const workspace = await workspaceForTest();

  const approvers = await call(workspace, "usergroups.users.list", { usergroup: "S0APPROVERS" });
  const unknown = await call(workspace, "usergroups.users.list", { usergroup: "S0GHOST" });
  const rita = await call(workspace, "users.info", { user: "U0RITA" });
  const members = await call(workspace, "conversations.members", { channel: CHANNEL });
  const direct = await call(workspace, "conversations.open", { users: "U0RITA" });
  const again = await call(workspace, "chat.postMessage", { channel: "U0RITA", text: "hello" });

  expect(approvers.body.users).toEqual(["U0ADAM", "U0OLGA"]);
  expect(unknown.body.error).toBe("no_such_subteam");
  expect(rita.body.user).toMatchObject({ real_name: "Rita Okafor", is_bot: false });
  expect(members.body.members).toContain("U0TUESDAY");
  expect(again.body.channel).toBe(direct.body.channel.id);
});

it("answers 429 with whole seconds, per channel for posts, and the real client waits and loses nothing", async () => {
  const workspace = await workspaceForTest();
  const app = await socketApp(workspace);
  const raw = [];
  for (let n = 0; n < 6; n += 1)
    raw.push(await call(workspace, "chat.postMessage", { channel: "C0GENERAL", text: `${n}` }));

  expect(raw.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 429]);
  expect(raw[5]?.headers.get("retry-after")).toBe("1");
  expect(raw[5]?.body).toEqual({ ok: false, error: "ratelimited" });

  expect((await call(workspace, "chat.postMessage", { channel: CHANNEL, text: "another channel" })).status).toBe(200);
  await Promise.all(
    Array.from({ length: 6 }, (_, n) => app.client.chat.postMessage({ channel: CHANNEL, text: `m${n}` })),
  );
  expect(workspace.control.messages({ channel: CHANNEL })).toHaveLength(7);
});

it("lets buckets fill again with the virtual clock, and does not limit when told so", async () => {
  const limited = await workspaceForTest();
  const free = await workspaceForTest({ rateLimits: false });
  const list = async (workspace: typeof free, times: number) => {
    const statuses = [];
    for (let n = 0; n < times; n += 1) statuses.push((await call(workspace, "usergroups.list", {})).status);
    return statuses.filter((status) => status === 429).length;
  };

  expect(await list(limited, 21)).toBe(1);
  limited.control.clock({ advanceMs: 60_000 });
  expect(await list(limited, 20)).toBe(0);
  expect(await list(free, 40)).toBe(0);
});

it("runs several workspaces side by side with their own apps", async () => {
  const [tuesday] = defaultSeed.apps ?? [];
  if (tuesday === undefined) throw new Error("no app in the default seed");
  const wednesday = {
    ...tuesday,
    id: "A0WED",
    name: "Wednesday",
    botUser: "U0WED",
    botToken: "xoxb-wed",
    appToken: "xapp-wed",
    commands: [],
  };
  const one = await workspaceForTest();
  const two = await workspaceForTest({ seed: { ...defaultSeed, apps: [tuesday, wednesday] } });

  const { body } = await call(two, "chat.postMessage", { channel: CHANNEL, text: "hi" }, "xoxb-wed");
  const foreign = await call(two, "chat.update", { channel: CHANNEL, ts: body.ts, text: "mine now" });

  expect(body.message).toMatchObject({ app_id: "A0WED", user: "U0WED" });
  expect(foreign.body.error).toBe("cant_update_message");
  expect((await call(one, "auth.test", {}, "xoxb-wed")).body.error).toBe("invalid_auth");
});

it("gives every message a later timestamp than the one before", async () => {
  const workspace = await workspaceForTest({ rateLimits: false });

  for (let n = 0; n < 50; n += 1) workspace.control.say({ user: "U0RITA", channel: CHANNEL, text: `${n}` });

  const newestFirst = workspace.control.messages({ channel: CHANNEL });
  const stamps = newestFirst.map((message) => message.ts);
  expect(new Set(stamps).size).toBe(50);
  expect([...stamps].sort().reverse()).toEqual(stamps);
  expect(newestFirst[0]?.text).toBe("49");
});
