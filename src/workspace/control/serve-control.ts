import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { readText } from "../api/read-body.ts";
import { parseJson } from "../json.ts";
import type { Route } from "../server.ts";
import type { TranscriptRecord } from "../transcript.ts";
import type { Control } from "./control.ts";
import { runVerb } from "./verbs.ts";

/** `POST /_control/<verb>` with `authorization: Bearer <controlToken>` and a JSON body. */
export function controlRoute(control: Control, token: string): Route {
  return async (request, response, address) => {
    if (!address.pathname.startsWith("/_control/")) return false;
    if (!hasToken(request, token)) {
      response.writeHead(401, { "content-type": "application/json" }).end('{"ok":false,"error":"not_authed"}');
      return true;
    }
    const verb = address.pathname.slice("/_control/".length);
    if (verb === "transcript") {
      response.writeHead(200, { "content-type": "application/x-ndjson" }).end(toNdjson(control.transcript()));
      return true;
    }
    const result = await runVerb(control, verb, parseJson(await readText(request)));
    response.writeHead(200, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(result));
    return true;
  };
}

function hasToken(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from((request.headers.authorization ?? "").replace(/^Bearer /, ""));
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function toNdjson(records: readonly TranscriptRecord[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}
