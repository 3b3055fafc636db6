import { done, type Result, refuse } from "../src/domain/outcome.ts";
import { outside } from "../src/domain/outside.ts";
import { nearestName } from "../src/run/authority.ts";
import { cut } from "../src/slack/text.ts";
import type { Verb } from "./types.ts";

export interface Parsed {
  readonly verb: string;
  /** Empty where the verb needs none and none was named. */
  readonly cluster: string;
}

/** More than this is never a command. */
const longest = 200;

/**
 * Text after `/patch` to a verb and a cluster. Anything that is not exactly understood is refused with the
 * nearest thing that would be; text never goes further than this.
 */
export function parse(text: string, verbs: readonly Verb[], clusters: readonly string[]): Result<Parsed> {
  const trimmed = unescaped(text).trim();
  if (trimmed.length > longest) {
    return refuse(
      "bad-command",
      `That is ${trimmed.length} characters long; a command has at most ${longest}.`,
      "try `/patch help`",
    );
  }
  const words = trimmed.split(/\s+/).filter((word) => word !== "");
  const [first = "help", second = "", ...rest] = words;
  if (rest.length > 0) return refuse("bad-command", `Too many words: ${quote(trimmed)}.`, usageHint(first, verbs));
  const verb = verbs.find((one) => one.verb === first.toLowerCase());
  if (verb === undefined) return clusterAlone(first, second, verbs, clusters);
  if (second !== "" && !clusters.includes(second)) return unknownCluster(second, clusters, `${verb.verb} `);
  if (second === "" && verb.needsCluster) {
    const [example = "cluster-a"] = clusters;
    return refuse(
      "bad-command",
      `Which cluster? \`/patch ${verb.verb}\` needs a name.`,
      `for example \`/patch ${verb.verb} ${example}\``,
    );
  }
  return done({ verb: verb.verb, cluster: second });
}

function clusterAlone(
  first: string,
  second: string,
  verbs: readonly Verb[],
  clusters: readonly string[],
): Result<Parsed> {
  if (clusters.includes(first) && second === "") return done({ verb: "plan", cluster: first });
  if (clusters.includes(first)) {
    return refuse(
      "bad-command",
      `Too many words after ${quote(first)}.`,
      `\`/patch ${first}\` asks for a plan; \`/patch ${second.length < 10 ? word(second) : "status"} ${first}\` puts the verb first`,
    );
  }
  const nearVerb = nearestName(
    first.toLowerCase(),
    verbs.map((verb) => verb.verb),
  );
  if (nearVerb !== null && second !== "") {
    return refuse(
      "bad-command",
      `I do not know ${quote(first)}.`,
      `did you mean \`/patch ${nearVerb} ${word(second)}\`?`,
    );
  }
  return unknownCluster(first, clusters, "", nearVerb);
}

function unknownCluster(
  wanted: string,
  clusters: readonly string[],
  before: string,
  verb: string | null = null,
): Result<Parsed> {
  const near = nearestName(wanted.toLowerCase(), clusters);
  const next = near
    ? `did you mean \`/patch ${before}${near}\`?`
    : verb
      ? `did you mean \`/patch ${verb}\`?`
      : `known clusters: ${clusters.map((name) => `\`${name}\``).join(", ") || "none"}. \`/patch help\` shows more`;
  return refuse("unknown-cluster", `There is no cluster ${quote(wanted)}.`, next);
}

function usageHint(first: string, verbs: readonly Verb[]): string {
  const usage = verbs.find((verb) => verb.verb === first.toLowerCase())?.usage ?? "/patch help";
  return `try \`${usage}\``;
}

/** Slack sends its three control characters as entities. */
function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Text of a person in our answer: short, visibly a quotation. The view escapes it. */
function quote(text: string): string {
  return `“${word(text)}”`;
}

function word(text: string): string {
  return outside(cut(text, 60)).replaceAll("`", "'");
}
