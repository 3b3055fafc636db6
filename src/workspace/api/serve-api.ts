import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fault } from "../faults.ts";
import { type JsonObject, someText } from "../json.ts";
import type { World } from "../world.ts";
import { refuse } from "./answer.ts";
import { argsOf, readText } from "./read-body.ts";
import { type Routed, routeApi } from "./router.ts";

/** `POST /api/<method>`: faults first, then the real answer; everything goes into the transcript. */
export async function serveApi(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  address: URL,
): Promise<void> {
  const started = world.clock.now();
  const method = address.pathname.replace(/^\/api\//, "");
  const body = await readText(request);
  const args = argsOf(request.headers["content-type"] ?? "", body, address.searchParams);
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const token = bearer ?? someText(args.token) ?? "";

  const fault = world.faults.take(method);
  if (fault?.kind === "delay") await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1_000));
  const routed = faultAnswer(fault) ?? routeApi(world, { method, token, args });
  record({ world, method, args, routed, fault, ms: world.clock.now() - started });

  if (fault?.kind === "reset" || fault?.kind === "reply_lost") request.socket.destroy();
  else if (fault?.kind === "500") response.writeHead(500).end("internal error (injected by the local workspace)");
  else send(response, routed);
}

/** What an injected fault answers instead of the method; undefined when the method runs. */
function faultAnswer(fault: Fault | undefined): Routed | undefined {
  if (fault === undefined || fault.kind === "delay" || fault.kind === "reply_lost") return undefined;
  if (fault.kind === "429") return { answer: refuse("ratelimited"), retryAfter: fault.retryAfter ?? 1 };
  return { answer: refuse(fault.kind === "invalid_auth" ? "invalid_auth" : "internal_error") };
}

function send(response: ServerResponse, { answer, retryAfter }: Routed): void {
  response.writeHead(retryAfter === undefined ? 200 : 429, {
    "content-type": "application/json; charset=utf-8",
    ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
  });
  response.end(JSON.stringify(answer));
}

interface Recorded {
  readonly world: World;
  readonly method: string;
  readonly args: JsonObject;
  readonly routed: Routed;
  readonly fault: Fault | undefined;
  readonly ms: number;
}

function record({ world, method, args, routed, fault, ms }: Recorded): void {
  const { answer, appId } = routed;
  world.log.add({
    kind: "api",
    name: method,
    ...(appId === undefined ? {} : { app: appId }),
    ok: answer.ok,
    ...(answer.ok ? {} : { error: answer.error }),
    ms,
    detail: { args, ...(answer.ok ? {} : { answer }), ...(fault === undefined ? {} : { fault: fault.kind }) },
  });
}
