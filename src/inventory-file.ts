import { readFileSync } from "node:fs";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit, type YAMLError } from "yaml";
import { Inventory } from "./domain/inventory.ts";
import { checkInventory, type Problem } from "./domain/inventory-check.ts";
import { problemsOf } from "./domain/inventory-words.ts";
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
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: false });
  const lineAt = (offset: number) => counter.linePos(offset).line;
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => `${file}:${lineAt(error.pos[0])}: ${yamlWords(error)}`);
    return { ok: false, problems };
  }
  const say = ({ path, message }: Problem) =>
    `${file}:${lineAt(offsetOf(document, path))}: ${path.join(".") || "file"}: ${message}`;
  const bad = badKeys(document);
  if (bad.length > 0)
    return { ok: false, problems: bad.map(({ offset, message }) => `${file}:${lineAt(offset)}: ${message}`) };
  const content = contentOf(document);
  if (!content.ok) return { ok: false, problems: [say({ path: [], message: content.why })] };
  const parsed = Inventory.safeParse(content.value);
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error.issues, content.value, []).map(say) };
  const problems = [...checkInventory(parsed.data), ...checkDrivers(parsed.data)];
  return problems.length > 0 ? { ok: false, problems: problems.map(say) } : { ok: true, inventory: parsed.data };
}

/** Where the last key of a path stands, or the nearest thing around it that exists. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const last = String(path[length - 1]);
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && String(item.key.value) === last)
      : undefined;
    const node = isNode(pair?.key) ? pair.key : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** YAML's own complaint in our words, with what to do. */
function yamlWords(error: YAMLError): string {
  switch (error.code) {
    case "TAB_AS_INDENT":
      return "tabs are not allowed as indentation; use spaces";
    case "MULTIPLE_DOCS":
      return "a second YAML document begins here; keep everything in one";
    default:
      return `${error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "")}; correct the YAML here`;
  }
}

interface BadKey {
  readonly offset: number;
  readonly message: string;
}

/**
 * Keys that would silently cost a machine: one that is there twice, and one that JavaScript drops. The
 * parser's own check for the former compares each key with each (4 s for ten thousand VMs).
 */
function badKeys(document: Document): readonly BadKey[] {
  const found: BadKey[] = [];
  visit(document, {
    Map(_key, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        const offset = key.range?.[0] ?? 0;
        if (seen.has(name)) found.push({ offset, message: `${name}: is there twice; remove or rename one of them` });
        if (name === "__proto__")
          found.push({ offset, message: `${name}: is not allowed as a name; choose another one` });
        seen.add(name);
      }
    },
  });
  return found;
}

function contentOf(document: Document): { ok: true; value: unknown } | { ok: false; why: string } {
  try {
    const value: unknown = document.toJS();
    if (value === null) return { ok: false, why: "is empty; start from docs/examples/try-out.yaml" };
    return { ok: true, value };
  } catch (error) {
    // Thrown for an alias without its anchor, and for aliases that would fill the memory.
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, why: `${why}; write the value out instead of using an alias (*)` };
  }
}
