import { actTarget } from "../../domain/act.ts";
import type { UntimedStep } from "./one-after-another.ts";
import { roomLinks, type Turns } from "./room-links.ts";
import { type Awaited, type Pauses, type StageEdge, waitsOfStages } from "./stage-graph.ts";

/** Step `after` begins when step `before` has ended and `lag` seconds have passed; both are indexes. */
export interface Link {
  readonly before: number;
  readonly after: number;
  readonly lag: number;
}

export interface Linking {
  readonly steps: readonly UntimedStep[];
  /** Stage ids in their order. */
  readonly stages: readonly string[];
  readonly edges: readonly StageEdge[];
  readonly pauses: Pauses;
  readonly turns: Turns;
}

/** Everything that a step waits for, each with its reason of being: order rules, its own stage, its machine, room. */
export function linksOf({ steps, stages, edges, pauses, turns }: Linking): readonly Link[] {
  const byStage = stepsByStage(steps);
  const withSteps = stages.filter((id) => byStage.has(id));
  const links = [
    ...ruleLinks(steps, waitsOfStages(withSteps, edges, pauses), byStage),
    ...[...byStage.values()].flatMap((own) => stageLinks(steps, own)),
    ...machineLinks(steps, byStage),
    ...roomLinks(steps, byStage, turns),
  ];
  const best = new Map<string, Link>();
  for (const link of links) {
    const key = `${link.before}>${link.after}`;
    if ((best.get(key)?.lag ?? -1) < link.lag) best.set(key, link);
  }
  return [...best.values()];
}

export function stepsByStage(steps: readonly UntimedStep[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const [i, { stage }] of steps.entries()) {
    const known = found.get(stage);
    if (known) known.push(i);
    else found.set(stage, [i]);
  }
  return found;
}

/** A stage is done before the next one begins: its last step, before whatever waits for nothing in its own stage. */
function ruleLinks(
  steps: readonly UntimedStep[],
  waits: ReadonlyMap<string, readonly Awaited[]>,
  byStage: ReadonlyMap<string, readonly number[]>,
): readonly Link[] {
  return [...waits].flatMap(([stage, awaited]) =>
    awaited.flatMap(({ stage: earlier, lag }) => {
      const last = byStage.get(earlier)?.at(-1);
      return last === undefined
        ? []
        : headsOf(steps, byStage.get(stage) ?? []).map((after) => ({ before: last, after, lag }));
    }),
  );
}

/** Steps with which a stage can begin: its moves, or else its first step. */
function headsOf(steps: readonly UntimedStep[], own: readonly number[]): readonly number[] {
  const moves = own.filter((i) => steps[i]?.act.do === "migrate");
  return moves.length > 0 ? moves : own.slice(0, 1);
}

/** Moves of a stage go in any order, all before the rest, which goes step by step: its last step ends last. */
function stageLinks(steps: readonly UntimedStep[], own: readonly number[]): readonly Link[] {
  const moves = own.filter((i) => steps[i]?.act.do === "migrate");
  const rest = own.filter((i) => steps[i]?.act.do !== "migrate");
  const [first] = rest;
  return [
    ...(first === undefined ? [] : moves.map((before) => ({ before, after: first, lag: 0 }))),
    ...rest.slice(1).map((after, i) => ({ before: rest[i] ?? after, after, lag: 0 })),
  ];
}

/**
 * One stage is done with a machine before the next one touches it, in the order of the stages: no VM moves while it
 * is patched, no machine reboots twice at once. Moves of one VM have an order of their own (room).
 */
function machineLinks(steps: readonly UntimedStep[], byStage: ReadonlyMap<string, readonly number[]>): readonly Link[] {
  const lastOn = new Map<string, { readonly step: number; readonly moves: boolean }[]>();
  const links: Link[] = [];
  for (const own of byStage.values()) {
    const touched = new Map<string, { first: number; last: number; moves: boolean }>();
    for (const i of own) {
      const act = steps[i]?.act;
      if (!act) continue;
      const known = touched.get(actTarget(act));
      const moves = act.do === "migrate";
      if (known) touched.set(actTarget(act), { first: known.first, last: i, moves: known.moves && moves });
      else touched.set(actTarget(act), { first: i, last: i, moves });
    }
    for (const [machine, { first, last, moves }] of touched) {
      const earlier = lastOn.get(machine) ?? [];
      for (const one of earlier) if (!(moves && one.moves)) links.push({ before: one.step, after: first, lag: 0 });
      // What is no move closes the list: everything later waits for it, and by it for all before.
      lastOn.set(machine, moves ? [...earlier, { step: last, moves }] : [{ step: last, moves }]);
    }
  }
  return links;
}
