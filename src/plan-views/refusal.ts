import type { Blocker, Refusal } from "../domain/outcome.ts";
import { clean, paint, type Style, wrap } from "./terminal.ts";

/** A refusal for a terminal: what, and for every single blocker where, what and what to do next. */
export function refusalText({ message, next, blockers = [] }: Refusal, style: Style): string {
  const lines = (text: string, indent: string) =>
    wrap(clean(text, style), style.width - indent.length, style).map((line) => `${indent}${line}`);
  return [
    ...lines(`No plan: ${message}`, "").map((line) => paint(line, "bold", style)),
    ...blockers.flatMap((blocker, i) => [
      ...lines(`${i + 1}. ${whereAndWhat(blocker)}`, "  "),
      ...lines(`next: ${blocker.next}`, "     ").map((line) => paint(line, "cyan", style)),
    ]),
    ...lines(`What to do: ${next}`, ""),
    "",
  ].join("\n");
}

/** Most messages name the machine already; the others get it in front. */
function whereAndWhat({ where, message }: Blocker): string {
  return message.startsWith(where) ? message : `${where}: ${message}`;
}
