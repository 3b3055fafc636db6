import { startWalk, type Walk, walkOn } from "./anneal.ts";
import { anyChoices, type Choices, usualChoices, varied } from "./choices.ts";
import { type Found, foundIn, isBetter, makespanOf, type Prefer, sequenceOf } from "./found.ts";
import type { Model } from "./model.ts";
import { runPipeline } from "./pipeline.ts";
import { type Random, randomFrom } from "./random.ts";
import { resetState, type State, startState } from "./state.ts";
import { makeTimer, type Timer } from "./timer.ts";

/** The search for a good plan of one part, step by step. The same steps always find the same plan. */
export interface Search {
  readonly model: Model;
  readonly prefer: Prefer;
  /** No plan of this part ends before; 0 until it is known. */
  bound: number;
  readonly random: Random;
  readonly state: State;
  readonly timer: Timer;
  readonly usual: Choices[];
  best: Found | null;
  /** Plans that were found and are not worse than another in both: makespan and migrations. */
  front: Found[];
  steps: number;
  climb: { choices: Choices; cost: number; failures: number } | null;
  /** Random choices tried before the next climb begins. */
  seeds: number;
  walk: Walk | null;
  walks: number;
}

/** Choices that did not help in a row before a climb is given up. */
const patience = 250;
/** Where few moves come first, one move weighs more than any time that is saved by it. */
const moveSeconds = 10_000;
/** Random beginnings of which the best is climbed from. */
const beginnings = 20;
/** How calm walks are, in turn: with all three, more of the tiny optima are found than with any one of them. */
const calms = [8, 12, 20] as const;
/** Changes of a sequence that take about as long as one greedy run. */
const changesPerStep = 24;

export function startSearch(model: Model, seed: number, prefer: Prefer): Search {
  return {
    model,
    prefer,
    bound: 0,
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
    walks: 0,
  };
}

export function isAtBound(search: Search): boolean {
  const { best, bound, model, prefer } = search;
  return best !== null && prefer === "time" && best.makespan + model.offset <= bound;
}

/** One greedy run, or as many small changes as take about as long; true when it found a better plan. */
export function searchStep(search: Search, enough: () => boolean): boolean {
  const before = search.best;
  const step = search.steps;
  search.steps += 1;
  const usual = search.usual[step];
  if (usual) climbFrom(search, usual, enough);
  // In large parts small changes only polish.
  else if (search.best && (isSmall(search.model) ? step % 8 !== 0 : step % 16 === 0)) walkStep(search);
  else climbStep(search, enough);
  return search.best !== before;
}

/** Runs the choices; what they cost, infinite when they lead nowhere. */
function tryChoices(search: Search, choices: Choices, enough: () => boolean): number {
  const { state, model } = search;
  resetState(state);
  if (!runPipeline(state, choices, enough)) return Number.POSITIVE_INFINITY;
  const makespan = makespanOf(state);
  note(search, state, makespan);
  let ends = 0;
  for (let entry = 0; entry < state.logVm.length; entry += 1)
    if ((state.logVm[entry] ?? 0) < 0) ends += state.logEnd[entry] ?? 0;
  const spent = makespan + (0.1 * ends) / Math.max(1, model.hosts);
  return search.prefer === "time" ? spent + 0.02 * state.migrations : spent + moveSeconds * state.migrations;
}

function note(search: Search, state: State, makespan: number): void {
  const { migrations } = state;
  if (search.front.some((one) => one.makespan <= makespan && one.migrations <= migrations)) return;
  const found = foundIn(state);
  search.front = search.front.filter((one) => one.makespan < makespan || one.migrations < migrations);
  search.front.push(found);
  if (isBetter(state, makespan, search.best, search.prefer)) search.best = found;
}

function climbFrom(search: Search, choices: Choices, enough: () => boolean): void {
  const cost = tryChoices(search, choices, enough);
  if (search.climb === null || cost < search.climb.cost) search.climb = { choices, cost, failures: 0 };
}

function climbStep(search: Search, enough: () => boolean): void {
  const { climb, model, random } = search;
  if (climb === null || search.seeds > 0) {
    search.seeds -= 1;
    climbFrom(search, anyChoices(model, random), enough);
    return;
  }
  const choices = varied(model, climb.choices, random);
  const cost = tryChoices(search, choices, enough);
  const failures = cost < climb.cost ? 0 : climb.failures + 1;
  // As good is good enough: level ground is crossed, not fled from.
  search.climb = cost <= climb.cost ? { choices, cost, failures } : { ...climb, failures };
  if (failures < patience) return;
  search.climb = null;
  search.seeds = beginnings;
}

function walkStep(search: Search): void {
  const { random } = search;
  if (search.walk === null || search.walk.turn >= search.walk.turns) search.walk = nextWalk(search);
  // Its times may depend on limits over all hosts; in its own order it then does not come about again.
  if (search.walk === null) return;
  walkOn(search.walk, changesPerStep, random, ({ state, makespan }) => note(search, state, makespan));
}

/** Small parts walk from ever other beginnings, as the way from one good plan to another is long; others from the best. */
function nextWalk(search: Search): Walk | null {
  const { model, random, timer, best } = search;
  search.walks += 1;
  if (!isSmall(model))
    return best ? startWalk(timer, sequenceOf(best), { turns: 100_000, loose: false, calm: 12 }) : null;
  let start = search.walks % 2 === 0 ? best : null;
  for (let turn = 0; turn < 12 && search.walks % 2 !== 0; turn += 1) {
    resetState(search.state);
    if (!runPipeline(search.state, anyChoices(model, random), () => false)) continue;
    if (isBetter(search.state, makespanOf(search.state), start, search.prefer)) start = foundIn(search.state);
  }
  start ??= best;
  return start
    ? startWalk(timer, sequenceOf(start), { turns: 8_000, loose: true, calm: calms[search.walks % calms.length] ?? 12 })
    : null;
}

/** Parts of a handful of VMs: there a proof is cheap, and small changes find what no greedy run does. */
export function isSmall(model: Model): boolean {
  return model.vms <= 40;
}
