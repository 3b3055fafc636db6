import { expect, it } from "vitest";
import type { Workspace } from "../../src/workspace/index.ts";
import { actions, button, CHANNEL, call, socketApp, workspaceForTest } from "./support.ts";

async function control(workspace: Workspace, verb: string, input: object = {}, token = workspace.controlToken) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(`${workspace.url}/_control/${verb}`, {
    method: "POST",
    headers,
    body: JSON.stringify(input),
  });
  return { status: response.status, text: await response.text() };
}

it("plays a whole scene over HTTP", async () => {
  const workspace = await workspaceForTest();
  await socketApp(workspace, (app) => {
    app.command("/patch", async ({ ack, say }) => {
      await ack();
      await say({ text: "card", blocks: [actions(button("go", "1"))] });
    });
    app.action("go", async ({ ack, respond }) => {
      await ack();
      await respond({ text: "pressed", replace_original: false });
    });
  });
  const json = async (verb: string, input: object) => JSON.parse((await control(workspace, verb, input)).text);

  expect(await json("command", { user: "U0RITA", channel: CHANNEL, command: "/patch", text: "x" })).toEqual({
    ok: true,
    responses: [],
  });
  const { result: card } = await json("waitForMessage", { channel: CHANNEL, matchRegex: "^ca.d" });
  expect(await json("click", { user: "U0ADAM", channel: CHANNEL, ts: card.ts, actionId: "go" })).toEqual({ ok: true });
  expect(await json("waitForEphemeral", { user: "U0ADAM", match: "pressed" })).toMatchObject({
    ok: true,
    result: { text: "pressed" },
  });
});

it("refuses requests without the control token, unknown verbs and wrong input", async () => {
  const workspace = await workspaceForTest();

  expect((await control(workspace, "reset", {}, "guess")).status).toBe(401);
  expect(JSON.parse((await control(workspace, "constructor")).text)).toMatchObject({
    ok: false,
    error: "unknown_verb",
  });
  expect(JSON.parse((await control(workspace, "say", { user: "U0RITA", chanel: "x" })).text)).toMatchObject({
    ok: false,
    error: "invalid_input",
  });
  const waited = JSON.parse(
    (await control(workspace, "waitForMessage", { channel: CHANNEL, match: "never", timeoutMs: 20 })).text,
  );
  expect(waited).toMatchObject({ ok: false, hint: expect.stringContaining("Seen: nothing") });
});

it("dumps a transcript as NDJSON in which no token can be found", async () => {
  const workspace = await workspaceForTest();
  await socketApp(workspace, (app) => app.command("/patch", async ({ ack }) => ack()));
  await call(workspace, "chat.postMessage", { channel: CHANNEL, text: "my token is xoxb-local-tuesday" });
  await workspace.control.command({ user: "U0RITA", channel: CHANNEL, command: "/patch" });

  const { text } = await control(workspace, "transcript");

  const records = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(records.map((record) => record.name)).toEqual(
    expect.arrayContaining(["apps.connections.open", "chat.postMessage", "/patch"]),
  );
  expect(records.find((record) => record.name === "/patch")).toMatchObject({
    kind: "delivery",
    ok: true,
    ms: expect.any(Number),
  });
  expect(text).not.toContain("xoxb-local");
  expect(text).not.toContain("xapp-local");
});

it("refuses acts on the page from another origin, and other host names", async () => {
  const workspace = await workspaceForTest();
  const act = (headers: Record<string, string>) =>
    fetch(`${workspace.url}/page/act/say`, {
      method: "POST",
      headers,
      body: JSON.stringify({ user: "U0RITA", channel: CHANNEL, text: "x" }),
    });

  expect((await act({ "content-type": "application/json", origin: "http://evil.test" })).status).toBe(403);
  expect((await act({ "content-type": "text/plain" })).status).toBe(403);
  expect(workspace.control.messages({ channel: CHANNEL })).toEqual([]);
  expect((await act({ "content-type": "application/json", origin: workspace.url })).status).toBe(200);
  expect(workspace.control.messages({ channel: CHANNEL })).toHaveLength(1);
});

it("tells the page neither tokens nor secrets", async () => {
  const workspace = await workspaceForTest();

  const state = await (await fetch(`${workspace.url}/page/state`)).text();

  expect(state).toContain("Tuesday");
  expect(state).not.toMatch(/xoxb-|xapp-|local-signing-secret/);
});
