import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { Truth } from "./truth.ts";

/** Saves the truth so that a crash leaves either the old file or the new one, never half of one. */
export function saveTruth(file: string, truth: Truth): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, JSON.stringify(truth), { flush: true });
  renameSync(fresh, file);
}

/** The saved truth, or null when there is no file. Throws with the file's name when it cannot be read. */
export function loadTruth(file: string): Truth | null {
  if (!existsSync(file)) return null;
  try {
    return Truth.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new Error(`The estate in ${file} cannot be read. Delete the file to begin with a fresh estate.`, { cause });
  }
}
