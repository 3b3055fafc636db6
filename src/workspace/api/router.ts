import type { JsonObject } from "../json.ts";
import { textOf } from "../json.ts";
import type { World } from "../world.ts";
import { type Answer, refuse } from "./answer.ts";
import { basicMethods, openMethods } from "./basics.ts";
import type { Methods } from "./call.ts";
import { chatMethods } from "./chat.ts";
import { conversationMethods } from "./conversations.ts";
import { historyMethods } from "./history.ts";
import { peopleMethods } from "./people.ts";
import { viewMethods } from "./views.ts";

const METHODS: Methods = {
  ...basicMethods,
  ...chatMethods,
  ...conversationMethods,
  ...historyMethods,
  ...peopleMethods,
  ...viewMethods,
};

export interface ApiRequest {
  readonly method: string;
  readonly token: string;
  readonly args: JsonObject;
}

export interface Routed {
  readonly answer: Answer;
  readonly appId?: string;
  /** Set for a refusal by rate limit: whole seconds. */
  readonly retryAfter?: number;
}

/** Answers one Web API call: token first, then limits, then the method. */
export function routeApi(world: World, { method, token, args }: ApiRequest): Routed {
  const open = openMethods[method];
  if (open !== undefined) return { answer: open(args) };
  if (token === "") return { answer: refuse("not_authed") };
  const found = world.tokens.find(token);
  if (found === undefined) return { answer: refuse("invalid_auth") };
  const { app, kind } = found;

  // Own-property lookup: a method called "constructor" is unknown, too.
  const run = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  if (run === undefined) return { answer: refuse("unknown_method", { req_method: method }), appId: app.id };
  const needed = method === "apps.connections.open" ? "app" : "bot";
  if (kind !== needed) return { answer: refuse("not_allowed_token_type"), appId: app.id };

  const limit = world.limits.take({ method, appId: app.id, channel: textOf(args.channel) });
  if (!limit.ok) return { answer: refuse("ratelimited"), appId: app.id, retryAfter: limit.retryAfter };
  return { answer: run({ world, app, tokenKind: kind, args }), appId: app.id };
}
