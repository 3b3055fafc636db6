import { isObject, type JsonObject, objectsOf, someText } from "../json.ts";
import { interactiveElements } from "./elements.ts";
import type { Problem } from "./problem.ts";

/** Rules that concern more than one field: what may stand where, and what must be unique. */

type Surface = "message" | "modal" | "home";

const NOT_IN_VIEWS = ["markdown", "table", "plan", "task_card", "file"];
const FORBIDDEN: Readonly<Record<Surface, readonly string[]>> = {
  message: ["alert"],
  modal: NOT_IN_VIEWS,
  home: [...NOT_IN_VIEWS, "alert"],
};

export function crossProblems(blocks: readonly JsonObject[], surface: Surface): readonly Problem[] {
  return [
    ...misplaced(blocks, surface),
    ...onlyOnce(blocks, "table"),
    ...planOrTaskCards(blocks),
    ...emptySections(blocks),
    ...duplicateBlockIds(blocks),
    ...blocks.flatMap((block, index) => duplicateActionIds(block, `/blocks/${index}`)),
  ];
}

function misplaced(blocks: readonly JsonObject[], surface: Surface): readonly Problem[] {
  return blocks.flatMap((block, index) => {
    const type = someText(block.type) ?? "";
    if (!FORBIDDEN[surface].includes(type)) return [];
    const message = `unsupported type: ${type} is not allowed in a ${surface}`;
    return [{ pointer: `/blocks/${index}/type`, code: "not_allowed_here", message }];
  });
}

function onlyOnce(blocks: readonly JsonObject[], type: string): readonly Problem[] {
  const places = blocks.flatMap((block, index) => (block.type === type ? [index] : []));
  return places.slice(1).map((index) => ({
    pointer: `/blocks/${index}`,
    code: "only_one",
    message: `only one ${type} allowed`,
    constraint: 1,
  }));
}

function planOrTaskCards(blocks: readonly JsonObject[]): readonly Problem[] {
  const hasPlan = blocks.some((block) => block.type === "plan");
  const card = blocks.findIndex((block) => block.type === "task_card");
  if (!hasPlan || card < 0) return [];
  return [{ pointer: `/blocks/${card}`, code: "exclusive", message: "plan and task_card blocks exclude each other" }];
}

function emptySections(blocks: readonly JsonObject[]): readonly Problem[] {
  return blocks.flatMap((block, index) => {
    if (block.type !== "section" || block.text !== undefined || block.fields !== undefined) return [];
    return [
      { pointer: `/blocks/${index}/text`, code: "missing_field", message: "missing required field: text or fields" },
    ];
  });
}

function duplicateBlockIds(blocks: readonly JsonObject[]): readonly Problem[] {
  const seen = new Set<string>();
  return blocks.flatMap((block, index) => {
    const id = someText(block.block_id);
    if (id === undefined || !seen.has(id)) {
      if (id !== undefined) seen.add(id);
      return [];
    }
    return [{ pointer: `/blocks/${index}/block_id`, code: "duplicate", message: `duplicate block_id: ${id}` }];
  });
}

/** action_ids are unique inside their block; across blocks they may repeat. */
function duplicateActionIds(block: JsonObject, pointer: string): readonly Problem[] {
  const seen = new Set<string>();
  const children = objectsOf(block.child_blocks);
  const inChildren = children.flatMap((child, index) => duplicateActionIds(child, `${pointer}/child_blocks/${index}`));
  const own = interactiveElements([{ ...block, child_blocks: [] }]).flatMap(({ actionId }, index) => {
    if (actionId === "" || !seen.has(actionId)) {
      seen.add(actionId);
      return [];
    }
    return [
      {
        pointer: `${pointer}/elements/${index}/action_id`,
        code: "duplicate",
        message: `duplicate action_id: ${actionId}`,
      },
    ];
  });
  return [...own, ...inChildren];
}

/** A modal with something to fill in needs a button to hand it in. */
export function submitProblems(view: JsonObject): readonly Problem[] {
  const hasInput = objectsOf(view.blocks).some((block) => block.type === "input");
  if (view.type !== "modal" || !hasInput || isObject(view.submit)) return [];
  return [
    {
      pointer: "/submit",
      code: "missing_field",
      message: "missing required field: submit (the view has input blocks)",
    },
  ];
}
