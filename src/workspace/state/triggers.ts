import type { Clock } from "../clock.ts";
import type { Ids } from "../ids.ts";

/** Slack: a trigger opens one view, within three seconds of the click or command that gave it. */
const TRIGGER_LIFE_MS = 3_000;

interface Trigger {
  readonly appId: string;
  readonly user: string;
  readonly issuedAt: number;
  /** The open view the trigger came from, if any; views.push needs one. */
  readonly viewId?: string;
  used: boolean;
}

export type TriggerUse =
  | { readonly ok: true; readonly user: string; readonly viewId?: string }
  | { readonly ok: false; readonly error: "invalid_trigger_id" | "exchanged_trigger_id" | "expired_trigger_id" };

export interface Triggers {
  issue(from: { appId: string; user: string; viewId?: string }): string;
  use(id: string, appId: string): TriggerUse;
  clear(): void;
}

export function createTriggers(clock: Clock, ids: Ids): Triggers {
  const triggers = new Map<string, Trigger>();
  return {
    issue(from) {
      const id = `${ids.next("13")}.${clock.now()}.local`;
      triggers.set(id, { ...from, issuedAt: clock.now(), used: false });
      return id;
    },
    use(id, appId) {
      const trigger = triggers.get(id);
      if (trigger === undefined || trigger.appId !== appId) return { ok: false, error: "invalid_trigger_id" };
      if (trigger.used) return { ok: false, error: "exchanged_trigger_id" };
      if (clock.now() - trigger.issuedAt > TRIGGER_LIFE_MS) return { ok: false, error: "expired_trigger_id" };
      trigger.used = true;
      return { ok: true, user: trigger.user, ...(trigger.viewId === undefined ? {} : { viewId: trigger.viewId }) };
    },
    clear: () => triggers.clear(),
  };
}
