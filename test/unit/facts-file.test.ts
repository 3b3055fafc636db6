import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadFacts, saveFacts } from "../../src/facts-file.ts";
import { scene } from "../support/builders.ts";

const folder = mkdtempSync(join(tmpdir(), "tuesday-facts-"));
afterAll(() => rmSync(folder, { recursive: true }));

const { facts } = scene({ pools: { p: { hosts: { h1: {} }, vms: { v1: { on: "h1" } } } } });

test("facts that were saved are read back as they were", () => {
  const file = join(folder, "facts.json");

  expect(saveFacts(file, facts)).toBeNull();
  const loaded = loadFacts(file, facts.cluster);

  expect(loaded).toEqual({ ok: true, facts });
});

test.each<[string, string, RegExp]>([
  ["text that is no JSON", "clusters:", /is no JSON; write one with --save-facts/],
  ["another kind of JSON", '{"cluster": "c"}', /readAt: .*; write a new one with --save-facts/],
  ["facts of another cluster", JSON.stringify({ ...facts, cluster: "other" }), /has the facts of other, not of /],
])("refuses %s", (_what, text, expected) => {
  const file = join(folder, "bad.json");
  writeFileSync(file, text);

  const loaded = loadFacts(file, facts.cluster);

  expect(loaded.ok ? "" : loaded.problem).toMatch(expected);
});

test("refuses a file that is not there, and a path that cannot be written", () => {
  const nowhere = join(folder, "nowhere", "facts.json");

  expect(loadFacts(nowhere, "c")).toMatchObject({
    ok: false,
    problem: `${nowhere}: cannot be read (ENOENT); write one with --save-facts`,
  });
  expect(saveFacts(nowhere, facts)).toBe(`${nowhere}: cannot be written (ENOENT); choose another path`);
});
