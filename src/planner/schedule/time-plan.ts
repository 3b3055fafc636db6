import type { Step } from "../../domain/plan.ts";
import type { Draft } from "../draft.ts";
import type { Edge } from "../rules/rule.ts";
import type { Staged } from "../stage-steps.ts";
import type { World } from "../world.ts";
import { claimsOf, groupsByMember } from "./limits.ts";
import { type Link, linksOf, stepsByStage } from "./links.ts";
import { listSchedule } from "./list-schedule.ts";
import type { UntimedStep } from "./one-after-another.ts";
import { pausesOf } from "./pace-edges.ts";
import type { Meant, Turns } from "./room-links.ts";
import type { Chosen } from "./turns.ts";

export interface Timing {
  readonly world: World;
  /** In their order. */
  readonly drafts: readonly Draft[];
  readonly edges: readonly Edge[];
  readonly canaries: readonly Edge[];
  readonly staged: Staged;
  /** The search that chose the moves; null: each host was emptied as its turn came. */
  readonly chosen: Chosen | null;
  readonly stepsAtOnce: number;
}

/**
 * Times for all steps. One at a time: in the order given. More at once: as early as rules, room, limits and groups
 * allow; null where no such times were found. The steps come in the order of their start, with ids by that order.
 */
export function timeSteps(given: Timing): readonly Step[] | null {
  const { world, drafts, edges, canaries, staged, stepsAtOnce } = given;
  const { steps } = staged;
  const byStage = stepsByStage(steps);
  const links = linksOf({
    steps,
    stages: drafts.map(({ id }) => id),
    edges: [...edges, ...canaries],
    pauses: pausesOf(world, drafts, canaries),
    turns: given.chosen && stepsAtOnce > 1 ? meantBy(given.chosen, steps, byStage) : meantInOrder(steps, byStage),
  });
  const seconds = steps.map((step) => step.seconds);
  if (stepsAtOnce === 1) return withTimes(steps, links, oneByOne(seconds, links));
  const kinds = new Map(drafts.map((draft) => [draft.id, draft]));
  const claims = claimsOf(world, kinds, steps, byStage);
  const start = listSchedule({ seconds, links, claims, groupsOf: groupsByMember(world), atOnce: stepsAtOnce });
  return start && withTimes(steps, links, start);
}

/** One after another; a pause that the policy wants is a gap. */
function oneByOne(seconds: readonly number[], links: readonly Link[]): readonly number[] {
  const pauses = new Map<number, Link[]>();
  for (const link of links) if (link.lag > 0) pauses.set(link.after, [...(pauses.get(link.after) ?? []), link]);
  const starts: number[] = [];
  let at = 0;
  for (const [i, length] of seconds.entries()) {
    for (const { before, lag } of pauses.get(i) ?? [])
      at = Math.max(at, (starts[before] ?? 0) + (seconds[before] ?? 0) + lag);
    starts.push(at);
    at += length;
  }
  return starts;
}

/** The moves were chosen as if one thing happens after another: the order itself is what was meant. */
function meantInOrder(steps: readonly UntimedStep[], byStage: ReadonlyMap<string, readonly number[]>): Turns {
  const moves = new Map<number, Meant>();
  const hosts = new Map<string, Meant & { host: string; pool: string }>();
  for (const [stage, own] of byStage) {
    const away = own.find((i) => steps[i]?.act.do === "enter-maintenance");
    const act = away === undefined ? undefined : steps[away]?.act;
    for (const i of own) if (steps[i]?.act.do === "migrate") moves.set(i, { start: i, end: i + 1 });
    const rest = own.filter((i) => !moves.has(i));
    if (act?.do !== "enter-maintenance" || rest[0] === undefined) continue;
    hosts.set(stage, { start: rest[0], end: (rest.at(-1) ?? rest[0]) + 1, host: act.host, pool: act.pool });
  }
  return { moves, hosts };
}

/** The times of the search; pools that it left alone keep the order of their steps. */
function meantBy(
  chosen: Chosen,
  steps: readonly UntimedStep[],
  byStage: ReadonlyMap<string, readonly number[]>,
): Turns {
  const { moves, hosts } = meantInOrder(steps, byStage);
  const meant = { moves: new Map(moves), hosts: new Map(hosts) };
  for (const [stage, told] of chosen.moves) {
    const own = (byStage.get(stage) ?? []).filter((i) => steps[i]?.act.do === "migrate");
    for (const [i, step] of own.entries()) {
      const one = told[i];
      if (one) meant.moves.set(step, { start: one.start, end: one.end });
    }
    const host = chosen.hosts.get(stage);
    if (host) meant.hosts.set(stage, host);
  }
  return meant;
}

/** Sorted by start, numbered anew; ids inside of steps follow. */
function withTimes(steps: readonly UntimedStep[], links: readonly Link[], starts: readonly number[]): readonly Step[] {
  const order = steps.map((_, i) => i).sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0) || a - b);
  const place = new Map(order.map((i, at) => [i, at]));
  const idAt = (i: number) => `s${String((place.get(i) ?? 0) + 1).padStart(3, "0")}`;
  const index = new Map(steps.map((step, i) => [step.id, i]));
  const after = steps.map((): number[] => []);
  for (const link of links) after[link.after]?.push(link.before);
  const byPlace = (a: number, b: number) => (place.get(a) ?? 0) - (place.get(b) ?? 0);
  return order.flatMap((i): readonly Step[] => {
    const step = steps[i];
    if (!step) return [];
    const start = starts[i] ?? 0;
    const closes = step.closes === null ? null : idAt(index.get(step.closes) ?? 0);
    const waits = (after[i] ?? []).sort(byPlace).map(idAt);
    return [{ ...step, id: idAt(i), closes, start, end: start + step.seconds, after: waits }];
  });
}
