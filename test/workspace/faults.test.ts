import { expect, it } from "vitest";
import { CHANNEL, call, quickSocketApp, socketApp, workspaceForTest } from "./support.ts";

const post = { channel: CHANNEL, text: "hello" };

it("answers injected errors as often as asked, then the truth again", async () => {
  const workspace = await workspaceForTest();
  workspace.control.faults({ method: "chat.postMessage", kind: "429", count: 1, retryAfter: 7 });
  workspace.control.faults({ method: "chat.postMessage", kind: "internal_error", count: 1 });
  workspace.control.faults({ method: "chat.postMessage", kind: "500", count: 1 });
  workspace.control.faults({ method: "chat.postMessage", kind: "invalid_auth", count: 1 });

  const limited = await call(workspace, "chat.postMessage", post);
  const answers = [];
  for (let n = 0; n < 4; n += 1) answers.push(await call(workspace, "chat.postMessage", post));

  expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "7"]);
  expect(answers.map(({ status, body }) => [status, body.error])).toEqual([
    [200, "internal_error"],
    [500, undefined],
    [200, "invalid_auth"],
    [200, undefined],
  ]);
  expect(workspace.control.messages({ channel: CHANNEL })).toHaveLength(1);
});

it("makes the real client post twice when a reply is lost, which is what it is for", async () => {
  const workspace = await workspaceForTest();
  const app = await socketApp(workspace);
  workspace.control.faults({ method: "chat.postMessage", kind: "reply_lost", count: 1 });

  await app.client.chat.postMessage(post);

  expect(workspace.control.messages({ channel: CHANNEL })).toHaveLength(2);
});

it("cuts the connection before anything happens, and forgets faults when told to", async () => {
  const workspace = await workspaceForTest();
  workspace.control.faults({ method: "*", kind: "reset", count: 5 });

  await expect(call(workspace, "chat.postMessage", post)).rejects.toThrow();
  expect(workspace.control.messages({ channel: CHANNEL })).toEqual([]);
  workspace.control.clearFaults();
  expect((await call(workspace, "chat.postMessage", post)).body.ok).toBe(true);
});

it("delays an answer", async () => {
  const workspace = await workspaceForTest();
  workspace.control.faults({ method: "api.test", kind: "delay", count: 1, ms: 300 });

  await call(workspace, "api.test", {});

  expect(workspace.control.transcript().at(-1)?.ms).toBeGreaterThanOrEqual(290);
});

it("lets a silent link run into operation_timeout and a cut one be replaced", async () => {
  const workspace = await workspaceForTest();
  await quickSocketApp(workspace, (app) => app.command("/patch", async ({ ack }) => ack()));
  const patch = { user: "U0RITA", channel: CHANNEL, command: "/patch" };

  workspace.control.socketFault({ kind: "open_fails", count: 1 });
  workspace.control.socketFault({ kind: "silent" });
  const running = workspace.control.command(patch);
  workspace.control.clock({ advanceMs: 3_001 });
  expect(await running).toMatchObject({ ok: false, error: "operation_timeout" });

  workspace.control.socketFault({ kind: "terminate" });
  await workspace.control.waitForConnection({ appId: "A0TUESDAY", timeoutMs: 25_000 });
  expect((await workspace.control.command(patch)).ok).toBe(true);
  const opens = workspace.control.transcript().filter((record) => record.name === "apps.connections.open");
  expect(opens.map((record) => record.error)).toEqual([undefined, "internal_error", undefined]);
});
