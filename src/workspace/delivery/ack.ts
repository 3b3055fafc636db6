import type { JsonObject } from "../json.ts";

/** Slack waits three seconds for an app's answer and then tells the person that it failed. */
export const ACK_WINDOW_MS = 3_000;

export type Ack =
  | { readonly ok: true; readonly payload: JsonObject; readonly ms: number }
  | { readonly ok: false; readonly error: AckError; readonly ms: number; readonly noRetry?: boolean };

/** `http_<status>` for an app in HTTP mode that answered something else than 2xx. */
export type AckError = "dispatch_failed" | "operation_timeout" | `http_${number}`;

export type DeliveryKind = "slash_commands" | "interactive" | "events_api";

export interface Delivery {
  readonly kind: DeliveryKind;
  readonly payload: JsonObject;
  readonly retry?: { readonly attempt: number; readonly reason: string };
}
