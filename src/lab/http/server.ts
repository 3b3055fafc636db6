import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { ZodError, z } from "zod";
import { NotInEstate } from "../read.ts";
import type { World } from "../world.ts";
import { answer, type Reply } from "./answer.ts";
import { interferenceOf } from "./interference.ts";
import { NoSuchPath, readWish } from "./request.ts";

const bodyLimit = 1024 * 1024;

/** Serves the world over HTTP. Listens on nothing yet. */
export function estateServer(world: World): Server {
  return createServer((request, response) => {
    handle(world, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else send(response, troubleReply(error));
    });
  });
}

async function handle(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readJson(request);
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const wish = readWish(request.method ?? "GET", url, body);
  switch (interferenceOf(world, wish)) {
    case "http-503":
      return send(response, trouble(503, "unreachable", "The estate is too busy to answer (injected fault)."));
    case "reset":
      request.socket.resetAndDestroy();
      return;
    case "hang":
      return;
    case "reply-lost":
      answer(world, wish);
      request.socket.destroy();
      return;
    case null:
      return send(response, answer(world, wish));
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > bodyLimit) throw new SyntaxError("The body is larger than 1 MiB.");
    parts.push(bytes);
  }
  return size === 0 ? undefined : JSON.parse(Buffer.concat(parts).toString("utf8"));
}

function send(response: ServerResponse, { status, body, lines }: Reply): void {
  response.statusCode = status;
  response.setHeader("content-type", lines ? "application/x-ndjson" : "application/json");
  const text =
    lines && Array.isArray(body) ? body.map((line) => `${JSON.stringify(line)}\n`).join("") : JSON.stringify(body);
  response.end(text);
}

function trouble(status: number, code: string, message: string): Reply {
  return { status, body: { error: { code, message } } };
}

function troubleReply(error: unknown): Reply {
  if (error instanceof ZodError) return trouble(400, "bad-request", z.prettifyError(error));
  if (error instanceof SyntaxError || error instanceof URIError) return trouble(400, "bad-request", error.message);
  if (error instanceof NotInEstate || error instanceof NoSuchPath) return trouble(404, "not-found", error.message);
  return trouble(500, "bug", "The simulator failed; its terminal says more.");
}
