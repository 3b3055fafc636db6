import type { Ids } from "../ids.ts";
import { isObject, type JsonObject, objectsOf, someText } from "../json.ts";

/** Gives every block a block_id and every interactive element an action_id, as Slack does. */
export function completeIds(blocks: readonly JsonObject[], ids: Ids): readonly JsonObject[] {
  return blocks.map((block) => {
    const withIds: Record<string, unknown> = { ...block, block_id: someText(block.block_id) ?? ids.next("b") };
    if (isObject(block.accessory)) withIds.accessory = withActionId(block.accessory, ids);
    if (isObject(block.element)) withIds.element = withActionId(block.element, ids);
    if (block.type === "actions" || block.type === "context_actions") {
      withIds.elements = objectsOf(block.elements).map((element) => withActionId(element, ids));
    }
    if (block.type === "card" && Array.isArray(block.actions)) {
      withIds.actions = objectsOf(block.actions).map((element) => withActionId(element, ids));
    }
    if (block.child_blocks !== undefined) withIds.child_blocks = completeIds(objectsOf(block.child_blocks), ids);
    return withIds;
  });
}

function withActionId(element: JsonObject, ids: Ids): JsonObject {
  if (element.type === "image") return element;
  return { ...element, action_id: someText(element.action_id) ?? ids.next("a") };
}
