import { describe, expect, test } from "vitest";
import { importsOf, type SourceFile, sourceFiles } from "./files.ts";
import { circlesOf, problemOf, table } from "./import-table.ts";

const files = sourceFiles(["src", "commands", "jobs"]);
const imports = files.flatMap(importsOf);

function problemsOf(fakes: Readonly<Record<string, string>>): readonly string[] {
  const list: SourceFile[] = Object.entries(fakes).map(([path, text]) => ({ path, text }));
  return list.flatMap(importsOf).flatMap((one) => problemOf(one) ?? []);
}

test("every import is one that the tables allow", () => {
  expect(imports.flatMap((one) => problemOf(one) ?? [])).toEqual([]);
});

test("every relative import names a file that is there, with its ending", () => {
  const known = new Set(files.map((file) => file.path));

  expect(imports.filter((one) => one.own && !known.has(one.to)).map((one) => `${one.from}: ${one.to}`)).toEqual([]);
});

/** Harmless today: both use each other's functions only after both are loaded. To be untied; nobody joins it. */
const knownCircle =
  "src/workspace/control/control.ts → src/workspace/control/waits.ts → src/workspace/control/control.ts";

test("no files load each other in a circle, but for one pair in the workspace", () => {
  expect(circlesOf(imports).filter((circle) => circle !== knownCircle)).toEqual([]);
});

test("the walk finds the tree: many files, and every row of the table has some", () => {
  expect(files.length).toBeGreaterThan(200);
  expect(imports.length).toBeGreaterThan(500);
  for (const row of table)
    expect([row.folder, files.some((file) => file.path.startsWith(row.folder))]).toEqual([row.folder, true]);
});

describe("the checker notices", () => {
  test.each<[string, string, string]>([
    ["domain that imports the planner", "src/domain/a.ts", 'import { a } from "../planner/b.ts";'],
    ["domain that reads files", "src/domain/a.ts", 'import { readFileSync } from "node:fs";'],
    ["a planner that reads files", "src/planner/rules/a.ts", 'import { readFileSync } from "node:fs";'],
    ["a planner that reads Redis", "src/planner/a.ts", 'import { Redis } from "ioredis";'],
    ["a run that imports jobs", "src/run/a.ts", 'import { a } from "../../jobs/queues.ts";'],
    ["a run that imports BullMQ", "src/run/a.ts", 'import { Queue } from "bullmq";'],
    ["a run with Redis outside of its store", "src/run/advance.ts", 'import { Redis } from "ioredis";'],
    ["a run that uses a driver and not only its types", "src/run/a.ts", 'import { a } from "../drivers/operation.ts";'],
    ["a run that imports a driver's types", "src/run/a.ts", 'import type { A } from "../drivers/patcher/types.ts";'],
    ["a driver that imports another one", "src/drivers/patcher/a/x.ts", 'import { b } from "../b/index.ts";'],
    ["a driver that imports the run", "src/drivers/patcher/a/x.ts", 'import { b } from "../../../run/undo.ts";'],
    ["the fleet that goes past a registry", "src/drivers/fleet.ts", 'import { b } from "./patcher/apt/index.ts";'],
    ["views that import the run", "src/slack/views/a.ts", 'import type { A } from "../../run/ports.ts";'],
    ["views that call Slack", "src/slack/views/a.ts", 'import { WebClient } from "@slack/web-api";'],
    ["a command that imports a driver", "commands/a.ts", 'import { a } from "../src/drivers/fleet.ts";'],
    ["a command that imports the planner", "commands/a.ts", 'import { a } from "../src/planner/order.ts";'],
    ["a command that imports jobs", "commands/actions/a.ts", 'import { a } from "../../jobs/queues.ts";'],
    ["a command that goes around control", "commands/a.ts", 'import { a } from "../src/run/machine.ts";'],
    ["a job that imports Bolt", "jobs/a.ts", 'import { App } from "@slack/bolt";'],
    ["a job that opens Redis itself", "jobs/a.ts", 'import { Redis } from "ioredis";'],
    ["somebody who imports the config", "src/run/a.ts", 'import { loadConfig } from "../config.ts";'],
    ["somebody who imports the workspace", "src/slack/a.ts", 'import { a } from "../workspace/index.ts";'],
    ["somebody who imports the simulator", "src/drivers/fleet.ts", 'import { a } from "../lab/index.ts";'],
    ["a workspace that knows the product", "src/workspace/a.ts", 'import { a } from "../slack/text.ts";'],
    ["YAML in a second place", "src/drivers/check-drivers.ts", 'import { parse } from "yaml";'],
    ["SSH outside of its transport", "src/drivers/patcher/apt/a.ts", 'import { Client } from "ssh2";'],
    ["a package nobody spoke about", "src/run/a.ts", 'import pad from "left-pad";'],
    ["an import over several lines", "src/run/a.ts", 'import {\n  a,\n  b,\n} from "bullmq";'],
    ["an import while running", "src/run/a.ts", 'const a = await import("bullmq");'],
    ["an import for its effect", "src/run/a.ts", 'import "bullmq";'],
    ["an export from elsewhere", "src/domain/a.ts", 'export { a } from "../planner/b.ts";'],
    ["a folder that nobody put in the table", "scripts/a.ts", 'import { z } from "zod";'],
  ])("%s", (_what, path, text) => {
    expect(problemsOf({ [path]: text })).toHaveLength(1);
  });

  test("and lets pass what is allowed", () => {
    const fine = {
      "src/run/a.ts": 'import type { Operation } from "../drivers/operation.ts";\nimport { a } from "../planner/b.ts";',
      "src/drivers/patcher/registry.ts": 'import { aptPatcher } from "./apt/index.ts";',
      "jobs/a.ts": 'import type { Redis } from "ioredis";\nimport { Queue } from "bullmq";',
      "src/main.ts": 'import { a } from "./lab/index.ts";\nimport { b } from "../commands/index.ts";',
      "src/planner/digest.ts": 'import { createHash } from "node:crypto";',
      "commands/a.ts": 'import type { Log } from "../src/log.ts";',
    };

    expect(problemsOf(fine)).toEqual([]);
  });

  test("a circle of imports", () => {
    const list = [
      { path: "src/run/a.ts", text: 'import { b } from "./b.ts";' },
      { path: "src/run/b.ts", text: 'import { c } from "./c.ts";' },
      { path: "src/run/c.ts", text: 'import { a } from "./a.ts";' },
    ];

    expect(circlesOf(list.flatMap(importsOf))).toEqual(["src/run/a.ts → src/run/b.ts → src/run/c.ts → src/run/a.ts"]);
  });
});
