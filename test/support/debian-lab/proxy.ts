import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, rename, stat, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join, normalize } from "node:path";
import { ownRepository, proxyAddress, proxyPort } from "./layout.ts";
import type { Mirror } from "./mirror.ts";

interface ProxyOptions {
  readonly mirror: Mirror;
  readonly cache: string;
  readonly repositories: string;
}

/** Package proxy for hosts without name service: the configured mirror and the lab's own repository, nothing else. */
export async function startProxy(options: ProxyOptions): Promise<{ close(): Promise<void> }> {
  await mkdir(options.cache, { recursive: true });
  const server = createServer((request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(502);
      response.end(String(error));
    });
  });
  await listen(server);
  return {
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((listening, failed) => {
    server.once("error", failed);
    server.listen(proxyPort, proxyAddress, () => listening());
  });
}

async function answer(options: ProxyOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", `http://${ownRepository}`);
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405);
  if (url.hostname === ownRepository || url.hostname === proxyAddress) {
    const path = normalize(decodeURIComponent(url.pathname));
    return sendFile(join(options.repositories, path), response);
  }
  const upstream = upstreamOf(options.mirror, url);
  if (upstream === null) return refuse(response, 403);
  // Names of packages and of by-hash indexes never change their content; other indexes do.
  if (!/\.deb$|\/by-hash\//.test(url.pathname)) return passThrough(upstream, request, response);
  return sendCached(options.cache, upstream, response);
}

/** Hosts always ask in plain http; the mirror may be configured with https. */
function upstreamOf(mirror: Mirror, url: URL): string | null {
  for (const base of [mirror.main, mirror.security]) {
    const allowed = new URL(base);
    if (allowed.hostname === url.hostname) return `${allowed.origin}${url.pathname}${url.search}`;
  }
  return null;
}

async function passThrough(upstream: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const since = request.headers["if-modified-since"];
  const answered = await fetch(upstream, { headers: since ? { "If-Modified-Since": since } : {} });
  const modified = answered.headers.get("last-modified");
  const body = Buffer.from(await answered.arrayBuffer());
  response.writeHead(answered.status, {
    ...(answered.status === 304 ? {} : { "Content-Length": body.length }),
    ...(modified ? { "Last-Modified": modified } : {}),
  });
  response.end(body);
}

async function sendCached(cache: string, upstream: string, response: ServerResponse): Promise<void> {
  const file = join(cache, createHash("sha1").update(upstream).digest("hex"));
  if ((await sizeOf(file)) === null) {
    const answered = await fetch(upstream);
    if (!answered.ok) return refuse(response, answered.status);
    // Renamed when whole: a run killed in between leaves no half package behind.
    const part = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
    await writeFile(part, Buffer.from(await answered.arrayBuffer()));
    await rename(part, file);
  }
  return sendFile(file, response);
}

async function sendFile(file: string, response: ServerResponse): Promise<void> {
  const info = await stat(file).catch(() => null);
  if (info === null || !info.isFile()) return refuse(response, 404);
  response.writeHead(200, { "Content-Length": info.size, "Last-Modified": info.mtime.toUTCString() });
  createReadStream(file).pipe(response);
}

async function sizeOf(file: string): Promise<number | null> {
  return stat(file).then(
    (info) => info.size,
    () => null,
  );
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { "Content-Length": 0 });
  response.end();
}
