import { expect, it } from "vitest";
import { mrkdwnJs } from "../../src/workspace/page/js/mrkdwn.ts";

interface Node {
  readonly t: string;
  readonly [key: string]: unknown;
}

// The browser module has no imports, so it runs here as it runs there.
const url = `data:text/javascript,${encodeURIComponent(mrkdwnJs)}`;
const { parseMrkdwn } = (await import(/* @vite-ignore */ url)) as { parseMrkdwn: (source: string) => readonly Node[] };

const text = (v: string) => ({ t: "text", v });

it.each<[string, string, readonly object[]]>([
  ["bold", "*x y*", [{ t: "bold", c: [text("x y")] }]],
  ["italic in bold", "*_x_*", [{ t: "bold", c: [{ t: "italic", c: [text("x")] }] }]],
  ["strike", "~x~", [{ t: "strike", c: [text("x")] }]],
  ["code, in which nothing else counts", "`*x*`", [{ t: "code", v: "*x*" }]],
  ["a code block", "a\n```x\n*y*```\nb", [text("a"), { t: "pre", v: "x\n*y*" }, text("b")]],
  ["a quote", "a\n> b\n&gt; c", [text("a"), { t: "quote", c: [text("b\nc")] }]],
  [
    "a link with a label",
    "<https://a.test/?x=1&amp;y|docs>",
    [{ t: "link", url: "https://a.test/?x=1&y", c: [text("docs")] }],
  ],
  ["a person", "<@U0RITA|rita>", [{ t: "user", id: "U0RITA", label: "rita" }]],
  ["a channel", "<#C0PATCHING>", [{ t: "channel", id: "C0PATCHING", label: undefined }]],
  ["a group", "<!subteam^S0APPROVERS>", [{ t: "group", id: "S0APPROVERS", label: undefined }]],
  [
    "a date",
    "<!date^1700000000^{time}|noon>",
    [{ t: "date", at: 1_700_000_000, format: "{time}", url: undefined, fallback: "noon" }],
  ],
  ["an emoji", ":x: no", [{ t: "emoji", name: "x" }, text(" no")]],
  ["entities", "a &lt;b&gt; &amp;lt;", [text("a <b> &lt;")]],
])("reads %s", (_what, source, nodes) => {
  expect(parseMrkdwn(source)).toEqual(nodes);
});

it.each([
  "snake_case_name",
  "in*side* words",
  "2 * 3 * 4",
  "a ~ b",
  "<script>alert(1)</script>",
  "<javascript:alert(1)|x>",
  "10:30:15 *",
  "* not bold*",
])("leaves %s as plain words", (source) => {
  const nodes = parseMrkdwn(source);

  expect(nodes.every((node) => node.t === "text" || node.t === "emoji")).toBe(true);
  expect(nodes.map((node) => (node.t === "emoji" ? `:${node.name}:` : node.v)).join("")).toBe(source);
});
