import { checkMessageBlocks } from "../blocks/check.ts";
import { completeIds } from "../blocks/complete-ids.ts";
import type { Problem } from "../blocks/problem.ts";
import { isObject, type JsonObject, objectsOf, textOf } from "../json.ts";
import type { World } from "../world.ts";
import { type Answer, refuse, refuseProblems } from "./answer.ts";

/** Slack cuts a message's text here (secondary source). */
const MAX_TEXT = 40_000;

export interface Content {
  readonly text: string;
  readonly blocks?: readonly JsonObject[];
  readonly attachments?: readonly JsonObject[];
  readonly metadata?: JsonObject;
}

export type ContentRead =
  | { readonly ok: true; readonly content: Content }
  | { readonly ok: false; readonly answer: Answer; readonly problems: readonly Problem[] };

/** Reads and checks what a message consists of; used by every way a message can be written. */
export function readContent(world: World, args: JsonObject): ContentRead {
  const { blocks, attachments, metadata } = args;
  if (blocks !== undefined && blocks !== null && !Array.isArray(blocks))
    return refused(refuse("invalid_blocks_format"));
  if (metadata !== undefined && !isMetadata(metadata)) return refused(refuse("invalid_metadata_format"));

  const problems = Array.isArray(blocks) ? checkMessageBlocks(blocks) : [];
  if (problems.length > 0) return refused(refuseProblems("invalid_blocks", problems), problems);

  const text = textOf(args.text).slice(0, MAX_TEXT);
  const hasBlocks = Array.isArray(blocks) && blocks.length > 0;
  const hasAttachments = objectsOf(attachments).length > 0;
  if (text === "" && !hasBlocks && !hasAttachments) return refused(refuse("no_text"));
  return {
    ok: true,
    content: {
      text,
      ...(hasBlocks ? { blocks: completeIds(objectsOf(blocks), world.ids) } : {}),
      ...(hasAttachments ? { attachments: objectsOf(attachments) } : {}),
      ...(isMetadata(metadata) ? { metadata } : {}),
    },
  };
}

function refused(answer: Answer, problems: readonly Problem[] = []): ContentRead {
  return { ok: false, answer, problems };
}

function isMetadata(value: unknown): value is JsonObject {
  return isObject(value) && typeof value.event_type === "string" && isObject(value.event_payload);
}
