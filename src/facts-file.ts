import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { type ClusterFacts, MachineFacts, PoolFacts } from "./domain/facts.ts";

const FactsFile = z.object({
  cluster: z.string(),
  readAt: z.iso.datetime(),
  simulated: z.boolean(),
  pools: z.array(PoolFacts),
  machines: z.array(MachineFacts),
  unread: z.array(z.object({ where: z.string(), code: z.string(), message: z.string(), next: z.string() })),
});

export type LoadedFacts =
  | { readonly ok: true; readonly facts: ClusterFacts }
  | { readonly ok: false; readonly problem: string };

/** Facts of a cluster from a file, as `saveFacts` wrote them: for planning without reaching any machine. */
export function loadFacts(file: string, cluster: string): LoadedFacts {
  const say = (what: string): LoadedFacts => ({ ok: false, problem: `${file}: ${what}` });
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    return say(`cannot be read (${codeOf(error)}); write one with --save-facts`);
  }
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return say("is no JSON; write one with --save-facts");
  }
  const parsed = FactsFile.safeParse(given);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    return say(`${first?.path.join(".") || "file"}: ${first?.message}; write a new one with --save-facts`);
  }
  if (parsed.data.cluster !== cluster)
    return say(`has the facts of ${parsed.data.cluster}, not of ${cluster}; choose the other cluster or another file`);
  return { ok: true, facts: parsed.data };
}

/** Writes facts for `loadFacts`; the problem in words, or null. */
export function saveFacts(file: string, facts: ClusterFacts): string | null {
  return writeText(file, `${JSON.stringify(facts, null, 2)}\n`);
}

/** Writes a file that somebody asked for; the problem in words, or null. */
export function writeText(file: string, text: string): string | null {
  try {
    writeFileSync(file, text);
    return null;
  } catch (error) {
    return `${file}: cannot be written (${codeOf(error)}); choose another path`;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}
