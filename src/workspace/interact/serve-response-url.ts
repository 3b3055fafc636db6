import type { IncomingMessage, ServerResponse } from "node:http";
import { readText } from "../api/read-body.ts";
import { isObject, parseJson } from "../json.ts";
import type { World } from "../world.ts";
import { respond } from "./respond.ts";

/** `POST /hooks/<id>`: the response_url of one command or click. */
export async function serveResponseUrl(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const started = world.clock.now();
  const body = parseJson(await readText(request));
  const target = world.responseUrls.use(id);
  const finish = (status: number, text: string): void => {
    const app = target === undefined ? {} : { app: target.appId };
    const error = status === 200 ? {} : { error: text };
    world.log.add({
      kind: "response_url",
      name: "response_url",
      ...app,
      ok: status === 200,
      ...error,
      ms: world.clock.now() - started,
      detail: body,
    });
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(text);
  };

  if (target === undefined) return finish(404, "expired_url");
  if (!isObject(body)) return finish(400, "invalid_payload");
  const responded = respond(world, target, body);
  if (!responded.ok) return finish(400, [responded.error, ...responded.messages].join("\n"));
  if (responded.message !== undefined && target.original === undefined) {
    const { ts, ephemeralTo } = responded.message;
    world.responseUrls.setOriginal(id, { ts, ephemeral: ephemeralTo !== undefined });
  }
  return finish(200, "ok");
}
