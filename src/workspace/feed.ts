import type { Message } from "./state/message.ts";
import type { TranscriptRecord } from "./transcript.ts";

/** Everything that can change on somebody's screen. The page and the waiting tests listen to it. */
export type FeedEvent =
  | { readonly type: "posted" | "updated"; readonly message: Message }
  | { readonly type: "deleted"; readonly channel: string; readonly ts: string; readonly user?: string }
  | { readonly type: "views"; readonly user: string }
  | { readonly type: "channels" }
  | { readonly type: "connections" }
  | {
      readonly type: "problem";
      readonly user: string;
      readonly channel: string;
      readonly ts: string;
      readonly text: string;
    }
  | { readonly type: "record"; readonly record: TranscriptRecord }
  | { readonly type: "reset" };

export interface Feed {
  emit(event: FeedEvent): void;
  /** Returns the function that ends the subscription. */
  listen(listener: (event: FeedEvent) => void): () => void;
}

export function createFeed(): Feed {
  const listeners = new Set<(event: FeedEvent) => void>();
  return {
    emit(event) {
      for (const listener of [...listeners]) listener(event);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
