import type { ServerResponse } from "node:http";
import { readText } from "../api/read-body.ts";
import type { Control } from "../control/control.ts";
import { runVerb } from "../control/verbs.ts";
import { isObject, parseJson, textOf } from "../json.ts";
import type { Route } from "../server.ts";
import { personOf, type World } from "../world.ts";
import { ASSETS } from "./assets.ts";
import { pageEvent, pageState } from "./state.ts";

/** What the page may do; everything else is for the control API with its token. */
const PAGE_VERBS = ["say", "command", "click", "select", "submit", "closeModal"];

const HEADERS = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' https: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

/** The page, its state, its live events, and what people do on it. */
export function pageRoute(world: World, control: Control): Route {
  return async (request, response, address) => {
    const asset = ASSETS.get(address.pathname);
    if (asset !== undefined && request.method === "GET") {
      response.writeHead(200, { ...HEADERS, "content-type": asset.type }).end(asset.body);
      return true;
    }
    // A link to a message opens the page.
    if (address.pathname.startsWith("/archives/")) return redirect(response);
    if (address.pathname === "/page/state") return json(response, pageState(world));
    if (address.pathname === "/page/events") return streamEvents(world, response);
    if (!address.pathname.startsWith("/page/act/") || request.method !== "POST") return false;

    const origin = request.headers.origin;
    const foreign = origin !== undefined && origin !== `http://${request.headers.host}`;
    // A JSON content type cannot be sent across sites without asking, so no other page can act here.
    const isJson = request.headers["content-type"]?.startsWith("application/json") === true;
    if (foreign || !isJson) return json(response, { ok: false, error: "forbidden" }, 403);

    const verb = address.pathname.slice("/page/act/".length);
    const input = parseJson(await readText(request));
    if (verb === "direct") return json(response, openDirect(world, input));
    if (!PAGE_VERBS.includes(verb)) return json(response, { ok: false, error: "unknown_verb" }, 404);
    return json(response, await runVerb(control, verb, input));
  };
}

function json(response: ServerResponse, body: unknown, status = 200): true {
  response.writeHead(status, { ...HEADERS, "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
  return true;
}

function redirect(response: ServerResponse): true {
  response.writeHead(302, { location: "/" }).end();
  return true;
}

function streamEvents(world: World, response: ServerResponse): true {
  response.writeHead(200, { ...HEADERS, "content-type": "text/event-stream" });
  response.write(": hello\n\n");
  const unlisten = world.feed.listen((event) => {
    response.write(`data: ${JSON.stringify(pageEvent(world, event))}\n\n`);
  });
  response.on("close", unlisten);
  return true;
}

function openDirect(world: World, input: unknown) {
  const [user, other] = isObject(input) ? [textOf(input.user), textOf(input.with)] : ["", ""];
  const isBot = world.seed.apps.some((app) => app.botUser === other);
  const known = personOf(world, user) !== undefined && (isBot || personOf(world, other) !== undefined);
  if (!known || user === other) return { ok: false, error: "user_not_found" };
  return { ok: true, channel: world.channels.direct([user, other]) };
}
