import type { HostSketch, PoolSketch, Sketch, VmSketch } from "../../../../support/builders.ts";

/** One rule on an estate in its scope, and on one outside of it or without what it speaks of. */
export interface RuleCase {
  readonly rule: string;
  readonly says: Sketch;
  readonly silent: Sketch;
  /** Ids of stages in the order in which they must stand, others may stand between. */
  readonly order?: readonly string[];
  /** The plan of `says` is refused with these words; the one of `silent` is not. */
  readonly refused?: RegExp;
  /** Words of the rule's sentence in the plan. */
  readonly words?: RegExp;
}

export const none = { patches: [] };
export const two: Readonly<Record<string, HostSketch>> = { h1: {}, h2: {} };

/** One pool of two hosts. */
export function pool(
  product: PoolSketch["product"],
  version: string | undefined,
  more: Partial<PoolSketch> = {},
): Sketch {
  return {
    pools: {
      p: { family: "test", hosts: two, ...(product ? { product } : {}), ...(version ? { version } : {}), ...more },
    },
  };
}

/** The same VM roles in a table: name → what it runs. */
export function running(software: Readonly<Record<string, string>>): Readonly<Record<string, VmSketch>> {
  return Object.fromEntries(Object.entries(software).map(([name, product]) => [name, { on: "h1", runs: [product] }]));
}

/** Hosts without a hypervisor, each with what it runs. */
export function bare(software: Readonly<Record<string, string>>): Sketch {
  return { bare: Object.fromEntries(Object.entries(software).map(([name, product]) => [name, { runs: [product] }])) };
}
