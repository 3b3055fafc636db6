import type { ActKind, ActOf, ActOutcome } from "../domain/act.ts";
import type { Blocker } from "../domain/outcome.ts";

/**
 * What may be done after a crash with an open intent (queue.md 4.3):
 * - `repeat`: the effect is a state; doing it again changes nothing.
 * - `reconcile`: the world is asked first. Found: adopted. Surely absent: done. Unclear: a person decides.
 * - `never`: no conclusive trace; a person decides.
 */
export const repeatClasses = ["repeat", "reconcile", "never"] as const;
export type RepeatClass = (typeof repeatClasses)[number];

/** Facts from before the act that a later probe needs (boot id, versions); stored with the intent. */
export type Before = Readonly<Record<string, string>>;

/** What the world says about an act with a given tag. */
export type Probe =
  | { readonly state: "absent" }
  | { readonly state: "running" | "finished"; readonly handle: string }
  | { readonly state: "unknown"; readonly why: string };

export interface Watch {
  readonly signal: AbortSignal;
  /** Called with a short line and, where known, a share from 0 to 1. May be ignored. */
  readonly progress: (line: string, share?: number) => void;
}

/**
 * One act a driver can perform. The run calls look → (intent is written) → probe → start →
 * (handle is written) → follow. All throw `PatchError` when the world misbehaves, and stop early when
 * the signal is aborted; an act already under way at the machine is never torn down by that.
 */
export interface Operation<K extends ActKind> {
  readonly repeat: RepeatClass;
  /** Reads the world right before the act: what stands in the way, and the facts a probe will need. Changes nothing. */
  look(act: ActOf<K>, signal: AbortSignal): Promise<{ readonly blockers: readonly Blocker[]; readonly before: Before }>;
  /** Has the act with this tag begun, ended, or neither? Changes nothing. */
  probe(act: ActOf<K>, tag: string, before: Before, signal: AbortSignal): Promise<Probe>;
  /** Begins the act and returns as soon as it can be followed. `tag` matches /^[a-z0-9-]+$/. */
  start(act: ActOf<K>, tag: string, before: Before, signal: AbortSignal): Promise<string>;
  /** Waits for the end with a deadline and verifies the effect by facts. Works on a handle of an earlier process. */
  follow(act: ActOf<K>, handle: string, before: Before, watch: Watch): Promise<ActOutcome>;
}

export type Operations = { readonly [K in ActKind]?: Operation<K> };
