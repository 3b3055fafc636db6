import type { Problem, ProblemVm } from "../../src/domain/problem.ts";

/**
 * Two solvers that try everything, for problems of a few hosts and VMs. They share no code with the planner.
 *
 * `solveOneByOne`: one action at a time. Without limits and order a problem has a plan if and only if it has one of
 * this kind: put the actions of a plan in order of their start and let each happen at once; whoever stands on a host
 * then occupied it in the plan at that instant too, so all room, anti-affinity and empty hosts are as in the plan.
 * The number of migrations stays the same.
 *
 * `solveExactly`: any number of actions at once, second by second; all actions take exactly their time (longer
 * helps nobody) and start at whole seconds.
 */
export interface OneByOne {
  readonly makespan: number;
  readonly migrations: number;
}

interface Place {
  readonly at: number;
  /** −1: not in flight. */
  readonly to: number;
  readonly left: number;
}

interface State {
  readonly vms: readonly Place[];
  /** −1: waits or has nothing to do; 0: done; else seconds of its patch that are left. */
  readonly patches: readonly number[];
}

/** Null: no plan. */
export function solveOneByOne(problem: Problem): OneByOne | null {
  const makespan = searchOneByOne(
    problem,
    (vm) => vm.migrateSeconds,
    (seconds) => seconds,
  );
  const migrations = searchOneByOne(
    problem,
    () => 1,
    () => 0,
  );
  return makespan === null || migrations === null ? null : { makespan, migrations };
}

function searchOneByOne(
  problem: Problem,
  moveCost: (vm: ProblemVm) => number,
  patchCost: (seconds: number) => number,
): number | null {
  const best = new Map<string, number>();
  const waiting: { state: State; cost: number }[][] = [];
  const put = (state: State, cost: number) => {
    const name = JSON.stringify(state);
    if ((best.get(name) ?? Number.POSITIVE_INFINITY) <= cost) return;
    best.set(name, cost);
    while (waiting.length <= cost) waiting.push([]);
    waiting[cost]?.push({ state, cost });
  };
  const start = startOf(problem);
  if (!isAllowed(problem, start)) return null;
  put(start, 0);
  for (let cost = 0; cost < waiting.length; cost++) {
    const list = waiting[cost] ?? [];
    for (let item = list.pop(); item; item = list.pop()) {
      const { state } = item;
      if ((best.get(JSON.stringify(state)) ?? 0) < cost) continue;
      if (isDone(problem, state)) return cost;
      for (const next of listStarts(problem, state)) {
        const vm = next.vms.findIndex(({ to }) => to >= 0);
        const host = next.patches.findIndex((left) => left > 0);
        const own = vm >= 0 ? moveCost(problem.vms[vm] as ProblemVm) : patchCost(next.patches[host] ?? 0);
        put(finishAll(next), cost + own);
      }
    }
  }
  return null;
}

/** The shortest makespan, null when there is no plan. */
export function solveExactly(problem: Problem): number | null {
  const inPlace = Math.max(0, ...problem.hosts.map((host) => host.inPlaceSeconds));
  const seen = new Set<string>();
  let level: State[] = [];
  const add = (list: State[], state: State) => {
    const name = JSON.stringify(state);
    if (seen.has(name)) return;
    seen.add(name);
    list.push(state);
  };
  const start = startOf(problem);
  if (!isAllowed(problem, start)) return null;
  add(level, start);
  for (let time = 0; level.length > 0; time++) {
    for (let i = 0; i < level.length; i++) {
      const state = level[i] as State;
      if (isDone(problem, state)) return Math.max(inPlace, time);
      for (const next of listStarts(problem, state)) add(level, next);
    }
    const later: State[] = [];
    for (const state of level) add(later, tick(state));
    level = later;
  }
  return null;
}

function startOf(problem: Problem): State {
  const index = new Map(problem.hosts.map((host, i) => [host.id, i]));
  return {
    vms: problem.vms.map((vm) => ({ at: index.get(vm.host) ?? -1, to: -1, left: 0 })),
    patches: problem.hosts.map(() => -1),
  };
}

function isDone(problem: Problem, { patches }: State): boolean {
  return problem.hosts.every((host, i) => host.patchSeconds === null || patches[i] === 0);
}

function tick({ vms, patches }: State): State {
  return {
    vms: vms.map(({ at, to, left }) => {
      if (to < 0) return { at, to, left };
      return left === 1 ? { at: to, to: -1, left: 0 } : { at, to, left: left - 1 };
    }),
    patches: patches.map((left) => (left > 0 ? left - 1 : left)),
  };
}

function finishAll({ vms, patches }: State): State {
  return {
    vms: vms.map(({ at, to }) => ({ at: to < 0 ? at : to, to: -1, left: 0 })),
    patches: patches.map((left) => (left > 0 ? 0 : left)),
  };
}

/** Every state that comes of one more action starting now. */
function listStarts(problem: Problem, state: State): readonly State[] {
  const starts: State[] = [];
  problem.vms.forEach((vm, i) => {
    const place = state.vms[i];
    if (!vm.migratable || !place || place.to >= 0) return;
    problem.hosts.forEach((host, to) => {
      const source = problem.hosts[place.at];
      if (to === place.at || host.pool !== source?.pool) return;
      if (problem.newerOnly.includes(host.pool) && state.patches[place.at] === 0 && host.patchSeconds !== null)
        if (state.patches[to] === -1) return;
      starts.push({ ...state, vms: state.vms.with(i, { at: place.at, to, left: vm.migrateSeconds }) });
    });
  });
  problem.hosts.forEach((host, i) => {
    if (host.patchSeconds === null || state.patches[i] !== -1) return;
    const waits = problem.precedes.some(
      ([before, after]) =>
        after === host.id &&
        problem.hosts.some((one, j) => one.id === before && one.patchSeconds !== null && state.patches[j] !== 0),
    );
    if (!waits) starts.push({ ...state, patches: state.patches.with(i, host.patchSeconds) });
  });
  return starts.filter((next) => isAllowed(problem, next));
}

function isAllowed(problem: Problem, { vms, patches }: State): boolean {
  const on = problem.hosts.map((_, host) => problem.vms.filter((_, i) => vms[i]?.at === host || vms[i]?.to === host));
  const { limits } = problem;
  const inPatch = problem.hosts.filter((_, i) => (patches[i] ?? 0) > 0);
  for (const [i, host] of problem.hosts.entries()) {
    const here = on[i] ?? [];
    if (inPatch.includes(host) && here.some((vm) => vm.migratable)) return false;
    if (sum(here, "cpu") > host.cpu || sum(here, "memory") > host.memory) return false;
    for (const group of problem.groups)
      if (group.antiAffinity && here.filter((vm) => vm.group === group.id).length > 1) return false;
    const flights = vms.filter(({ at, to }) => to >= 0 && (at === i || to === i)).length;
    if (flights > limits.migrationsPerHost) return false;
  }
  if (vms.filter(({ to }) => to >= 0).length > (limits.migrationsGlobal ?? vms.length)) return false;
  for (const host of inPatch) {
    const pool = inPatch.filter((one) => one.pool === host.pool).length;
    const domain = inPatch.filter((one) => host.domain !== null && one.domain === host.domain).length;
    if (pool > (limits.maintenancePerPool ?? pool) || domain > (limits.maintenancePerDomain ?? domain)) return false;
  }
  for (const group of problem.groups) {
    const down = problem.vms.filter(
      (vm) => vm.group === group.id && !vm.migratable && inPatch.some((h) => h.id === vm.host),
    );
    if (group.members.length - down.length < group.minUp) return false;
  }
  for (const [pool, reserve] of Object.entries(problem.reserve)) {
    let [cpu, memory] = [0, 0];
    for (const [i, host] of problem.hosts.entries()) {
      if (host.pool !== pool || inPatch.includes(host)) continue;
      cpu += host.cpu - sum(on[i] ?? [], "cpu");
      memory += host.memory - sum(on[i] ?? [], "memory");
    }
    if (cpu < reserve.cpu || memory < reserve.memory) return false;
  }
  return true;
}

function sum(vms: readonly ProblemVm[], resource: "cpu" | "memory"): number {
  let total = 0;
  for (const vm of vms) total += vm[resource];
  return total;
}
