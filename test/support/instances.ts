import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Problem } from "../../src/domain/problem.ts";
import { parseInstance } from "../../src/planner/instance/parse.ts";
import { toProblem } from "../../src/planner/instance/to-problem.ts";

/** Reference instances (planning.md 2.2). Not part of the repository: tests that need them are skipped without. */
const folder = "/work/shared/instances";

export const haveInstances = existsSync(folder);

export function listTiny(): readonly string[] {
  if (!haveInstances) return [];
  return readdirSync(`${folder}/tiny`)
    .filter((name) => name.endsWith(".json"))
    .sort();
}

/** `azure-10-u60.json`, `tiny/tiny-06-h3v7u72.json`, `azure-10000-u75.json.gz`. */
export function readInstance(name: string): Problem {
  const bytes = readFileSync(`${folder}/${name}`);
  const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const parsed = parseInstance(JSON.parse(text));
  if (!parsed.ok) throw new Error(parsed.message);
  return toProblem(parsed.value);
}
