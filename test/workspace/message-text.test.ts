import { expect, it } from "vitest";
import { messageText } from "../../src/workspace/index.ts";
import { actions, button } from "./support.ts";

const line = (text: string) => ({
  type: "rich_text",
  elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }],
});

it("reads a message aloud, block by block", () => {
  const text = messageText({
    text: "fallback",
    blocks: [
      { type: "header", text: { type: "plain_text", text: "Plan" } },
      {
        type: "section",
        text: { type: "mrkdwn", text: "*14* machines" },
        fields: [{ type: "mrkdwn", text: "window" }],
        accessory: button("log", "1"),
      },
      {
        type: "plan",
        title: "Run",
        tasks: [{ type: "task_card", task_id: "1", title: "web-1", status: "error", details: line("no answer") }],
      },
      {
        type: "table",
        rows: [
          [
            { type: "raw_text", text: "a" },
            { type: "raw_text", text: "b" },
          ],
        ],
      },
      actions(button("go", "1")),
    ],
  });

  expect(text.split("\n")).toEqual([
    "Plan",
    "*14* machines",
    "window",
    "[log]",
    "Run",
    "(error) web-1",
    "no answer",
    "a | b",
    "[go]",
  ]);
});

it("gives the plain text of a message without blocks", () => {
  expect(messageText({ text: "hello" })).toBe("hello");
});
