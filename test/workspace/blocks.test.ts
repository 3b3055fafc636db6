import { expect, it } from "vitest";
import { actions, button, CHANNEL, call, modal, workspaceForTest } from "./support.ts";

const text = (length: number) => ({ type: "plain_text", text: "x".repeat(length) });
const section = (length: number) => ({ type: "section", text: { type: "mrkdwn", text: "x".repeat(length) } });
const many = (count: number) => Array.from({ length: count }, () => ({ type: "divider" }));
const table = { type: "table", rows: [[{ type: "raw_text", text: "a" }]] };
const task = (status: string) => ({ type: "task_card", task_id: "1", title: "web-1", status });

const WRONG_MESSAGES: readonly (readonly [string, readonly unknown[], string, string])[] = [
  ["51 blocks", many(51), "/blocks", "too_many"],
  ["an unknown type", [{ type: "fireworks" }], "/blocks/0/type", "unsupported_type"],
  ["an alert, which belongs in modals", [{ type: "alert", text: text(5) }], "/blocks/0/type", "not_allowed_here"],
  ["a section of 3001 characters", [section(3001)], "/blocks/0/text/text", "too_long"],
  ["a section without words", [{ type: "section" }], "/blocks/0/text", "missing_field"],
  ["a button value of 2001", [actions(button("a", "x".repeat(2001)))], "/blocks/0/elements/0/value", "too_long"],
  [
    "a button text of 76",
    [actions(button("a", "1", { text: text(76) }))],
    "/blocks/0/elements/0/text/text",
    "too_long",
  ],
  [
    "a duplicate action_id",
    [actions(button("a", "1"), button("a", "2"))],
    "/blocks/0/elements/1/action_id",
    "duplicate",
  ],
  [
    "a header with mrkdwn",
    [{ type: "header", text: { type: "mrkdwn", text: "x" } }],
    "/blocks/0/text/type",
    "invalid_value",
  ],
  ["a header of 151", [{ type: "header", text: text(151) }], "/blocks/0/text/text", "too_long"],
  [
    "the status completed",
    [{ type: "plan", title: "p", tasks: [task("completed")] }],
    "/blocks/0/tasks/0/status",
    "invalid_value",
  ],
  ["a plan beside a task card", [{ type: "plan", title: "p" }, task("complete")], "/blocks/1", "exclusive"],
  ["a second table", [table, table], "/blocks/1", "only_one"],
  ["a field nobody knows", [{ type: "divider", colour: "red" }], "/blocks/0", "additional_property"],
  [
    "26 buttons",
    [actions(...Array.from({ length: 26 }, (_, n) => button(`a${n}`, "1")))],
    "/blocks/0/elements",
    "too_many",
  ],
  [
    "the same block_id twice",
    [
      { type: "divider", block_id: "a" },
      { type: "divider", block_id: "a" },
    ],
    "/blocks/1/block_id",
    "duplicate",
  ],
  [
    "a confirm text of 301",
    [actions(button("a", "1", { confirm: { text: text(301) } }))],
    "/blocks/0/elements/0/confirm/text/text",
    "too_long",
  ],
];

it.each(WRONG_MESSAGES)("refuses a message with %s", async (_what, blocks, pointer, code) => {
  const workspace = await workspaceForTest();

  const { body } = await call(workspace, "chat.postMessage", { channel: CHANNEL, text: "x", blocks });

  expect(body).toMatchObject({ ok: false, error: "invalid_blocks" });
  expect(body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
  expect(body.response_metadata.messages.join()).toContain(`[json-pointer:${pointer}]`);
  expect(workspace.control.messages({ channel: CHANNEL })).toEqual([]);
});

const WRONG_VIEWS: readonly (readonly [string, object, string])[] = [
  ["no title", modal({ title: undefined }), "/view/title"],
  ["a title of 25", modal({ title: text(25) }), "/view/title/text"],
  ["input but no submit", modal({ submit: undefined }), "/view/submit"],
  ["101 blocks", modal({ blocks: many(101) }), "/view/blocks"],
  ["private_metadata of 3001", modal({ private_metadata: "x".repeat(3001) }), "/view/private_metadata"],
  ["a markdown block", modal({ blocks: [{ type: "markdown", text: "x" }] }), "/view/blocks/0/type"],
  ["a plan", modal({ blocks: [{ type: "plan", title: "x" }] }), "/view/blocks/0/type"],
  ["a table", modal({ blocks: [table] }), "/view/blocks/0/type"],
];

it.each(WRONG_VIEWS)("refuses a modal with %s", async (_what, view, pointer) => {
  const workspace = await workspaceForTest();

  const { body } = await call(workspace, "views.open", { trigger_id: "any", view });

  expect(body).toMatchObject({ ok: false, error: "invalid_arguments" });
  expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
});

it("takes every block at its limit", async () => {
  const workspace = await workspaceForTest();
  const blocks = [
    section(3000),
    actions(button("a", "x".repeat(2000))),
    { type: "plan", title: "p", tasks: [task("complete")] },
    table,
    ...many(46),
  ];

  const { body } = await call(workspace, "chat.postMessage", { channel: CHANNEL, text: "x", blocks });

  expect(body.ok).toBe(true);
});

it("answers blocks.validate without a token", async () => {
  const workspace = await workspaceForTest();

  const right = await call(workspace, "blocks.validate", { blocks: [section(10)] }, "");
  const wrong = await call(workspace, "blocks.validate", { blocks: [section(3001)] }, "");

  expect(right.body).toEqual({ ok: true, errors: [] });
  expect(wrong.body.errors).toEqual([
    {
      pointer: "/blocks/0/text/text",
      code: "too_long",
      message: "must be less than 3001 characters",
      constraint: 3000,
    },
  ]);
});
