import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface SourceFile {
  /** From the root, e.g. `src/run/advance.ts`. */
  readonly path: string;
  readonly text: string;
}

/** Every TypeScript file under these folders. */
export function sourceFiles(folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .sort()
      .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(join(root, folder, name), "utf8") })),
  );
}

export interface Import {
  readonly from: string;
  /** A file of ours (`src/domain/act.ts`) or a package (`zod`, `node:fs`). */
  readonly to: string;
  readonly own: boolean;
  /** `import type`: gone when the program runs. */
  readonly typeOnly: boolean;
}

const statement = /^(?:import|export)\s+(type\s)?(?:[^;"'`]*?\sfrom\s+)?"([^"]+)";/gm;
const dynamic = /\b(?:import|require)\(\s*["']([^"']+)["']/g;

/** What a file imports, relative paths resolved. Program text inside strings (the page's) uses single quotes and is not ours. */
export function importsOf({ path, text }: SourceFile): readonly Import[] {
  const found = [
    ...[...text.matchAll(statement)].map((match) => ({ specifier: match[2] ?? "", typeOnly: match[1] !== undefined })),
    ...[...text.matchAll(dynamic)].map((match) => ({ specifier: match[1] ?? "", typeOnly: false })),
  ];
  return found.map(({ specifier, typeOnly }) =>
    specifier.startsWith(".")
      ? { from: path, to: normalize(join(dirname(path), specifier)), own: true, typeOnly }
      : { from: path, to: packageName(specifier), own: false, typeOnly },
  );
}

function packageName(specifier: string): string {
  if (specifier.startsWith("node:")) return specifier;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
