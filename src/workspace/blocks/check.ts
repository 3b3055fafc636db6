import { isObject, objectsOf } from "../json.ts";
import { problemsOf } from "./from-zod.ts";
import { type Problem, under } from "./problem.ts";
import { crossProblems, submitProblems } from "./rules.ts";
import { anyView, messageBlocks } from "./schema/view.ts";

/** All `markdown` blocks of one message together. */
const MAX_MARKDOWN = 12_000;

/**
 * Checks the blocks of a message.
 * @returns every problem found, pointers beginning with `/blocks`; empty when all is well.
 */
export function checkMessageBlocks(blocks: readonly unknown[]): readonly Problem[] {
  const parsed = messageBlocks.safeParse(blocks, { reportInput: true });
  const shape = parsed.success ? [] : problemsOf(parsed.error, "/blocks");
  const known = blocks.filter(isObject);
  const markdown = known.filter((block) => block.type === "markdown").map((block) => String(block.text ?? ""));
  const long = markdown.length > 1 && markdown.join("").length > MAX_MARKDOWN;
  const total: Problem = {
    pointer: "/blocks",
    code: "too_long",
    message: `markdown blocks must be less than ${MAX_MARKDOWN + 1} characters in all`,
    constraint: MAX_MARKDOWN,
  };
  return [...shape, ...(long ? [total] : []), ...crossProblems(known, "message")];
}

/**
 * Checks a modal or a Home view.
 * @returns every problem found, pointers beginning with `/view`.
 */
export function checkView(view: unknown): readonly Problem[] {
  const parsed = anyView.safeParse(view, { reportInput: true });
  const shape = parsed.success ? [] : problemsOf(parsed.error, "");
  if (!isObject(view)) return under("/view", shape);
  const surface = view.type === "home" ? "home" : "modal";
  return under("/view", [...shape, ...submitProblems(view), ...crossProblems(objectsOf(view.blocks), surface)]);
}
