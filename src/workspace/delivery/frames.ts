import type { WebSocket } from "ws";
import type { JsonObject } from "../json.ts";
import type { Delivery } from "./ack.ts";

/** The frames of Socket Mode, after docs.slack.dev/apis/events-api/using-socket-mode. */

export function disconnectFrame(reason: "warning" | "refresh_requested" | "too_many_websockets"): string {
  return JSON.stringify({ type: "disconnect", reason, debug_info: { host: "local-workspace" } });
}

/** A polite close; a client that does not answer within half a second is cut off. */
export function hangUp(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => socket.terminate(), 500);
    socket.once("close", () => {
      clearTimeout(cut);
      resolve();
    });
    socket.close(1001);
  });
}

export function hello(appId: string, connections: number): JsonObject {
  return {
    type: "hello",
    num_connections: connections,
    connection_info: { app_id: appId },
    debug_info: { host: "local-workspace", approximate_connection_time: 18_060 },
  };
}

export function envelope(id: string, { kind, payload, retry }: Delivery): JsonObject {
  return {
    envelope_id: id,
    type: kind,
    payload,
    accepts_response_payload: kind !== "events_api",
    ...(kind === "events_api" ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? "" } : {}),
  };
}
