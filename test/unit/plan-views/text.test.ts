import { expect, test } from "vitest";
import { chartOfPlan } from "../../../src/plan-views/chart-of-plan.ts";
import { ganttText } from "../../../src/plan-views/gantt.ts";
import { refusalText } from "../../../src/plan-views/refusal.ts";
import { planTable } from "../../../src/plan-views/table.ts";
import { clean, type Style, wrap } from "../../../src/plan-views/terminal.ts";
import { drawnPlan } from "../../support/drawn-plan.ts";

const plain: Style = { colour: false, unicode: false, width: 100 };
const hostile = (name: string) => `${name}\u001b[2J\u202e<b>&"'\n${"x".repeat(60)}`;

test("the table tells times, what changes, downtime and the two first reasons of every stage", () => {
  const text = planTable(drawnPlan(), plain);

  expect(text).toMatch(/1 {2}00:00:00 {2}00:18:15 {2}hypervisor {2}h1 {6}openssl 1\.0 -> 1\.1 .* -$/m);
  expect(text).toMatch(/3 {2}00:35:15 {2}00:38:15 {2}guest-os .* 60 s$/m);
  expect(text).toContain("- h1 is the master (R19, vendor-documented)");
  expect(text).not.toContain("the third reason");
  expect(text).toContain("SIMULATED: no real machine");
  expect(text).toContain("at least 30 min (this plan: 1.27 times that): hosts of pool go one after another");
  expect(text).toContain("down: gpu, web (2)");
  expect(text).toContain("staying up: db (1)");
  expect(text).toContain("- idle: nothing pending");
});

test("rules that say the same share a line", () => {
  const plan = drawnPlan();
  const stages = plan.stages.map((stage) => ({
    ...stage,
    reasons: ["R2", "R1b"].map((rule) => ({ rule, strength: "vendor" as const, text: "same", source: "", scope: "" })),
  }));

  expect(planTable({ ...plan, stages }, plain).match(/- same \(R2, R1b, vendor-documented\)/g)).toHaveLength(3);
});

test.each([60, 80, 100, 160])("nothing is wider than %i columns, whatever the names", (width) => {
  for (const plan of [drawnPlan(), drawnPlan(hostile)]) {
    const style = { ...plain, width };
    const lines = `${planTable(plan, style)}\n${ganttText(chartOfPlan(plan), style)}`.split("\n");

    // The table needs 77 columns for its fixed parts.
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(Math.max(width, 100));
  }
});

test("refuses to pass on control characters and changes of writing direction", () => {
  const plan = drawnPlan(hostile);
  const text = planTable(plan, plain) + ganttText(chartOfPlan(plan), { ...plain, unicode: true });

  expect(text).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
});

test("plain text is ASCII, a terminal gets colours only when it wants them", () => {
  const text = planTable(drawnPlan(), plain);

  expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  expect(planTable(drawnPlan(), { ...plain, colour: true })).toContain("\u001b[");
});

test("the chart has a row a machine; downtime wins over work, work over what goes with it", () => {
  const lines = ganttText(chartOfPlan(drawnPlan()), plain).split("\n");

  expect(lines.find((line) => line.startsWith("  h1 "))).toMatch(/^ {2}h1 +>+#+R+/);
  expect(lines.find((line) => line.includes("v gpu"))).toMatch(/ !{30,}/);
  expect(lines.find((line) => line.startsWith("  web "))).toMatch(/#!+$/);
  expect(lines.at(-2)).toContain("! VM is down");
});

test("the chart of a plan of many days and of no steps at all is drawn", () => {
  const plan = drawnPlan();
  const empty = { ...plan, steps: [], stages: [], schedule: { ...plan.schedule, downtimes: [] } };

  expect(ganttText(chartOfPlan(empty), plain)).toContain("0:00");
});

test("a refusal names every blocker with what to do next", () => {
  const text = refusalText(
    {
      ok: false,
      reason: "blocked",
      message: "2 things stand in the way.",
      next: "see to each",
      blockers: [
        { reason: "blocked", where: "h1", message: "h1 is busy\u001b[2J", next: "wait" },
        { reason: "blocked", where: "h2", message: "it is offline", next: "bring it back" },
      ],
    },
    plain,
  );

  expect(text.split("\n")).toEqual([
    "No plan: 2 things stand in the way.",
    "  1. h1 is busy?[2J",
    "     next: wait",
    "  2. h2: it is offline",
    "     next: bring it back",
    "What to do: see to each",
    "",
  ]);
});

test("long lines are broken at spaces, long words cut with a mark", () => {
  expect(wrap("one two three", 7, plain)).toEqual(["one two", "three"]);
  expect(wrap("abcdefghij k", 6, plain)).toEqual(["abc...", "k"]);
  expect(clean("a → b", plain)).toBe("a -> b");
});
