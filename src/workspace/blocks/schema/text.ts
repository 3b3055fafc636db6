import { z } from "zod";

/** Text objects. Numbers throughout this folder: doc comments of @slack/types 3.2.0. */

export const plainText = (max: number) =>
  z.strictObject({ type: z.literal("plain_text"), text: z.string().min(1).max(max), emoji: z.boolean().optional() });

export const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal("mrkdwn"), text: z.string().min(1).max(max), verbatim: z.boolean().optional() });

export const anyText = (max: number) => z.discriminatedUnion("type", [plainText(max), mrkdwn(max)]);

/** block_id and action_id. */
export const idText = z.string().min(1).max(255);

export const httpUrl = z
  .string()
  .max(3000)
  .regex(/^(https?|mailto|tel|slack):/, "must be a valid URL");

const style = z.enum(["primary", "danger"]);

export const confirm = z.strictObject({
  title: plainText(100).optional(),
  text: anyText(300),
  confirm: plainText(30).optional(),
  deny: plainText(30).optional(),
  style: style.optional(),
});

export const buttonStyle = style;

const optionRest = {
  value: z.string().max(75).optional(),
  url: httpUrl.optional(),
  description: plainText(75).optional(),
};

export const plainOption = z.strictObject({ text: plainText(75), ...optionRest });
export const anyOption = z.strictObject({ text: anyText(75), ...optionRest });
export const optionGroup = z.strictObject({ label: plainText(75), options: z.array(plainOption).min(1).max(100) });

export const placeholder = plainText(150);
