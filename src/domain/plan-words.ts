import type { Reason, Strength } from "./plan.ts";

const words: Readonly<Record<Strength, string>> = {
  vendor: "vendor-documented",
  recommended: "recommended practice",
  inference: "our inference",
  capacity: "capacity",
  policy: "your policy or Tuesday's default",
};

/** How sure a rule is, in words for people. */
export function strengthWords(strength: Strength): string {
  return words[strength];
}

/** The mark behind a sentence: `(R19, vendor-documented)`. */
export function ruleWords(reason: Pick<Reason, "rule" | "strength">): string {
  return `(${reason.rule}, ${strengthWords(reason.strength)})`;
}
