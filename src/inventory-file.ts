import { readFileSync } from "node:fs";
import { isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { Inventory } from "./domain/inventory.ts";
import { checkInventory, type Problem } from "./domain/inventory-check.ts";
import { checkDrivers } from "./drivers/check-drivers.ts";

export type Loaded =
  | { readonly ok: true; readonly inventory: Inventory }
  /** One line per problem: `file:line: key: what; what to do`. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads and checks an inventory file. All problems at once, each with its line; nothing is guessed. */
export function loadInventory(file: string): Loaded {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    return { ok: false, problems: [`${file}: cannot be read (${code}); set INVENTORY to the path of your inventory`] };
  }
  return readInventory(file, text);
}

/** The same for text that is already there; `file` is only named in problems. */
export function readInventory(file: string, text: string): Loaded {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  const lineAt = (offset: number) => counter.linePos(offset).line;
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => `${file}:${lineAt(error.pos[0])}: ${firstLine(error.message)}`);
    return { ok: false, problems };
  }
  /** Line of the value at a path, or of the nearest thing around it that exists. */
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lineAt(node.range[0]);
    }
    return 1;
  };
  const say = ({ path, message }: Problem) => `${file}:${lineOf(path)}: ${path.join(".") || "file"}: ${message}`;
  const parsed = Inventory.safeParse(document.toJS());
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map((issue) => say(problemOf(issue))) };
  const problems = [...checkInventory(parsed.data), ...checkDrivers(parsed.data)];
  return problems.length > 0 ? { ok: false, problems: problems.map(say) } : { ok: true, inventory: parsed.data };
}

/** zod's issue in our words; an unknown key is told at the key itself. */
function problemOf(issue: z.core.$ZodIssue): Problem {
  const path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
  if (issue.code === "unrecognized_keys") {
    const [key = ""] = issue.keys;
    return {
      path: [...path, key],
      message: `unknown key "${issue.keys.join('", "')}"; remove it or correct its spelling`,
    };
  }
  return { path, message: issue.message };
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? text;
}
