import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { planJsonSchema } from "../../../src/domain/plan-schema.ts";

const schema = planJsonSchema();
const format = readFileSync(new URL("../../../docs/plan-format.md", import.meta.url), "utf8");

/** Names of all fields, wherever in the schema they are. */
function fieldsOf(node: unknown): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  const own = "properties" in node && typeof node.properties === "object" ? Object.keys(node.properties ?? {}) : [];
  return [...own, ...Object.values(node).flatMap(fieldsOf)];
}

test("docs/plan-schema.json is the plan's schema (out of date? npx vitest run --project unit test/unit/domain/plan-schema.test.ts -u)", async () => {
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot("../../../docs/plan-schema.json");
});

test("docs/plan-format.md names every field of the schema", () => {
  const fields = [...new Set(fieldsOf(schema))];

  expect(fields.length).toBeGreaterThan(40);
  expect(fields.filter((field) => !format.includes(`\`${field}\``))).toEqual([]);
});
