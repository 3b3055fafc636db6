import type { CheckName } from "../../domain/facts.ts";
import type { Blocker } from "../../domain/outcome.ts";
import type { Strength } from "../../domain/plan.ts";
import type { Draft } from "../draft.ts";
import type { World } from "../world.ts";
import type { Chain } from "./chain.ts";
import type { Field, Scope } from "./scope.ts";

/** One stage before another, with the sentence that is shown beside the later one. Either end may be a milestone. */
export interface Edge {
  readonly before: string;
  readonly after: string;
  readonly text: string;
}

/** A circle that can only be refused: who is in it and what a person can do. */
export interface Circle {
  readonly members: readonly string[];
  readonly text: string;
  readonly next: string;
}

/** A decision about the whole plan, or about one stage when `stage` is given. */
export interface Remark {
  readonly stage?: string;
  readonly text: string;
}

/** A wish that gives way to every edge: among stages that may come next, the lower rank goes first. */
export interface Preference {
  readonly stage: string;
  readonly rank: number;
}

/** What must be true before the run or before a host. A driver answers it by name; else people are asked to look. */
export interface Check {
  readonly name: CheckName;
  readonly text: string;
}

type Rules<T> = (field: Field, world: World, drafts: readonly Draft[]) => readonly T[];

/**
 * An order rule as data (order-rules.md section 7). `R…` numbers are those of order-rules.md, where the
 * sources were read; a letter after it is a second scope of the same rule; `T…` are our own and say so.
 * A rule applies only inside its scope.
 */
export interface Rule {
  readonly id: string;
  readonly scope: Scope;
  readonly strength: Strength;
  /** The rule in one sentence, as in the source. */
  readonly text: string;
  readonly source: string;
  /** When the source was read; empty for our own. */
  readonly checked: string;
  /** True for edges that hold for a whole layer: told after the reasons that are about this very machine. */
  readonly general?: boolean;
  /** True when an edge explains its earlier stage as well: why this one is first. */
  readonly tellsFirst?: boolean;
  /** True for a default: an edge of it in a circle with other rules is dropped, and the plan says so. */
  readonly yields?: boolean;
  readonly chains?: readonly Chain[];
  readonly edges?: Rules<Edge>;
  /** Edges along an order that is found already: "never at once" has no opinion on who is first. */
  readonly separates?: Rules<Edge>;
  readonly prefers?: Rules<Preference>;
  readonly remarks?: Rules<Remark>;
  readonly circles?: Rules<Circle>;
  readonly blockers?: Rules<Blocker>;
  readonly checks?: readonly Check[];
}

/** More pairs than this between two sets go through one milestone: 40 hosts before 400 guests are 440 edges, not 16 000. */
const mostPairs = 64;

const milestonePrefix = "milestone/";

/** A point between two sets of stages. It has no steps and no time; edges may begin and end there. */
export function isMilestone(id: string): boolean {
  return id.startsWith(milestonePrefix);
}

/** Every stage of `befores` before every stage of `afters`, with one sentence. No stage waits for itself. */
export function allBefore(befores: readonly Draft[], afters: readonly Draft[], text: string): readonly Edge[] {
  const [first, last, next] = [befores[0], befores.at(-1), afters[0]];
  const disjoint = !befores.some((draft) => afters.includes(draft));
  if (first && last && next && disjoint && befores.length > 1 && befores.length * afters.length > mostPairs) {
    const milestone = `${milestonePrefix}${first.id} to ${last.id} (${befores.length}), then ${next.id} (${afters.length})`;
    return [
      ...befores.map((before) => ({ before: before.id, after: milestone, text })),
      ...afters.map((after) => ({ before: milestone, after: after.id, text })),
    ];
  }
  return afters.flatMap((after) =>
    befores.filter((before) => before !== after).map((before) => ({ before: before.id, after: after.id, text })),
  );
}

/** Stages one after another in the given order. */
export function chain(drafts: readonly Draft[], text: (before: Draft, after: Draft) => string): readonly Edge[] {
  return drafts.flatMap((after, i) => {
    const before = drafts[i - 1];
    return before ? [{ before: before.id, after: after.id, text: text(before, after) }] : [];
  });
}
