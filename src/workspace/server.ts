import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { serveApi } from "./api/serve-api.ts";
import { serveResponseUrl } from "./interact/serve-response-url.ts";
import type { World } from "./world.ts";

/** Serves one address; false when it is not its own. */
export type Route = (request: IncomingMessage, response: ServerResponse, address: URL) => boolean | Promise<boolean>;

/** Loopback only, and only under a loopback name: a web page elsewhere must not reach us by DNS tricks. */
const HOST = "127.0.0.1";
const ALLOWED_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

export async function listen(world: World, port: number, routes: readonly Route[]): Promise<Server> {
  const server = createServer((request, response) => {
    void serve({ world, request, response, routes });
  });
  server.on("upgrade", (request, stream, head) => world.sockets.upgrade(request, stream, head));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("The local workspace could not learn its own port.");
  world.url = `http://${HOST}:${address.port}`;
  return server;
}

interface Serving {
  readonly world: World;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly routes: readonly Route[];
}

async function serve({ world, request, response, routes }: Serving): Promise<void> {
  try {
    const address = new URL(request.url ?? "/", "http://local");
    if (!ALLOWED_HOST.test(request.headers.host ?? "")) return void response.writeHead(421).end("wrong host");
    if (address.pathname.startsWith("/api/")) return await serveApi(world, request, response, address);
    if (address.pathname.startsWith("/hooks/")) {
      return await serveResponseUrl(world, request, response, address.pathname.slice("/hooks/".length));
    }
    for (const route of routes) if (await route(request, response, address)) return;
    response.writeHead(404, { "content-type": "text/plain" }).end("not found");
  } catch (error) {
    // One bad request must not end the workspace; it is shown to whoever sent it.
    if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
    response.end(`local workspace: ${error instanceof Error ? error.message : String(error)}`);
  }
}
