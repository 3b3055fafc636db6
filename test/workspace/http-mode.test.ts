import { createServer, type RequestListener } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { CHANNEL, call, freePort, httpApp, httpSeed, workspaceForTest } from "./support.ts";

const patch = { user: "U0RITA", channel: CHANNEL, command: "/patch", text: "cluster-a" };

it("carries commands, clicks and events by signed requests that bolt verifies", async () => {
  const heard: string[] = [];
  const { workspace } = await httpApp((app) => {
    app.command("/patch", async ({ ack, say, command }) => {
      await ack();
      await say({
        text: command.text,
        blocks: [
          {
            type: "actions",
            elements: [{ type: "button", action_id: "go", text: { type: "plain_text", text: "Go" } }],
          },
        ],
      });
    });
    app.action("go", async ({ ack, respond }) => {
      await ack();
      await respond({ text: "pressed", replace_original: false });
    });
    app.event("app_mention", async ({ event }) => void heard.push(event.text));
  });

  expect(await workspace.control.command(patch)).toEqual({ ok: true, responses: [] });
  const { ts } = await workspace.control.waitForMessage({ channel: CHANNEL, match: "cluster-a" });
  expect(await workspace.control.click({ user: "U0ADAM", channel: CHANNEL, ts, actionId: "go" })).toEqual({ ok: true });
  await workspace.control.waitForEphemeral({ user: "U0ADAM", match: "pressed" });
  workspace.control.say({ user: "U0OLGA", channel: CHANNEL, text: "@tuesday status" });
  await expect.poll(() => heard).toEqual(["<@U0TUESDAY|tuesday> status"]);
});

it("refuses to pass a wrong signature off as right: bolt's 401 reaches the person", async () => {
  const { workspace } = await httpApp((app) => app.command("/patch", async ({ ack }) => ack()), { secret: "another" });

  const outcome = await workspace.control.command(patch);

  expect(outcome).toMatchObject({ ok: false, error: "http_401" });
  expect(outcome.responses[0]?.text).toBe('/patch failed with the error "http_401"');
});

it("says dispatch_failed when nobody listens at the request url", async () => {
  const workspace = await workspaceForTest({ seed: httpSeed(`http://127.0.0.1:${await freePort()}/slack/events`) });

  expect(await workspace.control.command(patch)).toMatchObject({ ok: false, error: "dispatch_failed" });
});

it("says operation_timeout when the app answers after three seconds", async () => {
  const { workspace } = await httpApp((app) => app.command("/patch", async () => undefined));

  const running = workspace.control.command(patch);
  await expect.poll(() => workspace.control.clock({ advanceMs: 1_000 }) > 0 && settled(running)).toBe(true);

  expect(await running).toMatchObject({ ok: false, error: "operation_timeout" });
});

it("sends an event again with retry headers after an error, and not after X-Slack-No-Retry", async () => {
  const tries: (readonly [string | undefined, string | undefined])[] = [];
  const answer: RequestListener = (request, response) => {
    const { "x-slack-retry-num": num, "x-slack-retry-reason": reason } = request.headers;
    tries.push([num === undefined ? undefined : String(num), reason === undefined ? undefined : String(reason)]);
    response.writeHead(500, tries.length === 3 ? { "x-slack-no-retry": "1" } : {}).end();
  };
  const workspace = await workspaceForTest({
    seed: httpSeed(await listening(answer)),
    eventRetryDelaysMs: [0, 0, 0, 0],
  });

  workspace.control.say({ user: "U0RITA", channel: CHANNEL, text: "@tuesday hello" });
  await expect.poll(() => tries.length).toBe(3);
  // A fourth try would follow at once; twenty round trips later it would long be here.
  for (let n = 0; n < 20; n += 1) await call(workspace, "api.test", {});

  expect(tries).toEqual([
    [undefined, undefined],
    ["1", "http_error"],
    ["2", "http_error"],
  ]);
});

async function listening(answer: RequestListener): Promise<string> {
  const port = await freePort();
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${port}/`;
}

async function settled(running: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    running.then(() => true),
    new Promise<boolean>((resolve) => setImmediate(() => resolve(false))),
  ]);
}
