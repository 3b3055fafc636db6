import type { App } from "@slack/bolt";
import type { Log } from "../src/log.ts";
import type { Desk } from "../src/run/control.ts";
import { refusalText } from "../src/slack/views/refusal.ts";
import { buttons } from "./actions/buttons.ts";
import { helpVerb } from "./help.ts";
import { parse } from "./parse.ts";
import { plan } from "./plan.ts";
import { answered } from "./reply.ts";
import { status } from "./status.ts";
import { abort, pause, resume } from "./steer.ts";
import type { Verb } from "./types.ts";

/** All verbs of `/patch`, in the order in which help lists them. */
export const verbs: readonly Verb[] = [plan, status, pause, resume, abort, helpVerb(() => verbs)];

/** Hangs `/patch` and every button on the app. Each listener acks first and works afterwards. */
export function register(app: App, desk: Desk, log: Log): void {
  app.command("/patch", async ({ ack, command, respond }) => {
    await ack();
    await answered(respond, log, async () => {
      const parsed = parse(command.text ?? "", verbs, desk.clusters.names());
      if (!parsed.ok) return refusalText(parsed);
      const verb = verbs.find((one) => one.verb === parsed.value.verb);
      const asker = { user: command.user_id, channel: command.channel_id };
      return verb ? verb.handle({ desk, asker }, parsed.value.cluster) : null;
    });
  });
  app.action({ type: "block_actions", action_id: /^(run|prompt):/ }, async ({ ack, action, body, respond }) => {
    await ack();
    await answered(respond, log, async () => {
      const press = buttons[action.action_id];
      const value = "value" in action && typeof action.value === "string" ? action.value : "";
      if (!press) return ":no_entry: This button belongs to another version of Tuesday.\n→ Ask for a new plan.";
      const pressed = await press(desk, body.user.id, value);
      return pressed.ok ? null : refusalText(pressed);
    });
  });
}
