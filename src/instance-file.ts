import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type Result, refuse } from "./domain/outcome.ts";
import { parseInstance } from "./planner/instance/parse.ts";
import type { Instance } from "./planner/instance/schema.ts";

/** A file that unpacks to more is no instance: 10,000 hosts with 100,000 VMs are 17 MB. */
const mostBytes = 400 * 1024 * 1024;

/** Reads a `rolling-patch-instance/1` file, plain or gzip (told by its first bytes, whatever its name). */
export function readInstanceFile(path: string): Result<Instance> {
  let content: Buffer;
  try {
    content = readFileSync(path);
  } catch (error) {
    // npm starts its scripts in the folder of package.json, wherever the person stands.
    const next = `check the path, seen from ${process.cwd()}, and its permissions`;
    return refuse("bad-command", `${path}: cannot be read (${codeOf(error)})`, next);
  }
  if (content[0] === 0x1f && content[1] === 0x8b) {
    try {
      content = gunzipSync(content, { maxOutputLength: mostBytes });
    } catch (error) {
      return refuse(
        "bad-command",
        `${path}: is no whole gzip file (${codeOf(error)})`,
        "pack it again, or give it plain",
      );
    }
  }
  const given = jsonOf(content);
  if (!given.ok)
    return refuse("bad-command", `${path}: is not JSON (${given.why})`, "give a rolling-patch-instance/1 file");
  const parsed = parseInstance(given.value);
  return parsed.ok ? parsed : { ...parsed, message: `${path}: ${parsed.message}` };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}

function jsonOf(content: Buffer): { ok: true; value: unknown } | { ok: false; why: string } {
  if (content.length === 0) return { ok: false, why: "it is empty" };
  try {
    return { ok: true, value: JSON.parse(content.toString("utf8")) };
  } catch (error) {
    // The parser quotes what it met, over lines and of any length.
    const why = error instanceof Error ? error.message.replace(/\s+/g, " ").slice(0, 120) : "unknown error";
    return { ok: false, why };
  }
}
