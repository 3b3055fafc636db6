import { isObject, type JsonObject, objectsOf, textOf } from "./json.ts";

/** What `messageText` can read: any message or view with text and blocks. */
export interface Readable {
  readonly text?: string;
  readonly blocks?: readonly JsonObject[];
}

/**
 * All words of a message as plain text, one line per block part, in reading order: texts, fields,
 * button labels as `[label]`, tasks as `(status) title`, table rows joined by ` | `. mrkdwn is left as
 * it is. When the message has blocks its fallback `text` is not included.
 */
export function messageText(message: Readable): string {
  const blocks = message.blocks ?? [];
  if (blocks.length === 0) return message.text ?? "";
  return blocks.flatMap(linesOf).filter(Boolean).join("\n");
}

function linesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(linesOf);
  if (!isObject(value)) return [];
  switch (value.type) {
    case "button":
      return [`[${words(value.text)}]`];
    case "table":
    case "data_table":
      return Array.isArray(value.rows) ? value.rows.map((row: unknown) => linesOf(row).join(" | ")) : [];
    case "task_card":
      return [`(${textOf(value.status)}) ${textOf(value.title)}`, ...linesOf(value.details), ...linesOf(value.output)];
    case "plan":
      return [textOf(value.title), ...linesOf(value.tasks)];
    case "rich_text":
      return objectsOf(value.elements).map(richLine);
    case "plain_text":
    case "mrkdwn":
    case "raw_text":
    case "raw_number":
    case "markdown":
      return [textOf(value.text)];
    default:
      return PARTS.flatMap((part) => linesOf(value[part]));
  }
}

// Reading order inside a block or element.
const PARTS = [
  "title",
  "rich_text_title",
  "subtitle",
  "label",
  "text",
  "body",
  "fields",
  "elements",
  "element",
  "accessory",
  "actions",
  "child_blocks",
  "options",
  "placeholder",
  "hint",
];

function words(value: unknown): string {
  return isObject(value) ? textOf(value.text) : "";
}

function richLine(part: JsonObject): string {
  return objectsOf(part.elements)
    .map((leaf) => {
      if (Array.isArray(leaf.elements)) return `${part.type === "rich_text_list" ? "- " : ""}${richLine(leaf)}`;
      if (leaf.type === "user") return `<@${textOf(leaf.user_id)}>`;
      if (leaf.type === "usergroup") return `<!subteam^${textOf(leaf.usergroup_id)}>`;
      if (leaf.type === "channel") return `<#${textOf(leaf.channel_id)}>`;
      if (leaf.type === "emoji") return `:${textOf(leaf.name)}:`;
      return textOf(leaf.text) || textOf(leaf.url) || textOf(leaf.fallback);
    })
    .join(part.type === "rich_text_list" ? "\n" : "");
}
