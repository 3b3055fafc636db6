import type { JsonObject } from "../json.ts";

/** One look a message had. Kept so that tests can click on a picture that is already out of date. */
export interface Rendering {
  readonly version: number;
  readonly text: string;
  readonly blocks?: readonly JsonObject[];
}

export interface Reaction {
  readonly name: string;
  readonly users: readonly string[];
}

export interface Message extends Rendering {
  readonly ts: string;
  readonly channel: string;
  /** A person, a bot user, or `USLACKBOT` for the workspace's own private lines. */
  readonly user: string;
  readonly appId?: string;
  readonly attachments?: readonly JsonObject[];
  readonly metadata?: JsonObject;
  readonly threadTs?: string;
  /** A thread reply that is shown in the channel too. */
  readonly broadcast?: boolean;
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly reactions?: readonly Reaction[];
  /** Only this person sees it. */
  readonly ephemeralTo?: string;
  readonly earlier: readonly Rendering[];
}

/** Author of the workspace's own private lines. */
export const SLACKBOT = "USLACKBOT";

/** Old looks kept per message; a run card is edited hundreds of times. */
export const KEPT_RENDERINGS = 20;

/** The look a message had at `version`, or undefined when it never had it or it was forgotten. */
export function renderingAt(message: Message, version: number): Rendering | undefined {
  if (version === message.version) return message;
  return message.earlier.find((rendering) => rendering.version === version);
}

/** The fields of `message` with a new text and new blocks; the old look moves into `earlier`. */
export function redrawn(message: Message, next: { text: string; blocks?: readonly JsonObject[] }): Message {
  const { blocks: oldBlocks, ...rest } = message;
  const old: Rendering = {
    version: message.version,
    text: message.text,
    ...(oldBlocks === undefined ? {} : { blocks: oldBlocks }),
  };
  return {
    ...rest,
    text: next.text,
    ...(next.blocks === undefined ? {} : { blocks: next.blocks }),
    version: message.version + 1,
    earlier: [...message.earlier, old].slice(-KEPT_RENDERINGS),
  };
}
