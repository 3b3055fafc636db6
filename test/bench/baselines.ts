import type { Problem, ProblemAction } from "../../src/domain/problem.ts";
import type { Answer, Contender } from "./contender.ts";
import {
  type BenchHost,
  type BenchVm,
  fits,
  giveBack,
  inVmOrder,
  nextEvent,
  type PoolState,
  poolsOf,
  startMigration,
  startPatch,
  take,
} from "./pool-state.ts";

/** The baselines B0, B1, B2 and B3 of planning.md 4. For comparison only: what people do today. */
export const baselines: readonly Contender[] = [
  { name: "B0", plan: (problem) => byPool(problem, oneByOne) },
  { name: "B1", plan: (problem) => byPool(problem, (state) => pipeline(state, 2, Number.POSITIVE_INFINITY)) },
  { name: "B2", plan: (problem) => byPool(problem, waves) },
  { name: "B3", plan: (problem) => byPool(problem, (state) => pipeline(state, Number.POSITIVE_INFINITY, 40)) },
];

/** Runs each pool by itself, all from 0; gives the number of hosts that were never patched. */
function byPool(problem: Problem, run: (state: PoolState) => number): Answer {
  const actions: ProblemAction[] = [];
  let stuckHosts = 0;
  for (const state of poolsOf(problem)) {
    stuckHosts += run(state);
    for (const action of state.actions) actions.push(action);
  }
  if (stuckHosts === 0) return { status: "planned", actions, firstMs: null };
  return { status: "stuck", why: `${stuckHosts} hosts were never patched` };
}

const pending = (state: PoolState) => state.hosts.filter(({ host }) => host.patchSeconds !== null);

/** The fitting host with the most free memory, the first on ties. */
function worstFit(state: PoolState, one: BenchVm, forbidden: ReadonlySet<BenchHost>): BenchHost | null {
  let best: BenchHost | null = null;
  for (const host of state.hosts) {
    if (host.inPatch || host === one.host || host.slots >= state.perHost || forbidden.has(host)) continue;
    if ((best === null || host.memory > best.memory) && fits(host, one.vm)) best = host;
  }
  return best;
}

function drain(state: PoolState, host: BenchHost, forbidden: ReadonlySet<BenchHost>): boolean {
  let started = false;
  for (const one of inVmOrder(state, host)) {
    if (host.slots >= state.perHost) break;
    if (one.moving) continue;
    const target = worstFit(state, one, forbidden);
    if (!target) continue;
    startMigration(state, one, target);
    started = true;
  }
  return started;
}

/**
 * Admission: all who still wait on these hosts, first fit into what is free on the others. Null when one finds no
 * place.
 */
function admit(state: PoolState, leaving: ReadonlySet<BenchHost>): ReadonlyMap<BenchVm, BenchHost> | null {
  const places = new Map<BenchVm, BenchHost>();
  let ok = true;
  for (const one of state.vms) {
    if (one.moving || !leaving.has(one.host)) continue;
    const target = state.hosts.find((host) => !host.inPatch && !leaving.has(host) && fits(host, one.vm));
    if (!target) {
      ok = false;
      break;
    }
    take(target, one.vm);
    places.set(one, target);
  }
  for (const [one, target] of places) giveBack(target, one.vm);
  return ok ? places : null;
}

/** B0: one host at a time. */
function oneByOne(state: PoolState): number {
  const waiting = pending(state);
  for (const [index, host] of waiting.entries()) {
    const forbidden = new Set([host]);
    while (host.residents.size > 0) {
      drain(state, host, forbidden);
      if (!nextEvent(state)) return waiting.length - index;
    }
    startPatch(state, host);
    while (host.inPatch) nextEvent(state);
  }
  return 0;
}

/** B1 (two at a time) and B3 (no limit; the scan of a round ends at the first refusal past the 40th that remains). */
function pipeline(state: PoolState, most: number, patience: number): number {
  const remaining = pending(state);
  const evacuating = new Set<BenchHost>();
  const patching = new Set<BenchHost>();
  while (remaining.length + evacuating.size + patching.size > 0) {
    for (let i = 0; i < remaining.length && evacuating.size + patching.size < most; ) {
      const host = remaining[i];
      if (host && admit(state, new Set([...evacuating, host]))) {
        evacuating.add(host);
        remaining.splice(i, 1);
      } else if (i >= patience) break;
      else i += 1;
    }
    for (const host of [...evacuating]) {
      drain(state, host, evacuating);
      if (host.residents.size > 0 || host.slots > 0) continue;
      evacuating.delete(host);
      patching.add(host);
      startPatch(state, host);
    }
    if (!nextEvent(state)) return remaining.length + evacuating.size;
    for (const host of [...patching]) if (!host.inPatch) patching.delete(host);
  }
  return 0;
}

/** B2: as many as admission lets through, all emptied, all patched, then the next. */
function waves(state: PoolState): number {
  let remaining = pending(state);
  while (remaining.length > 0) {
    const wave = new Set<BenchHost>();
    let targets: ReadonlyMap<BenchVm, BenchHost> = new Map();
    for (const host of remaining) {
      const admitted = admit(state, new Set([...wave, host]));
      if (!admitted) continue;
      wave.add(host);
      targets = admitted;
    }
    if (wave.size === 0) return remaining.length;
    while ([...wave].some((host) => host.residents.size > 0)) {
      for (const host of wave)
        for (const one of inVmOrder(state, host)) {
          const target = targets.get(one);
          const free = host.slots < state.perHost && target && target.slots < state.perHost;
          if (free && !one.moving && fits(target, one.vm)) startMigration(state, one, target);
        }
      if (!nextEvent(state)) return remaining.length;
    }
    for (const host of wave) startPatch(state, host);
    while (state.underWay.length > 0) nextEvent(state);
    remaining = remaining.filter((host) => !wave.has(host));
  }
  return 0;
}
