import type { App } from "@slack/bolt";
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { actions, button, CHANNEL, quickSocketApp, socketApp, workspaceForTest } from "./support.ts";

const patch = { user: "U0RITA", channel: CHANNEL, command: "/patch", text: "cluster-a" };

it("carries a command to an unmodified bolt app and its answers back", async () => {
  const workspace = await workspaceForTest();
  await socketApp(workspace, (app) => {
    app.command("/patch", async ({ ack, client, command, respond }) => {
      await ack();
      await respond("Planning");
      await client.chat.postMessage({
        channel: command.channel_id,
        text: `plan for ${command.text}`,
        blocks: [actions(button("go", "1"))],
      });
    });
    app.action("go", async ({ ack, body, client }) => {
      await ack();
      if (body.type !== "block_actions" || body.message === undefined || body.channel === undefined) return;
      await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: `gone by ${body.user.id}` });
    });
  });

  const outcome = await workspace.control.command(patch);
  const plan = await workspace.control.waitForMessage({ channel: CHANNEL, match: "plan for cluster-a" });
  const click = await workspace.control.click({ user: "U0ADAM", channel: CHANNEL, ts: plan.ts, actionId: "go" });
  const edited = await workspace.control.waitForUpdate({ channel: CHANNEL, ts: plan.ts });

  expect(outcome).toEqual({ ok: true, responses: [] });
  expect(click).toEqual({ ok: true });
  expect([edited.text, edited.version, edited.blocks]).toEqual(["gone by U0ADAM", 2, undefined]);
  const [line] = workspace.control.ephemerals({ user: "U0RITA" });
  expect(line?.text).toBe("Planning");
  expect(workspace.control.ephemerals({ user: "U0ADAM" })).toEqual([]);
});

it("gives one envelope to exactly one of two replicas, five commands 3 to 2", async () => {
  const workspace = await workspaceForTest();
  const taken: string[] = [];
  const listen = (name: string) => (app: App) =>
    app.command("/patch", async ({ ack }) => {
      taken.push(name);
      await ack();
    });
  await socketApp(workspace, listen("first"));
  await socketApp(workspace, listen("second"));
  await workspace.control.waitForConnection({ appId: "A0TUESDAY", count: 2 });

  for (let n = 0; n < 5; n += 1) await workspace.control.command(patch);

  const first = taken.filter((name) => name === "first").length;
  expect(taken).toHaveLength(5);
  expect([2, 3]).toContain(first);
});

it("tells the person that a command failed when no app is connected", async () => {
  const workspace = await workspaceForTest();

  const outcome = await workspace.control.command(patch);

  expect(outcome).toMatchObject({ ok: false, error: "dispatch_failed" });
  const [line] = workspace.control.ephemerals({ user: "U0RITA", channel: CHANNEL });
  expect(line?.text).toBe('/patch failed with the error "dispatch_failed"');
});

it("shows operation_timeout after three seconds and lets a late ack have no effect", async () => {
  const workspace = await workspaceForTest();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let asked = 0;
  await socketApp(workspace, (app) =>
    app.command("/patch", async ({ ack }) => {
      asked += 1;
      await held;
      await ack("too late");
    }),
  );

  const running = workspace.control.command(patch);
  await expect.poll(() => asked).toBe(1);
  workspace.control.clock({ advanceMs: 3_001 });
  const outcome = await running;
  release();
  await expect.poll(() => workspace.control.transcript().some((record) => record.kind === "late_ack")).toBe(true);

  expect(outcome).toMatchObject({ ok: false, error: "operation_timeout" });
  const lines = workspace.control.ephemerals({ user: "U0RITA" }).map((line) => line.text);
  expect(lines).toEqual(['/patch failed with the error "operation_timeout"']);
  expect(asked).toBe(1);
});

it("posts the text of an acked command privately by default and for all when asked", async () => {
  const workspace = await workspaceForTest();
  await socketApp(workspace, (app) =>
    app.command("/patch", async ({ ack, command }) => {
      if (command.text === "aloud") await ack({ response_type: "in_channel", text: "heard by all" });
      else await ack("heard by one");
    }),
  );

  const quiet = await workspace.control.command({ ...patch, text: "softly" });
  const aloud = await workspace.control.command({ ...patch, text: "aloud" });

  expect(quiet.responses.map((message) => message.text)).toEqual(["heard by one"]);
  expect(workspace.control.messages({ channel: CHANNEL }).map((message) => message.text)).toEqual(["heard by all"]);
  expect(aloud.ok).toBe(true);
});

it("delivers an event again with the same event_id until somebody takes it, commands never", async () => {
  const workspace = await workspaceForTest({ eventRetryDelaysMs: [0, 60_000] });
  const seen: (readonly [string, number | undefined])[] = [];
  await socketApp(workspace, (app) => {
    app.use(async ({ body, context, next }) => {
      if ("event_id" in body) seen.push([String(body.event_id), context.retryNum]);
      await next();
    });
    app.event("app_mention", async () => undefined);
  });
  // Bolt acks events at once, so the link itself has to swallow the first two attempts.
  workspace.control.socketFault({ kind: "silent" });
  workspace.control.say({ user: "U0RITA", channel: CHANNEL, text: "@tuesday hello" });
  workspace.control.clock({ advanceMs: 3_001 });
  await expect.poll(() => deliveries(workspace.control.transcript())).toBe(1);
  await socketApp(workspace, (app) => {
    app.use(async ({ body, context, next }) => {
      if ("event_id" in body) seen.push([String(body.event_id), context.retryNum]);
      await next();
    });
  });

  await expect
    .poll(() => {
      workspace.control.clock({ advanceMs: 30_000 });
      return seen.length;
    })
    .toBe(1);

  const ids = new Set(workspace.control.transcript().flatMap(eventIds));
  expect(ids.size).toBe(1);
  expect(seen[0]?.[0]).toBe([...ids][0]);
  expect(seen[0]?.[1]).toBeGreaterThan(0);
});

it("lets an app reconnect after a refresh and refuses commands in the gap", async () => {
  const workspace = await workspaceForTest();
  await quickSocketApp(workspace, (app) => app.command("/patch", async ({ ack }) => ack()));

  expect(workspace.control.socketFault({ kind: "refresh" })).toBe(1);
  const between = await workspace.control.command(patch);
  await workspace.control.waitForConnection({ appId: "A0TUESDAY", timeoutMs: 12_000 });
  const after = await workspace.control.command(patch);

  expect(between).toMatchObject({ ok: false, error: "dispatch_failed" });
  expect(after.ok).toBe(true);
});

it("refuses a WebSocket ticket that was used before", async () => {
  const workspace = await workspaceForTest();
  const headers = { authorization: "Bearer xapp-local-tuesday" };
  const opened = await fetch(`${workspace.apiUrl}apps.connections.open`, { method: "POST", headers });
  const { url } = (await opened.json()) as { url: string };

  const first = new WebSocketProbe(url);
  const hello = await first.frame;
  const second = new WebSocketProbe(url);

  expect(hello).toMatchObject({ type: "hello", num_connections: 1, connection_info: { app_id: "A0TUESDAY" } });
  await expect(second.frame).rejects.toThrow("closed");
  first.close();
});

class WebSocketProbe {
  readonly frame: Promise<unknown>;
  readonly #socket: WebSocket;
  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.frame = new Promise((resolve, reject) => {
      this.#socket.once("message", (data) => resolve(JSON.parse(String(data))));
      this.#socket.once("error", () => reject(new Error("closed")));
    });
  }
  close(): void {
    this.#socket.close();
  }
}

function eventIds(record: { readonly name: string; readonly detail?: unknown }): readonly string[] {
  if (!record.name.startsWith("event ")) return [];
  const { payload } = record.detail as { payload: { event_id: string } };
  return [payload.event_id];
}

function deliveries(records: readonly { readonly name: string }[]): number {
  return records.filter((record) => record.name.startsWith("event ")).length;
}
