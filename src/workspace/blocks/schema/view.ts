import { z } from "zod";
import { anyBlock } from "./blocks.ts";
import { plainText } from "./text.ts";

const shared = {
  blocks: z.array(anyBlock).max(100),
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
};

export const modal = z.strictObject({
  type: z.literal("modal"),
  ...shared,
  title: plainText(24),
  submit: plainText(24).nullish(),
  close: plainText(24).nullish(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
});

export const home = z.strictObject({ type: z.literal("home"), ...shared });

export const anyView = z.discriminatedUnion("type", [modal, home]);

export const messageBlocks = z.array(anyBlock).max(50);
