import type { ActOutcome } from "../../domain/act.ts";
import type { LogEntry, Trouble, Truth } from "../truth.ts";

/** The moment at which something happens. `truth.now` is that moment. */
export interface Scene {
  readonly truth: Truth;
  /** The task that makes it happen. */
  readonly taskId: string;
  readonly startedAt: number;
  readonly log: (event: LogEntry["event"], machine: string, text: string) => void;
}

/** How the world carries out one act: check, then `begin` at once and `end` after `seconds`. */
export interface Deed {
  readonly seconds: (truth: Truth) => number;
  /** Which rule of the world the act would break. Checked at the beginning only. */
  readonly check: (truth: Truth) => Trouble | null;
  readonly begin?: (scene: Scene) => void;
  readonly end: (scene: Scene) => ActOutcome | Trouble;
  /** It broke off after `share` of the work. */
  readonly broken?: (scene: Scene, share: number) => void;
}

export function isTrouble(value: ActOutcome | Trouble): value is Trouble {
  return "code" in value;
}

export function outcome(summary: string, more: Partial<ActOutcome> = {}): ActOutcome {
  return { summary, changes: [], downtimes: [], leftUndone: [], ...more };
}

/** The first trouble of the list that applies. */
export function firstTrouble(rules: readonly (readonly [boolean, Trouble["code"], string])[]): Trouble | null {
  const broken = rules.find(([applies]) => applies);
  return broken === undefined ? null : { code: broken[1], message: broken[2] };
}
