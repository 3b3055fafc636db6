import type { Button, ContextBlock, HeaderBlock, KnownBlock, RichTextBlock, SectionBlock } from "@slack/types";
import { cut, packFew, slackLimits } from "../text.ts";

/** A message as every view returns it: `text` is what notifications and screen readers get. */
export interface View {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

export function header(text: string): HeaderBlock {
  return { type: "header", text: { type: "plain_text", text: cut(text, slackLimits.headerText), emoji: true } };
}

export function section(text: string): SectionBlock {
  return { type: "section", text: { type: "mrkdwn", text: cut(text, slackLimits.sectionText) } };
}

/** Two columns of short facts. */
export function fields(texts: readonly string[]): SectionBlock {
  return { type: "section", fields: texts.slice(0, 10).map((text) => ({ type: "mrkdwn", text: cut(text, 2000) })) };
}

export function context(...texts: readonly string[]): ContextBlock {
  return {
    type: "context",
    elements: texts.slice(0, slackLimits.contextElements).map((text) => ({ type: "mrkdwn", text: cut(text, 2000) })),
  };
}

/** Sections that one list may take up: a card has several lists, and Slack takes 50 blocks. */
export const sectionsPerList = 6;

/** A heading and the sections that its lines need; a list that is too long is shortened and says so, and `where` the rest is. */
export function lines(heading: string, all: readonly string[], where = ""): readonly SectionBlock[] {
  return packFew(`*${heading}*`, all, sectionsPerList, where).map(section);
}

export interface ButtonSpec {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly style?: "primary" | "danger";
  readonly confirm?: { readonly title: string; readonly text: string; readonly yes: string };
}

export function button(spec: ButtonSpec): Button {
  return {
    type: "button",
    action_id: spec.id,
    text: { type: "plain_text", text: spec.label, emoji: true },
    value: spec.value,
    ...(spec.style ? { style: spec.style } : {}),
    ...(spec.confirm ? { confirm: confirmDialog(spec.confirm) } : {}),
  };
}

function confirmDialog(spec: NonNullable<ButtonSpec["confirm"]>): NonNullable<Button["confirm"]> {
  return {
    title: { type: "plain_text", text: cut(spec.title, 100) },
    text: { type: "mrkdwn", text: cut(spec.text, slackLimits.confirmText) },
    confirm: { type: "plain_text", text: cut(spec.yes, 30) },
    deny: { type: "plain_text", text: "Cancel" },
  };
}

/** Plain lines as the rich text that task cards want. */
export function richLines(texts: readonly string[]): RichTextBlock {
  const elements = texts.flatMap((text, i) => [
    ...(i > 0 ? [{ type: "text" as const, text: "\n" }] : []),
    { type: "text" as const, text },
  ]);
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}
