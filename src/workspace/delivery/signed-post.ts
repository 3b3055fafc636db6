import { createHmac } from "node:crypto";
import type { Clock } from "../clock.ts";
import { isObject, type JsonObject, parseJson } from "../json.ts";
import type { App } from "../seed.ts";
import { ACK_WINDOW_MS, type Ack, type Delivery } from "./ack.ts";

/**
 * Slack's request signature.
 * @returns `v0=` and the hex HMAC-SHA256 of `v0:{timestamp}:{body}`.
 * Source: docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function signature(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}

/** Delivers to an app in HTTP mode: one signed POST, three seconds for a 2xx. */
export async function signedPost(app: App, delivery: Delivery, clock: Clock): Promise<Ack> {
  const { body, type } = encode(delivery);
  const timestamp = Math.floor(clock.now() / 1000);
  const started = clock.now();
  const late = new AbortController();
  const cancel = clock.after(ACK_WINDOW_MS, () => late.abort());
  const took = (): number => clock.now() - started;

  try {
    const response = await fetch(app.requestUrl ?? "", {
      method: "POST",
      headers: {
        "content-type": type,
        "user-agent": "local-workspace (not Slack)",
        "x-slack-request-timestamp": String(timestamp),
        "x-slack-signature": signature(app.signingSecret, timestamp, body),
        ...retryHeaders(delivery),
      },
      body,
      signal: late.signal,
    });
    const answer = await response.text();
    if (response.ok) return { ok: true, payload: ackPayload(answer), ms: took() };
    const noRetry = response.headers.get("x-slack-no-retry") === "1";
    return { ok: false, error: `http_${response.status}`, ms: took(), noRetry };
  } catch {
    return { ok: false, error: late.signal.aborted ? "operation_timeout" : "dispatch_failed", ms: took() };
  } finally {
    cancel();
  }
}

function encode({ kind, payload }: Delivery): { body: string; type: string } {
  if (kind === "events_api") return { body: JSON.stringify(payload), type: "application/json" };
  const fields: Record<string, string> = {};
  if (kind === "interactive") fields.payload = JSON.stringify(payload);
  else for (const [key, value] of Object.entries(payload)) fields[key] = String(value);
  return { body: new URLSearchParams(fields).toString(), type: "application/x-www-form-urlencoded" };
}

function retryHeaders({ retry }: Delivery): Record<string, string> {
  if (retry === undefined) return {};
  return { "x-slack-retry-num": String(retry.attempt), "x-slack-retry-reason": retry.reason };
}

function ackPayload(answer: string): JsonObject {
  const parsed = parseJson(answer);
  if (isObject(parsed)) return parsed;
  return answer.trim() === "" ? {} : { text: answer };
}
