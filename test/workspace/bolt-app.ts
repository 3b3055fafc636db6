import { App, LogLevel } from "@slack/bolt";
import type { Workspace } from "../../src/workspace/index.ts";

/** A real, unmodified Bolt app on the local workspace: only the API address and the tokens differ. */
export async function startBoltApp(workspace: Workspace, set: (app: App) => void) {
  const app = new App({
    token: "xoxb-local-tuesday",
    appToken: "xapp-local-tuesday",
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: workspace.apiUrl },
  });
  set(app);
  await app.start();
  return app;
}
