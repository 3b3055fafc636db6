import type { PlanEdge, Reason } from "../../domain/plan.ts";
import { ruleWords } from "../../domain/plan-words.ts";

/** An answer to a question about a plan: sentences for people, and the order edges they rest on. */
export interface Answer {
  readonly question: string;
  readonly lines: readonly string[];
  readonly edges: readonly PlanEdge[];
}

/** The answer as text: the question, then the sentences. */
export function answerText(answer: Answer): string {
  return [answer.question, ...answer.lines.map((line) => `  ${line}`)].join("\n");
}

/** A reason in full: the sentence, the rule with its strength, where it is written, what it speaks of. */
export function reasonLines(reason: Reason): readonly string[] {
  return [`${reason.text} ${ruleWords(reason)}`, `  source: ${reason.source}; holds for: ${reason.scope}`];
}

/** An edge in one line: `xen-1 → xen-2: xen-1 is the pool master … (R19, vendor-documented, source)`. */
export function edgeLine(edge: PlanEdge, nameOf: (stage: string) => string): string {
  const mark = ruleWords(edge.reason).slice(0, -1);
  return `${nameOf(edge.before)} → ${nameOf(edge.after)}: ${edge.reason.text} ${mark}; ${edge.reason.source})`;
}
