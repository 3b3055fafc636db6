import { objectOf, objectsOf, textOf } from "../json.ts";
import type { App } from "../seed.ts";
import type { World } from "../world.ts";
import type { Ack, Delivery } from "./ack.ts";
import { signedPost } from "./signed-post.ts";

/**
 * Hands one payload to the app, over its socket or by a signed POST, and waits for the ack.
 * Never rejects: a failure is an `Ack` with `ok: false`.
 */
export async function deliver(world: World, app: App, delivery: Delivery): Promise<Ack> {
  const ack =
    app.mode === "http" ? await signedPost(app, delivery, world.clock) : await world.sockets.send(app.id, delivery);
  world.log.add({
    kind: "delivery",
    name: nameOf(delivery),
    app: app.id,
    ok: ack.ok,
    ...(ack.ok ? {} : { error: ack.error }),
    ms: ack.ms,
    detail: { payload: delivery.payload, ...(ack.ok ? { ack: ack.payload } : {}) },
  });
  return ack;
}

function nameOf({ kind, payload }: Delivery): string {
  if (kind === "slash_commands") return `${textOf(payload.command)} ${textOf(payload.text)}`.trim();
  if (kind === "events_api") return `event ${textOf(objectOf(payload.event).type)}`;
  const [action] = objectsOf(payload.actions);
  const what = textOf(action?.action_id) || textOf(objectOf(payload.view).callback_id);
  return `${textOf(payload.type)} ${what}`.trim();
}
