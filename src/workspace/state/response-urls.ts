import type { Clock } from "../clock.ts";
import type { Ids } from "../ids.ts";

/** Slack: at most five answers through one URL, and only for half an hour. */
const RESPONSE_URL_USES = 5;
const RESPONSE_URL_LIFE_MS = 30 * 60_000;

/** Where answers through a response_url belong. */
export interface ResponseTarget {
  readonly appId: string;
  readonly user: string;
  readonly channel: string;
  readonly threadTs?: string;
  /** The message whose button was pressed; `replace_original` and `delete_original` mean it. */
  readonly original?: { readonly ts: string; readonly ephemeral: boolean };
}

export interface ResponseUrls {
  issue(target: ResponseTarget): string;
  /** Counts one use; undefined when the URL is unknown, used up or too old. */
  use(id: string): ResponseTarget | undefined;
  /** After an answer: what `replace_original` means from now on. */
  setOriginal(id: string, original: { ts: string; ephemeral: boolean }): void;
  clear(): void;
}

export function createResponseUrls(clock: Clock, ids: Ids): ResponseUrls {
  const issued = new Map<string, { target: ResponseTarget; readonly at: number; uses: number }>();
  return {
    issue(target) {
      const id = ids.next("R");
      issued.set(id, { target, at: clock.now(), uses: 0 });
      return id;
    },
    use(id) {
      const entry = issued.get(id);
      if (entry === undefined || entry.uses >= RESPONSE_URL_USES) return undefined;
      if (clock.now() - entry.at > RESPONSE_URL_LIFE_MS) return undefined;
      entry.uses += 1;
      return entry.target;
    },
    setOriginal(id, original) {
      const entry = issued.get(id);
      if (entry !== undefined) entry.target = { ...entry.target, original };
    },
    clear: () => issued.clear(),
  };
}
