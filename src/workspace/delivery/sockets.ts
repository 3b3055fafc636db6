import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Clock } from "../clock.ts";
import type { SocketFaultKind } from "../faults.ts";
import type { Feed } from "../feed.ts";
import type { Ids } from "../ids.ts";
import { isObject, type JsonObject, objectOf, parseJson, textOf } from "../json.ts";
import type { Transcript } from "../transcript.ts";
import { ACK_WINDOW_MS, type Ack, type Delivery } from "./ack.ts";

/** Slack: ten connections per app. */
const MAX_CONNECTIONS = 10;
/** Slack pings its clients; a client that sees no ping for 30 s reconnects. */
const PING_MS = 10_000;

interface Link {
  readonly appId: string;
  readonly socket: WebSocket;
  /** Told to go away: gets no further envelopes. */
  leaving: boolean;
  /** Looks open, carries nothing (fault). */
  silent: boolean;
}

export interface Sockets {
  /** A one-time WebSocket path for this app. */
  ticket(appId: string): string;
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  /** One envelope to exactly one open connection of the app, round robin. */
  send(appId: string, delivery: Delivery): Promise<Ack>;
  count(appId: string): number;
  fault(kind: Exclude<SocketFaultKind, "open_fails">): number;
  close(): Promise<void>;
}

export interface SocketsNeeds {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly feed: Feed;
  readonly log: Transcript;
}

/** Owner of all Socket Mode connections. */
export function createSockets({ clock, ids, feed, log }: SocketsNeeds): Sockets {
  const server = new WebSocketServer({ noServer: true, autoPong: false });
  const tickets = new Map<string, string>();
  const links = new Set<Link>();
  const waiting = new Map<string, (payload: JsonObject) => void>();
  let turn = 0;

  const usable = (appId: string): Link[] =>
    [...links].filter((link) => link.appId === appId && !link.leaving && link.socket.readyState === 1);

  const heartbeat = setInterval(() => {
    for (const link of links) if (!link.silent) link.socket.ping();
  }, PING_MS);
  heartbeat.unref();

  function receive(link: Link, source: string): void {
    if (link.silent) return;
    const frame = objectOf(parseJson(source));
    const id = textOf(frame.envelope_id);
    const resolve = waiting.get(id);
    waiting.delete(id);
    if (resolve !== undefined) resolve(isObject(frame.payload) ? frame.payload : {});
    else log.add({ kind: "late_ack", name: id, app: link.appId, detail: "no effect: the ack window is over" });
  }

  function open(appId: string, socket: WebSocket): void {
    if (usable(appId).length >= MAX_CONNECTIONS) {
      socket.send(JSON.stringify({ type: "disconnect", reason: "too_many_websockets", debug_info: { host: "local" } }));
      socket.close();
      return;
    }
    const link: Link = { appId, socket, leaving: false, silent: false };
    links.add(link);
    socket.on("message", (data) => receive(link, String(data)));
    socket.on("ping", (data) => (link.silent ? undefined : socket.pong(data)));
    // A broken connection is followed by "close"; there is nothing else to do about it.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      links.delete(link);
      feed.emit({ type: "connections" });
      log.add({ kind: "socket", name: "closed", app: appId });
    });
    socket.send(JSON.stringify(hello(appId, usable(appId).length)));
    feed.emit({ type: "connections" });
    log.add({ kind: "socket", name: "connected", app: appId });
  }

  function send(appId: string, delivery: Delivery): Promise<Ack> {
    const open = usable(appId);
    turn += 1;
    const link = open[turn % open.length];
    if (link === undefined) return Promise.resolve({ ok: false, error: "dispatch_failed", ms: 0 });

    const envelopeId = ids.next("E");
    const started = clock.now();
    return new Promise((resolve) => {
      const cancel = clock.after(ACK_WINDOW_MS, () => {
        waiting.delete(envelopeId);
        resolve({ ok: false, error: "operation_timeout", ms: clock.now() - started });
      });
      waiting.set(envelopeId, (payload) => {
        cancel();
        resolve({ ok: true, payload, ms: clock.now() - started });
      });
      if (!link.silent) link.socket.send(JSON.stringify(envelope(envelopeId, delivery)));
    });
  }

  function fault(kind: Exclude<SocketFaultKind, "open_fails">): number {
    const hit = [...links].filter((link) => link.socket.readyState === 1);
    for (const link of hit) {
      if (kind === "terminate") link.socket.terminate();
      else if (kind === "silent") link.silent = true;
      else {
        const reason = kind === "refresh" ? "refresh_requested" : "warning";
        link.leaving = kind === "refresh";
        link.socket.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "local" } }));
      }
    }
    return hit.length;
  }

  return {
    ticket(appId) {
      const ticket = ids.next("K");
      tickets.set(ticket, appId);
      return `/link/?ticket=${ticket}&app_id=${appId}`;
    },
    upgrade(request, stream, head) {
      const ticket = new URL(request.url ?? "/", "http://local").searchParams.get("ticket") ?? "";
      const appId = tickets.get(ticket);
      tickets.delete(ticket);
      if (appId === undefined) stream.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      else server.handleUpgrade(request, stream, head, (socket) => open(appId, socket));
    },
    send,
    count: (appId) => usable(appId).length,
    fault,
    async close() {
      clearInterval(heartbeat);
      waiting.clear();
      await Promise.all([...links].map((link) => hangUp(link.socket)));
      server.close();
    },
  };
}

/** A polite close; a client that does not answer within half a second is cut off. */
function hangUp(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => socket.terminate(), 500);
    socket.once("close", () => {
      clearTimeout(cut);
      resolve();
    });
    socket.close(1001);
  });
}

function hello(appId: string, connections: number): JsonObject {
  return {
    type: "hello",
    num_connections: connections,
    connection_info: { app_id: appId },
    debug_info: { host: "local-workspace", approximate_connection_time: 18_060 },
  };
}

function envelope(id: string, { kind, payload, retry }: Delivery): JsonObject {
  return {
    envelope_id: id,
    type: kind,
    payload,
    accepts_response_payload: kind !== "events_api",
    ...(kind === "events_api" ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? "" } : {}),
  };
}
