import { Bug } from "../../domain/errors.ts";
import type { Reason } from "../../domain/plan.ts";
import { circularRules } from "./circular.ts";
import { guestRules } from "./guests.ts";
import { hostRules } from "./hosts.ts";
import { layerRules } from "./layers.ts";
import type { Rule } from "./rule.ts";

/** What decides where no rule does. Ours, and labelled so. */
const freeChoice: Rule = {
  id: "T1",
  scope: "stages that no rule orders",
  strength: "policy",
  text: "Where no rule decides: by layer, then by pool, then by name.",
  source: "Tuesday's default",
};

/** All order rules of this version. R28 is applied when drain targets are chosen, R77 before planning. */
export const rules: readonly Rule[] = [...layerRules, ...hostRules, ...guestRules, ...circularRules, freeChoice];

/** A rule's reason with the sentence for these machines. The id must be one of the table. */
export function reasonFor(id: string, text: string): Reason {
  const rule = rules.find((candidate) => candidate.id === id);
  if (!rule) throw new Bug(`no rule ${id} in the table`);
  return { rule: rule.id, strength: rule.strength, text, source: rule.source, scope: rule.scope };
}
