import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Clock } from "../clock.ts";
import type { SocketFaultKind } from "../faults.ts";
import type { Feed } from "../feed.ts";
import type { Ids } from "../ids.ts";
import { type JsonObject, objectOf, parseJson, textOf } from "../json.ts";
import type { Transcript } from "../transcript.ts";
import { ACK_WINDOW_MS, type Ack, type Delivery } from "./ack.ts";
import { disconnectFrame, envelope, hangUp, hello } from "./frames.ts";

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

export interface SocketsNeeds {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly feed: Feed;
  readonly log: Transcript;
}

/** Owner of all Socket Mode connections. */
export class Sockets {
  readonly #needs: SocketsNeeds;
  // Pings are answered by hand, because a silent link must not answer them.
  readonly #server = new WebSocketServer({ noServer: true, autoPong: false });
  readonly #tickets = new Map<string, string>();
  readonly #links = new Set<Link>();
  readonly #waiting = new Map<string, (payload: JsonObject) => void>();
  readonly #heartbeat: NodeJS.Timeout;
  #turn = 0;

  constructor(needs: SocketsNeeds) {
    this.#needs = needs;
    this.#heartbeat = setInterval(() => this.#pingAll(), PING_MS);
    this.#heartbeat.unref();
  }

  /** A one-time WebSocket path for this app. */
  ticket(appId: string): string {
    const ticket = this.#needs.ids.next("K");
    this.#tickets.set(ticket, appId);
    return `/link/?ticket=${ticket}&app_id=${appId}`;
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? "/", "http://local").searchParams.get("ticket") ?? "";
    const appId = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    if (appId === undefined) stream.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
    else this.#server.handleUpgrade(request, stream, head, (socket) => this.#open(appId, socket));
  }

  count(appId: string): number {
    return this.#usable(appId).length;
  }

  /** One envelope to exactly one open connection of the app, round robin. */
  send(appId: string, delivery: Delivery): Promise<Ack> {
    const { clock, ids } = this.#needs;
    const open = this.#usable(appId);
    this.#turn += 1;
    const link = open[this.#turn % open.length];
    if (link === undefined) return Promise.resolve({ ok: false, error: "dispatch_failed", ms: 0 });

    const envelopeId = ids.next("E");
    const started = clock.now();
    return new Promise((resolve) => {
      const cancel = clock.after(ACK_WINDOW_MS, () => {
        this.#waiting.delete(envelopeId);
        resolve({ ok: false, error: "operation_timeout", ms: clock.now() - started });
      });
      this.#waiting.set(envelopeId, (payload) => {
        cancel();
        resolve({ ok: true, payload, ms: clock.now() - started });
      });
      if (!link.silent) link.socket.send(JSON.stringify(envelope(envelopeId, delivery)));
    });
  }

  /** Breaks all open connections in one way. @returns how many. */
  fault(kind: Exclude<SocketFaultKind, "open_fails">): number {
    const hit = [...this.#links].filter((link) => link.socket.readyState === 1);
    for (const link of hit) {
      if (kind === "terminate") link.socket.terminate();
      else if (kind === "silent") link.silent = true;
      else {
        link.leaving = kind === "refresh";
        link.socket.send(disconnectFrame(kind === "refresh" ? "refresh_requested" : "warning"));
      }
    }
    return hit.length;
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    this.#waiting.clear();
    await Promise.all([...this.#links].map((link) => hangUp(link.socket)));
    this.#server.close();
  }

  #usable(appId: string): readonly Link[] {
    return [...this.#links].filter((link) => link.appId === appId && !link.leaving && link.socket.readyState === 1);
  }

  #open(appId: string, socket: WebSocket): void {
    const { feed, log } = this.#needs;
    if (this.count(appId) >= MAX_CONNECTIONS) {
      socket.send(disconnectFrame("too_many_websockets"));
      socket.close();
      return;
    }
    const link: Link = { appId, socket, leaving: false, silent: false };
    this.#links.add(link);
    socket.on("message", (data) => this.#receive(link, String(data)));
    socket.on("ping", (data) => (link.silent ? undefined : socket.pong(data)));
    // A broken connection is followed by "close"; there is nothing else to do about it.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.#links.delete(link);
      feed.emit({ type: "connections" });
      log.add({ kind: "socket", name: "closed", app: appId });
    });
    socket.send(JSON.stringify(hello(appId, this.count(appId))));
    feed.emit({ type: "connections" });
    log.add({ kind: "socket", name: "connected", app: appId });
  }

  #receive(link: Link, source: string): void {
    if (link.silent) return;
    const frame = objectOf(parseJson(source));
    const id = textOf(frame.envelope_id);
    const resolve = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (resolve !== undefined) {
      resolve(objectOf(frame.payload));
      return;
    }
    const detail = "no effect: the ack window is over";
    this.#needs.log.add({ kind: "late_ack", name: id, app: link.appId, detail });
  }

  #pingAll(): void {
    for (const link of this.#links) if (!link.silent) link.socket.ping();
  }
}
