import { expect, test } from "vitest";
import { chartOfPlan } from "../../../src/plan-views/chart-of-plan.ts";
import { drawnPlan } from "../../support/drawn-plan.ts";

const chart = chartOfPlan(drawnPlan());
const rows = chart.sections.flatMap((section) => section.rows);
const rowOf = (id: string) => rows.find((row) => row.id === id);

test("machines are rows by layer and pool, in the order of their turns, what goes down with a host right beneath it", () => {
  expect(chart.sections.map(({ title, rows: own }) => [title, own.map((row) => row.id)])).toEqual([
    ["Hosts of pool", ["h1", "h2", "down/h2"]],
    ["Guests of pool", ["web"]],
  ]);
});

test("moves that follow each other are one stretch of emptying, each with a tie to where the VM goes", () => {
  const drains = rowOf("h1")?.bars.filter((bar) => bar.kind === "drain");

  expect(drains?.map(({ start, end, label }) => [start, end, label])).toEqual([[0, 120, "2 moves"]]);
  expect(chart.ties.map(({ from, to, start, end }) => [from, to, start, end])).toEqual([
    ["h1", "h2", 0, 60],
    ["h1", "h2", 60, 120],
  ]);
});

test("downtime of a VM that goes down with its host stands beneath the host, its own reboot on its own row", () => {
  expect(rowOf("down/h2")?.name).toBe("gpu");
  expect(rowOf("down/h2")?.bars.map(({ kind, start, end }) => [kind, start, end])).toEqual([["down", 1095, 2115]]);
  expect(rowOf("web")?.bars.filter((bar) => bar.kind === "down")).toHaveLength(1);
});

test("a host that only takes VMs in has a row as well", () => {
  const plan = drawnPlan();
  const only = { ...plan, steps: plan.steps.filter((step) => step.stage === "hypervisor/h1") };

  const ids = chartOfPlan(only).sections.flatMap((section) => section.rows.map((row) => row.id));

  expect(ids).toContain("h2");
});

test("every tooltip has step, words and times", () => {
  const texts = rows.flatMap((row) => row.bars.map((bar) => bar.text));

  expect(texts.some((text) => text === "s004 install 1 patch on h1, 00:02:30-00:12:30 (10 min)")).toBe(true);
  for (const text of texts) expect(text.length).toBeGreaterThan(5);
});

test("windows are told in the facts", () => {
  const plan = drawnPlan();
  const windows = [1, 2, 3, 4].map((n) => ({ from: n, to: n + 1, text: `window ${n}` }));

  const { facts } = chartOfPlan({ ...plan, schedule: { ...plan.schedule, windows } });

  expect(facts).toContain("4 windows: window 1, window 2, window 3 and 1 more");
});
