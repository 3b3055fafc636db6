import { once } from "node:events";
import { createServer } from "node:net";
import { App, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { onTestFinished } from "vitest";
import { defaultSeed, startWorkspace, type Workspace, type WorkspaceOptions } from "../../src/workspace/index.ts";

export const CHANNEL = "C0PATCHING";
export const BOT_TOKEN = "xoxb-local-tuesday";
export const APP_TOKEN = "xapp-local-tuesday";

/** A workspace that is closed with the test. */
export async function workspaceForTest(options: WorkspaceOptions = {}): Promise<Workspace> {
  const workspace = await startWorkspace(options);
  onTestFinished(() => workspace.close());
  return workspace;
}

/** A real, unmodified Bolt app in Socket Mode: only the API address and the tokens differ. */
export async function socketApp(workspace: Workspace, listen: (app: App) => void = () => undefined): Promise<App> {
  const app = new App({
    token: BOT_TOKEN,
    appToken: APP_TOKEN,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: workspace.apiUrl },
  });
  listen(app);
  await app.start();
  onTestFinished(async () => void (await app.stop()));
  return app;
}

/** The same with a receiver that reconnects after a fifth of a second instead of five. */
export async function quickSocketApp(workspace: Workspace, listen: (app: App) => void): Promise<App> {
  const clientOptions = { slackApiUrl: workspace.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: APP_TOKEN,
    clientPingTimeout: 200,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions },
  });
  const app = new App({ token: BOT_TOKEN, receiver, logLevel: LogLevel.ERROR, clientOptions });
  listen(app);
  await app.start();
  onTestFinished(async () => void (await app.stop()));
  return app;
}

export interface HttpSetting {
  readonly workspace: Workspace;
  readonly app: App;
}

/** A workspace and a real Bolt app in HTTP mode that knows `secret` (the workspace signs with the seed's). */
export async function httpApp(
  listen: (app: App) => void = () => undefined,
  given: { secret?: string; options?: WorkspaceOptions } = {},
): Promise<HttpSetting> {
  const port = await freePort();
  const workspace = await workspaceForTest({
    ...given.options,
    seed: httpSeed(`http://127.0.0.1:${port}/slack/events`),
  });
  const app = new App({
    token: BOT_TOKEN,
    signingSecret: given.secret ?? "local-signing-secret",
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: workspace.apiUrl },
  });
  listen(app);
  await app.start(port);
  onTestFinished(async () => void (await app.stop()));
  return { workspace, app };
}

/** The default seed with Tuesday in HTTP mode. */
export function httpSeed(requestUrl: string): typeof defaultSeed {
  const apps = (defaultSeed.apps ?? []).map((app) => ({ ...app, mode: "http" as const, requestUrl }));
  return { ...defaultSeed, apps };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers of many methods, each test knows its own
  readonly body: any;
}

/** One raw Web API call with a JSON body. */
export async function call(workspace: Workspace, method: string, args: object, token = BOT_TOKEN): Promise<Answer> {
  const headers = { "content-type": "application/json", ...(token === "" ? {} : { authorization: `Bearer ${token}` }) };
  const response = await fetch(workspace.apiUrl + method, { method: "POST", headers, body: JSON.stringify(args) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text.startsWith("{") ? JSON.parse(text) : text };
}

export const button = (action_id: string, value: string, rest: object = {}) => ({
  type: "button" as const,
  action_id,
  value,
  text: { type: "plain_text" as const, text: action_id },
  ...rest,
});

export const actions = (...elements: readonly ReturnType<typeof button>[]) => ({
  type: "actions" as const,
  block_id: "buttons",
  elements: [...elements],
});

export const modal = (rest: object = {}) => ({
  type: "modal" as const,
  callback_id: "form",
  title: { type: "plain_text" as const, text: "A form" },
  submit: { type: "plain_text" as const, text: "Send" },
  blocks: [
    {
      type: "input" as const,
      block_id: "name",
      label: { type: "plain_text" as const, text: "Name" },
      element: { type: "plain_text_input" as const, action_id: "name" },
    },
  ],
  ...rest,
});
