import type { Problem, ProblemAction } from "../../domain/problem.ts";
import { proveInfeasible } from "../bounds/feasibility.ts";
import { lowerBound } from "../bounds/lower-bound.ts";
import { actionsOf, type Found, type Prefer } from "./found.ts";
import { keepPlan } from "./keep.ts";
import { modelsOf, problemOf } from "./parts.ts";
import { isAtBound, isSmall, type Search, searchStep, startSearch } from "./search.ts";

export interface SolveTerms {
  readonly seed: number;
  /** What comes first: an early end (the default), or few moves. */
  readonly prefer?: Prefer;
  /** Steps of search for each part, about one greedy run each. The result depends on these alone unless cut short. */
  readonly effort?: number;
  /** What is left of an older plan, from second 0 on: kept as far as it goes, and not improved upon. */
  readonly keep?: readonly ProblemAction[];
  /** True: stop looking for something better. */
  readonly enough?: () => boolean;
  /** Told of the first plan of the whole and of every better one. */
  readonly onBetter?: () => void;
}

export type Solved =
  | {
      readonly status: "planned";
      /** Sorted by start. */
      readonly actions: readonly ProblemAction[];
      readonly makespan: number;
      readonly migrations: number;
      /** Makespans and migrations of the plans that were found and that no other beats in both. */
      readonly front: readonly { readonly makespan: number; readonly migrations: number }[];
    }
  | { readonly status: "infeasible" | "not-found"; readonly why: string };

/** Steps without any plan after which a part is given up. */
const patience = 4_000;
/** Tries that every part gets, whatever the time. */
const fairTries = 60;
/** A pool that others outlast may take this much longer than possible at all, if that saves moves. */
const soonEnough = 1.2;
/** Arrangements looked at in the attempt to prove that there is no plan. */
const proofLimit = 20_000;

/**
 * Plans a rolling patch: every pending host is emptied, patched once and filled again, within every rule of
 * planning.md 2.1, as early as it can be found. Parts that share nothing (pools) are planned apart and run at once.
 * Anytime: the first plan comes from one greedy run; more effort or time never makes the result worse.
 */
export function solve(problem: Problem, terms: SolveTerms): Solved {
  const enough = terms.enough ?? (() => false);
  const searches = modelsOf(problem)
    .filter((model) => model.patch.some((seconds) => seconds > 0))
    .map((model, i) => startSearch(model, terms.seed + 7919 * i, terms.prefer ?? "time"));
  for (const search of searches) {
    const kept = terms.keep ? keepPlan(search.model, terms.keep) : null;
    if (kept) search.best = kept;
    else searchStep(search, enough);
  }
  for (const search of searches) {
    const none = search.best ? null : whyNone(problem, search, enough);
    if (none) return none;
  }
  terms.onBetter?.();
  if (!terms.keep) {
    setBounds(problem, searches);
    improve(searches, terms, enough);
  }
  return planned(searches);
}

/** Where to stop. Read after the first plan: it takes its time, and nobody waits for it. */
function setBounds(problem: Problem, searches: readonly Search[]): void {
  const bounds = new Map(lowerBound(problem).pools.map(({ pool, seconds }) => [pool, seconds]));
  const poolOf = new Map(problem.hosts.map((host) => [host.id, host.pool]));
  for (const search of searches)
    search.bound = Math.max(0, ...search.model.hostIds.map((id) => bounds.get(poolOf.get(id) ?? "") ?? 0));
}

/** Looks on for a first plan of a part; when there is none to be had, why. */
function whyNone(problem: Problem, search: Search, enough: () => boolean): Solved | null {
  // Where a proof is cheap it comes before the search, elsewhere after a fair number of tries.
  const fair = isSmall(search.model) ? 0 : fairTries;
  while (!search.best && search.steps < fair) searchStep(search, () => false);
  if (search.best) return null;
  const proof = proveInfeasible(problemOf(problem, search.model), proofLimit);
  if (proof) return { status: "infeasible", why: `${proof.why}; ${proof.remedy}` };
  while (!search.best && search.steps < patience && (search.steps < fairTries || !enough())) {
    searchStep(search, () => false);
  }
  return search.best ? null : notFound(search);
}

/**
 * Part by part, a few steps at a time, until every part is at its bound, has had its effort, or time is up. A third of
 * the steps goes to the part that ends last: the whole is done when it is.
 */
function improve(searches: readonly Search[], terms: SolveTerms, enough: () => boolean): void {
  const limit = terms.effort ?? Number.POSITIVE_INFINITY;
  const isOpen = (search: Search) => !isAtBound(search) && search.steps < limit;
  const improveOne = (search: Search, steps: number): boolean => {
    for (let turn = 0; turn < steps && isOpen(search); turn += 1) {
      if (enough()) return false;
      if (searchStep(search, enough)) terms.onBetter?.();
    }
    return true;
  };
  for (;;) {
    const open = searches.filter(isOpen);
    if (open.length === 0) return;
    const endOf = (search: Search) => search.best?.makespan ?? 0;
    const last = open.reduce((latest, search) => (endOf(search) > endOf(latest) ? search : latest));
    for (const search of open) if (!improveOne(search, 4)) return;
    if (open.length > 1 && !improveOne(last, 2 * open.length)) return;
  }
}

function notFound({ model, steps }: Search): Solved {
  const hosts = model.hostIds.slice(0, 3).join(", ");
  const rest = model.hosts > 3 ? ` and ${model.hosts - 3} more` : "";
  return { status: "not-found", why: `no plan for ${hosts}${rest} was found in ${steps} tries` };
}

function planned(searches: readonly Search[]): Solved {
  const last = Math.max(0, ...searches.map(({ best }) => best?.makespan ?? 0));
  const actions = searches.flatMap((search) => {
    const chosen = chooseFor(search, last);
    return chosen ? actionsOf(search.model, chosen) : [];
  });
  actions.sort((a, b) => a.start - b.start || a.end - b.end);
  return {
    status: "planned",
    actions,
    makespan: actions.reduce((end, action) => Math.max(end, action.end), 0),
    migrations: actions.filter((action) => action.type === "migrate").length,
    front: frontOf(searches),
  };
}

/**
 * The plan with the fewest moves among those that end soon enough: not after the part that ends last, nor beyond
 * `soonEnough` times the bound where the part's best plan keeps to that (planning.md 2.1: the end, then moves).
 */
function chooseFor({ best, front, bound, prefer }: Search, last: number): Found | null {
  if (best === null || prefer === "moves") return best;
  const limit = Math.max(best.makespan, Math.min(last, Math.floor(soonEnough * bound)));
  let chosen = best;
  for (const found of front) if (found.makespan <= limit && found.migrations < chosen.migrations) chosen = found;
  return chosen;
}

/** For each end that some part's plan has: the fewest moves with which every part is done by then. */
function frontOf(searches: readonly Search[]): { makespan: number; migrations: number }[] {
  const ends = [...new Set(searches.flatMap(({ front }) => front.map(({ makespan }) => makespan)))].sort(
    (a, b) => a - b,
  );
  const front: { makespan: number; migrations: number }[] = [];
  for (const makespan of ends) {
    let migrations = 0;
    for (const search of searches) {
      const fitting = search.front.filter((one) => one.makespan <= makespan).map((one) => one.migrations);
      migrations += fitting.length > 0 ? Math.min(...fitting) : Number.POSITIVE_INFINITY;
    }
    if (migrations < (front.at(-1)?.migrations ?? Number.POSITIVE_INFINITY)) front.push({ makespan, migrations });
  }
  return front;
}
