import type { JsonObject } from "../json.ts";
import type { App } from "../seed.ts";
import type { World } from "../world.ts";
import { deliver } from "./deliver.ts";

/** Slack (secondary sources): three retries – at once, after one minute, after five. */
export const EVENT_RETRY_DELAYS_MS: readonly number[] = [0, 60_000, 300_000];

/** Delivers an event and, unlike commands and clicks, tries again when nobody took it. */
export function sendEvent(world: World, app: App, event: JsonObject): void {
  const eventId = world.ids.next("Ev");
  void attempt(0, "");

  async function attempt(number: number, reason: string): Promise<void> {
    const ack = await deliver(world, app, {
      kind: "events_api",
      payload: eventBody({ world, app, event, eventId }),
      ...(number === 0 ? {} : { retry: { attempt: number, reason } }),
    });
    const delay = world.eventRetryDelaysMs[number];
    if (ack.ok || ack.noRetry === true || delay === undefined) return;
    const why = ack.error.startsWith("http_") ? "http_error" : "http_timeout";
    world.clock.after(delay, () => void attempt(number + 1, why));
  }
}

function eventBody(given: { world: World; app: App; event: JsonObject; eventId: string }): JsonObject {
  const { world, app, event, eventId } = given;
  return {
    token: "local-verification",
    team_id: world.seed.team.id,
    api_app_id: app.id,
    event,
    type: "event_callback",
    event_id: eventId,
    event_time: Math.floor(world.clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: world.seed.team.id,
        user_id: app.botUser,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}
