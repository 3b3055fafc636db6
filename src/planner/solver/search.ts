import { startWalk, type Walk, walkOn } from "./anneal.ts";
import { anyChoices, type Choices, usualChoices, varied } from "./choices.ts";
import { type Found, foundIn, isBetter, makespanOf, sequenceOf } from "./found.ts";
import type { Model } from "./model.ts";
import { runPipeline } from "./pipeline.ts";
import { type Random, randomFrom } from "./random.ts";
import { makeTimer, type Timer } from "./sequence.ts";
import { resetState, type State, startState } from "./state.ts";

/** The search for a good plan of one part, step by step. The same steps always find the same plan. */
export interface Search {
  readonly model: Model;
  /** No plan of this part ends before. */
  readonly bound: number;
  readonly random: Random;
  readonly state: State;
  readonly timer: Timer;
  readonly usual: Choices[];
  best: Found | null;
  /** Plans that were found and are not worse than another in both: makespan and migrations. */
  front: { makespan: number; migrations: number }[];
  steps: number;
  climb: { choices: Choices; cost: number; failures: number } | null;
  /** Random choices tried before the next climb begins. */
  seeds: number;
  walk: Walk | null;
}

/** Choices that did not help in a row before a climb is given up. */
const patience = 250;
/** Random beginnings of which the best is climbed from. */
const beginnings = 20;
/** Changes of a sequence that take about as long as one greedy run. */
const changesPerStep = 24;

export function startSearch(model: Model, bound: number, seed: number): Search {
  return {
    model,
    bound,
    random: randomFrom(seed),
    state: startState(model),
    timer: makeTimer(model),
    usual: usualChoices(model),
    best: null,
    front: [],
    steps: 0,
    climb: null,
    seeds: 0,
    walk: null,
  };
}

export function isAtBound(search: Search): boolean {
  return search.best !== null && search.best.makespan + search.model.offset <= search.bound;
}

/** One greedy run, or as many small changes as take about as long; true when it found a better plan. */
export function searchStep(search: Search): boolean {
  const before = search.best;
  const step = search.steps;
  search.steps += 1;
  const usual = search.usual[step];
  if (usual) climbFrom(search, usual);
  // Small changes pay where plans are short: they find what no greedy run does. Elsewhere they polish.
  else if (search.best && (search.model.vms <= 40 ? step % 8 !== 0 : step % 4 === 0)) walkStep(search);
  else climbStep(search);
  return search.best !== before;
}

/** Runs the choices; what they cost, infinite when they lead nowhere. */
function tryChoices(search: Search, choices: Choices): number {
  const { state, model } = search;
  resetState(state);
  if (!runPipeline(state, choices)) return Number.POSITIVE_INFINITY;
  const makespan = makespanOf(state);
  note(search, state, makespan);
  let ends = 0;
  for (let entry = 0; entry < state.logVm.length; entry += 1)
    if ((state.logVm[entry] ?? 0) < 0) ends += state.logEnd[entry] ?? 0;
  return makespan + (0.1 * ends) / Math.max(1, model.hosts) + 0.02 * state.migrations;
}

function note(search: Search, state: State, makespan: number): void {
  const { migrations } = state;
  if (!search.front.some((one) => one.makespan <= makespan && one.migrations <= migrations)) {
    search.front = search.front.filter((one) => one.makespan < makespan || one.migrations < migrations);
    search.front.push({ makespan, migrations });
  }
  if (isBetter(state, makespan, search.best)) search.best = foundIn(state);
}

function climbFrom(search: Search, choices: Choices): void {
  const cost = tryChoices(search, choices);
  if (search.climb === null || cost < search.climb.cost) search.climb = { choices, cost, failures: 0 };
}

function climbStep(search: Search): void {
  const { climb, model, random } = search;
  if (climb === null || search.seeds > 0) {
    search.seeds -= 1;
    climbFrom(search, anyChoices(model, random));
    return;
  }
  const choices = varied(model, climb.choices, random);
  const cost = tryChoices(search, choices);
  const failures = cost < climb.cost ? 0 : climb.failures + 1;
  // As good is good enough: level ground is crossed, not fled from.
  search.climb = cost <= climb.cost ? { choices, cost, failures } : { ...climb, failures };
  if (failures < patience) return;
  search.climb = null;
  search.seeds = beginnings;
}

function walkStep(search: Search): void {
  const { best, timer, random } = search;
  if (best === null) return;
  if (search.walk === null || search.walk.turn >= search.walk.turns) {
    const turns = search.model.vms <= 40 ? 30_000 : 100_000;
    search.walk = startWalk(timer, sequenceOf(best), turns);
    // Its times depend on limits over all hosts, and in its own order it does not come about again.
    if (search.walk === null) return;
  }
  walkOn(search.walk, changesPerStep, random, ({ state, makespan }) => note(search, state, makespan));
}
