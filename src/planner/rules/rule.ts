import type { Strength } from "../../domain/plan.ts";
import type { Draft } from "../draft.ts";
import type { World } from "../world.ts";

/** One stage before another, with the sentence that is shown beside the later one. */
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

/**
 * An order rule as data (order-rules.md section 7). `R…` numbers are those of order-rules.md, where the
 * sources were read; `T…` are our own and say so. A rule applies only inside its scope.
 */
export interface Rule {
  readonly id: string;
  /** Product and versions the source speaks of, in words. */
  readonly scope: string;
  readonly strength: Strength;
  /** The rule in one sentence, as in the source. */
  readonly text: string;
  readonly source: string;
  /** True for edges that hold for a whole layer: told after the reasons that are about this very machine. */
  readonly general?: boolean;
  /** True when an edge explains its earlier stage as well: why this one is first. */
  readonly tellsFirst?: boolean;
  readonly edges?: (world: World, drafts: readonly Draft[]) => readonly Edge[];
  /** Edges along an order that is found already: "never at once" has no opinion on who is first. */
  readonly separates?: (world: World, ordered: readonly Draft[]) => readonly Edge[];
  readonly remarks?: (world: World, drafts: readonly Draft[]) => readonly Remark[];
  readonly circles?: (world: World, drafts: readonly Draft[]) => readonly Circle[];
}

/** Every stage of `befores` before every stage of `afters`, with one sentence. */
export function allBefore(befores: readonly Draft[], afters: readonly Draft[], text: string): readonly Edge[] {
  return afters.flatMap((after) => befores.map((before) => ({ before: before.id, after: after.id, text })));
}

/** Stages one after another in the given order. */
export function chain(drafts: readonly Draft[], text: (before: Draft, after: Draft) => string): readonly Edge[] {
  return drafts.flatMap((after, i) => {
    const before = drafts[i - 1];
    return before ? [{ before: before.id, after: after.id, text: text(before, after) }] : [];
  });
}
