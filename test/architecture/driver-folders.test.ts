import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { hypervisors } from "../../src/drivers/hypervisor/registry.ts";
import { patchers } from "../../src/drivers/patcher/registry.ts";
import { sourceFiles } from "./files.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const tests = sourceFiles(["test"]);

function foldersIn(kind: string): readonly string[] {
  return readdirSync(join(root, "src/drivers", kind), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Is the contract suite run for this driver somewhere? `hypervisorContract("name", …)`, as the formatter writes it. */
function hasContractTest(kind: string, name: string): boolean {
  return tests.some((file) => new RegExp(`\\b${kind}Contract\\(\\s*"${name}"`).test(file.text));
}

const kinds = [
  { kind: "hypervisor", registry: hypervisors },
  { kind: "patcher", registry: patchers },
] as const;

describe.each(kinds)("src/drivers/$kind", ({ kind, registry }) => {
  test("every folder is in the registry under its name, and every entry has a folder", () => {
    expect([...registry.keys()].sort()).toEqual(foldersIn(kind));
    for (const [id, driver] of registry) expect(driver.id).toBe(id);
  });

  describe.each(foldersIn(kind))("%s", (name) => {
    const folder = join(root, "src/drivers", kind, name);
    const readme = join(folder, "readme.md");
    const text = existsSync(readme) ? readFileSync(readme, "utf8") : "";

    test.each(["index.ts", "facts.ts", "operations.ts", "readme.md"])("has %s", (file) => {
      expect(existsSync(join(folder, file))).toBe(true);
    });

    test("its index is a label, not a program", () => {
      expect(readFileSync(join(folder, "index.ts"), "utf8").split("\n").length).toBeLessThan(50);
    });

    test("has a contract test", () => {
      expect(hasContractTest(kind, name)).toBe(true);
    });

    test("its readme says what it was checked against", () => {
      expect(text).toMatch(/\b(checked against|tested)\b/i);
    });

    test("its readme says what was never run, or is not proven", () => {
      expect(text).toMatch(/\b(never run|not run|never tested|not tested|proves [^.]*, not)\b/i);
    });

    test("is called simulated exactly when it is", () => {
      expect(registry.get(name)?.simulated).toBe(name === "simulated");
    });
  });
});

test("the check for contract tests knows a driver without one", () => {
  expect(hasContractTest("patcher", "abacus")).toBe(false);
});
