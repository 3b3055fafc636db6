import { z } from "zod";
import { httpUrl, idText } from "./text.ts";

const style = z.looseObject({}).optional();

const leaf = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string().min(1), style }),
  z.strictObject({
    type: z.literal("link"),
    url: httpUrl,
    text: z.string().optional(),
    unsafe: z.boolean().optional(),
    style,
  }),
  z.strictObject({
    type: z.literal("emoji"),
    name: z.string(),
    unicode: z.string().optional(),
    url: z.string().optional(),
    style,
  }),
  z.strictObject({ type: z.literal("user"), user_id: z.string(), style }),
  z.strictObject({ type: z.literal("usergroup"), usergroup_id: z.string(), style }),
  z.strictObject({ type: z.literal("channel"), channel_id: z.string(), style }),
  z.strictObject({ type: z.literal("team"), team_id: z.string(), style }),
  z.strictObject({ type: z.literal("broadcast"), range: z.enum(["here", "channel", "everyone"]), style }),
  z.strictObject({ type: z.literal("color"), value: z.string(), style }),
  z.strictObject({
    type: z.literal("date"),
    timestamp: z.number(),
    format: z.string(),
    url: httpUrl.optional(),
    fallback: z.string().optional(),
    style,
  }),
]);

const leaves = z.array(leaf);
const border = z.union([z.literal(0), z.literal(1)]).optional();
const section = z.strictObject({ type: z.literal("rich_text_section"), elements: leaves });

export const richText = z.strictObject({
  type: z.literal("rich_text"),
  block_id: idText.optional(),
  elements: z.array(
    z.discriminatedUnion("type", [
      section,
      z.strictObject({
        type: z.literal("rich_text_list"),
        style: z.enum(["bullet", "ordered"]),
        elements: z.array(section),
        indent: z.number().int().optional(),
        offset: z.number().int().optional(),
        border,
      }),
      z.strictObject({ type: z.literal("rich_text_quote"), elements: leaves, border }),
      z.strictObject({
        type: z.literal("rich_text_preformatted"),
        elements: leaves,
        border,
        language: z.string().optional(),
      }),
    ]),
  ),
});
