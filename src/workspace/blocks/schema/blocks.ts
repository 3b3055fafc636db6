import { z } from "zod";
import { accessory, actionElement, button, image, inputElement } from "./elements.ts";
import { richText } from "./rich-text.ts";
import { anyText, httpUrl, idText, mrkdwn, plainText } from "./text.ts";

const block = { block_id: idText.optional() };
const rawText = z.strictObject({ type: z.literal("raw_text"), text: z.string().min(1) });
const rawNumber = z.strictObject({ type: z.literal("raw_number"), value: z.number(), text: z.string() });
const cell = z.discriminatedUnion("type", [rawText, rawNumber, richText]);

const section = z.strictObject({
  type: z.literal("section"),
  ...block,
  text: anyText(3000).optional(),
  fields: z.array(anyText(2000)).min(1).max(10).optional(),
  accessory: accessory.optional(),
  expand: z.boolean().optional(),
});
const header = z.strictObject({ type: z.literal("header"), ...block, text: plainText(150) });
const divider = z.strictObject({ type: z.literal("divider"), ...block });
const context = z.strictObject({
  type: z.literal("context"),
  ...block,
  elements: z
    .array(z.discriminatedUnion("type", [image, plainText(3000), mrkdwn(3000)]))
    .min(1)
    .max(10),
});
const actions = z.strictObject({
  type: z.literal("actions"),
  ...block,
  elements: z.array(actionElement).min(1).max(25),
});
const input = z.strictObject({
  type: z.literal("input"),
  ...block,
  label: plainText(2000),
  element: inputElement,
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});
const imageBlock = z.strictObject({
  type: z.literal("image"),
  ...block,
  alt_text: z.string().min(1).max(2000),
  title: plainText(2000).optional(),
  image_url: httpUrl.optional(),
  slack_file: z.looseObject({}).optional(),
});
const markdown = z.strictObject({ type: z.literal("markdown"), ...block, text: z.string().min(1).max(12_000) });
const table = z.strictObject({
  type: z.literal("table"),
  ...block,
  rows: z.array(z.array(cell).max(20)).min(1).max(100),
  column_settings: z
    .array(
      z
        .strictObject({ align: z.enum(["left", "center", "right"]).optional(), is_wrapped: z.boolean().optional() })
        .nullable(),
    )
    .max(20)
    .optional(),
});
const taskCard = z.strictObject({
  type: z.literal("task_card"),
  ...block,
  task_id: z.string().min(1),
  title: z.string().min(1),
  // The word is "complete"; "completed" is what everybody writes first.
  status: z.enum(["pending", "in_progress", "complete", "error"]),
  details: richText.optional(),
  output: richText.optional(),
  sources: z.array(z.strictObject({ type: z.literal("url"), url: httpUrl, text: z.string() })).optional(),
});
const plan = z.strictObject({
  type: z.literal("plan"),
  ...block,
  title: z.string().min(1),
  tasks: z.array(taskCard).optional(),
});
const alert = z.strictObject({
  type: z.literal("alert"),
  ...block,
  text: anyText(200),
  level: z.enum(["default", "info", "warning", "error", "success"]).optional(),
});
const card = z.strictObject({
  type: z.literal("card"),
  ...block,
  hero_image: image.optional(),
  icon: image.optional(),
  title: mrkdwn(150).optional(),
  subtitle: mrkdwn(150).optional(),
  body: mrkdwn(200).optional(),
  actions: z.array(button).optional(),
});

const inContainer = [section, header, divider, context, actions, input, imageBlock, table, richText] as const;
const container = z.strictObject({
  type: z.literal("container"),
  ...block,
  title: plainText(150).optional(),
  rich_text_title: richText.optional(),
  subtitle: anyText(150).optional(),
  child_blocks: z.array(z.discriminatedUnion("type", inContainer)).min(1).max(10),
  width: z.enum(["narrow", "standard", "wide", "full"]).optional(),
  icon: image.optional(),
  is_collapsible: z.boolean().optional(),
  default_collapsed: z.boolean().optional(),
  has_header_divider: z.boolean().optional(),
});

export const anyBlock = z.discriminatedUnion("type", [
  ...inContainer,
  markdown,
  taskCard,
  plan,
  alert,
  card,
  container,
]);
