import { expect, test } from "vitest";
import type { Problem, ProblemAction } from "../../../src/domain/problem.ts";
import { chartOfPlan } from "../../../src/plan-views/chart-of-plan.ts";
import { chartOfSolution } from "../../../src/plan-views/chart-of-solution.ts";
import { chartSvg } from "../../../src/plan-views/svg/chart-svg.ts";
import { xml } from "../../../src/plan-views/svg/escape.ts";
import { drawnPlan } from "../../support/drawn-plan.ts";

/** Opened and closed tags fit each other: a small stand-in for an XML parser. */
function isWellFormed(svg: string): boolean {
  const open: string[] = [];
  for (const [, close, name, self] of svg.matchAll(/<(\/?)([a-zA-Z]+)(?:\s[a-zA-Z0-9:-]+="[^"<]*")*(\/?)>/g)) {
    if (self === "/") continue;
    if (close === "/") {
      if (open.pop() !== name) return false;
    } else open.push(name ?? "");
  }
  return open.length === 0 && !/[<>]/.test(svg.replace(/<\/?[a-zA-Z]+(?:\s[a-zA-Z0-9:-]+="[^"<]*")*\/?>/g, ""));
}

test("a plan is one file that needs nothing else, with title, digest, bound and the mark of a simulation", () => {
  const svg = chartSvg(chartOfPlan(drawnPlan()));

  expect(isWellFormed(svg)).toBe(true);
  expect(svg).toContain("Patch plan for c");
  expect(svg).toContain("digest 0123456789ab");
  expect(svg).toContain("at least 30 min");
  expect(svg).toContain("simulated: no real machine");
  expect(svg).not.toMatch(/href|url\((?!#)|@import|<script/);
});

test("every bar and every move has a tooltip", () => {
  const svg = chartSvg(chartOfPlan(drawnPlan()));

  expect(svg).toContain("<title>web: h1 → h2, 00:00:00-00:01:00 (60 s)</title>");
  expect(svg).toContain("<title>gpu is down, 00:18:15-00:35:15 (17 min): goes down with h2</title>");
});

test("refuses to let a name out of its place: markup, quotes, control characters, halves of characters", () => {
  const svg = chartSvg(chartOfPlan(drawnPlan((name) => `</text><script>${name}"'&\u0000\ud800`)));

  expect(isWellFormed(svg)).toBe(true);
  expect(svg).not.toContain("<script");
  expect(xml("a<\u0001\ud800>&\"'")).toBe("a&lt;&gt;&amp;&quot;&#39;");
});

test("pauses between windows are shaded and named", () => {
  const chart = { ...chartOfPlan(drawnPlan()), pauses: [{ start: 1095, end: 1096, text: "pause until Wed 22:00" }] };

  expect(chartSvg(chart)).toContain("pause until Wed 22:00");
});

function solution(hosts: number): { problem: Problem; actions: readonly ProblemAction[] } {
  const names = Array.from({ length: hosts }, (_, i) => `host-${i + 1}`);
  const actions = names.flatMap((host, i): readonly ProblemAction[] => [
    { type: "migrate", vm: `vm-${i}`, src: host, dst: names[(i + 1) % hosts] ?? "", start: i * 100, end: i * 100 + 60 },
    { type: "patch", host, start: i * 100 + 60, end: i * 100 + 1260 },
  ]);
  const common = { cpu: 1, memory: 1 };
  return {
    problem: {
      hosts: names.map((id, i) => ({
        id,
        pool: i % 2 === 0 ? "even" : "odd",
        domain: null,
        ...common,
        patchSeconds: 1200,
        inPlaceSeconds: 0,
      })),
      vms: names.map((host, i) => ({
        id: `stuck-${i}`,
        host,
        ...common,
        migratable: i > 0,
        migrateSeconds: 60,
        pauseMs: 0,
        group: null,
      })),
      groups: [],
      limits: { migrationsPerHost: 2, migrationsGlobal: null, maintenancePerPool: null, maintenancePerDomain: null },
      precedes: [],
      newerOnly: [],
      reserve: {},
    },
    actions,
  };
}

test("a solution of the reference problem is drawn by the same hand: pools, patches, moves, VMs that cannot move", () => {
  const { problem, actions } = solution(4);

  const chart = chartOfSolution(problem, actions, { title: "small", lowerBound: 1000 });
  const rows = chart.sections.map(({ title, rows: own }) => [title, own.map((row) => row.id)]);

  expect(rows).toEqual([
    ["Hosts of even", ["host-1", "down/host-1", "host-3"]],
    ["Hosts of odd", ["host-2", "host-4"]],
  ]);
  expect(chart.facts[0]).toContain("1560 s");
  expect(chart.facts[0]).toContain("1.560 times that");
  expect(chart.ties).toHaveLength(4);
  expect(isWellFormed(chartSvg(chart))).toBe(true);
});

test("100 hosts fit on a page of sensible height, with thinner ties", () => {
  const { problem, actions } = solution(100);

  const svg = chartSvg(chartOfSolution(problem, actions, { title: "large", lowerBound: null }));

  expect(Number(/height="(\d+)/.exec(svg)?.[1])).toBeLessThan(2200);
  expect(svg).toContain('stroke-width="0.9"');
});
