import type { ProblemAction } from "../../domain/problem.ts";
import type { Draft } from "../draft.ts";
import type { TurnMove } from "../drain.ts";
import type { RuledEdge } from "../order.ts";
import type { Edge } from "../rules/rule.ts";
import { solve } from "../solver/solve.ts";
import type { World } from "../world.ts";
import { type PoolProblem, problemsOf } from "./problem-of.ts";
import type { Meant } from "./room-links.ts";

/** Steps of search for each pool; the result depends on it, so it is a number and no time. */
const effort = 12;
/** Steps after which a pool without any plan is given up: few where hosts can be emptied turn by turn as well. */
const patience = { stuck: 1_000, otherwise: 30 } as const;

/** Turns of hosts and moves, chosen for whole pools at once. */
export interface Chosen {
  /** Moves by stage, in the order of their start. */
  readonly moves: ReadonlyMap<string, readonly (TurnMove & Meant)[]>;
  /** Times meant for the hosts, by stage. */
  readonly hosts: ReadonlyMap<string, Meant & { readonly host: string; readonly pool: string }>;
  /** Hosts of a pool in the order of their start, for the order of the stages. */
  readonly order: readonly Edge[];
  readonly problems: readonly PoolProblem[];
}

export interface NotChosen {
  readonly pool: string;
  readonly why: string;
}

/**
 * Asks the solver for every pool with hosts to be emptied. Members of groups are kept on different hosts if that is
 * possible, as the drain of a single host does too.
 */
export function chooseTurns(
  world: World,
  drafts: readonly Draft[],
  edges: readonly RuledEdge[],
  terms: { readonly stepsAtOnce: number; readonly seed: number; readonly stuck: boolean },
): Chosen | NotChosen {
  const problems = problemsOf(world, drafts, edges, { ...terms, apart: true });
  const loose = problemsOf(world, drafts, edges, { ...terms, apart: false });
  const moves = new Map<string, (TurnMove & Meant)[]>();
  const hosts = new Map<string, Meant & { host: string; pool: string }>();
  const order: Edge[] = [];
  for (const [i, strict] of problems.entries()) {
    let one = strict;
    let solved = search(one, terms);
    if (solved.status !== "planned" && strict.problem.groups.some(({ antiAffinity }) => antiAffinity)) {
      one = loose[i] ?? strict;
      solved = search(one, terms);
    }
    if (solved.status !== "planned") return { pool: one.pool.pool, why: solved.why };
    const turns = turnsOf(one, solved.actions, terms.stepsAtOnce === 1);
    for (const [stage, own] of turns.moves) moves.set(stage, own);
    for (const [stage, meant] of turns.hosts) hosts.set(stage, { ...meant, pool: one.pool.pool });
    order.push(...turns.order);
  }
  return { moves, hosts, order, problems: loose };
}

function search({ problem }: PoolProblem, { seed, stuck }: { readonly seed: number; readonly stuck: boolean }) {
  // Looks are counted, not timed: the same problem always gets the same search.
  let looks = 0;
  const enough = () => {
    looks += 1;
    return looks > (stuck ? patience.stuck : patience.otherwise);
  };
  return solve(problem, { seed, effort, enough });
}

function turnsOf({ stageOf, problem }: PoolProblem, actions: readonly ProblemAction[], sequential: boolean) {
  const patches = actions.flatMap((one) => (one.type === "patch" ? [one] : [])).sort((a, b) => a.start - b.start);
  const startOf = new Map(patches.map(({ host, start }) => [host, start]));
  const endOf = new Map(patches.map(({ host, end }) => [host, end]));
  const waits = new Set(problem.hosts.flatMap(({ id, patchSeconds }) => (patchSeconds === null ? [] : [id])));
  const stage = (host: string) => stageOf.get(host) ?? "";
  const moves = new Map<string, (TurnMove & Meant)[]>(patches.map(({ host }) => [stage(host), []]));
  /**
   * A move belongs to the host that it empties, if no host that a rule puts before that one has waited for it;
   * else, and where steps go one by one, to the next host that goes out of service. So what waits for a stage never
   * comes before a move of it. What moves after the last host serves nobody and is left out.
   */
  const homeOf = (move: { readonly src: string; readonly start: number; readonly end: number }) => {
    const own = startOf.get(move.src);
    const earlier = problem.precedes
      .filter(([, after]) => after === move.src)
      .map(([before]) => startOf.get(before) ?? 0);
    if (!sequential && own !== undefined && own >= move.end && earlier.every((start) => start < move.end))
      return move.src;
    return patches.find(({ start }) => start >= move.end)?.host;
  };
  for (const move of actions) {
    if (move.type !== "migrate") continue;
    const home = homeOf(move);
    if (home === undefined) continue;
    const toPatched = !waits.has(move.dst) || (endOf.get(move.dst) ?? Number.POSITIVE_INFINITY) <= move.start;
    const { vm, src: from, dst: to, start, end } = move;
    moves.get(stage(home))?.push({ vm, from, to, toPatched, start, end });
  }
  const hosts = new Map(patches.map(({ host, start, end }) => [stage(host), { host, start, end }]));
  const order = patches.slice(1).map(({ host }, i) => ({
    before: stage(patches[i]?.host ?? ""),
    after: stage(host),
    text: "by the search for room",
  }));
  return { moves, hosts, order };
}
