import { isObject, type JsonObject, objectsOf, textOf } from "../json.ts";

/** One thing a person can press, choose or fill in, and the block it sits in. */
export interface Placed {
  readonly block: JsonObject;
  readonly blockId: string;
  readonly element: JsonObject;
  readonly actionId: string;
}

/** Every interactive element of a message or view, in reading order. */
export function interactiveElements(blocks: readonly JsonObject[]): readonly Placed[] {
  return blocks.flatMap((block) => [...ownElements(block), ...interactiveElements(objectsOf(block.child_blocks))]);
}

function ownElements(block: JsonObject): readonly Placed[] {
  const candidates = [
    ...(isObject(block.accessory) ? [block.accessory] : []),
    ...(block.type === "input" && isObject(block.element) ? [block.element] : []),
    ...(block.type === "actions" || block.type === "context_actions" ? objectsOf(block.elements) : []),
    ...(block.type === "card" ? objectsOf(block.actions) : []),
    ...(block.type === "carousel" ? objectsOf(block.elements).flatMap((card) => objectsOf(card.actions)) : []),
  ];
  return candidates
    .filter((element) => element.type !== "image")
    .map((element) => ({ block, blockId: textOf(block.block_id), element, actionId: textOf(element.action_id) }));
}
