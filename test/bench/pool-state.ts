import type { Problem, ProblemAction, ProblemHost, ProblemVm } from "../../src/domain/problem.ts";

/** A VM of one pool while a baseline runs. */
export interface BenchVm {
  readonly vm: ProblemVm;
  host: BenchHost;
  moving: boolean;
}

export interface BenchHost {
  readonly host: ProblemHost;
  /** What is free, copies in flight counted on both hosts. */
  cpu: number;
  memory: number;
  slots: number;
  inPatch: boolean;
  /** Movable VMs whose home it is until they have left, biggest memory first. */
  readonly residents: Set<BenchVm>;
  /** By group: movable members here, arriving ones included (planning.md 4 does not count the others). */
  readonly groups: Map<string, number>;
}

/** One pool, its clock and what is under way. */
export interface PoolState {
  readonly hosts: readonly BenchHost[];
  readonly vms: readonly BenchVm[];
  readonly actions: ProblemAction[];
  readonly perHost: number;
  now: number;
  readonly underWay: { readonly end: number; readonly finish: () => void }[];
}

/** Pools with their hosts and movable VMs, all in the order of planning.md 4. */
export function poolsOf(problem: Problem): readonly PoolState[] {
  const apart = new Set(problem.groups.filter((group) => group.antiAffinity).map((group) => group.id));
  const hosts = new Map<string, BenchHost>();
  const pools = new Map<string, { hosts: BenchHost[]; vms: BenchVm[] }>();
  for (const host of problem.hosts) {
    const pool = pools.get(host.pool) ?? { hosts: [], vms: [] };
    pools.set(host.pool, pool);
    const { cpu, memory } = host;
    const one = { host, cpu, memory, slots: 0, inPatch: false, residents: new Set<BenchVm>(), groups: new Map() };
    pool.hosts.push(one);
    hosts.set(host.id, one);
  }
  // Memory descending, then the order of the file: sort is stable.
  for (const vm of [...problem.vms].sort((a, b) => b.memory - a.memory)) {
    const host = hosts.get(vm.host);
    if (!host) continue;
    const kept = vm.group !== null && apart.has(vm.group) ? vm : { ...vm, group: null };
    if (!vm.migratable) {
      host.cpu -= vm.cpu;
      host.memory -= vm.memory;
      continue;
    }
    const one: BenchVm = { vm: kept, host, moving: false };
    take(host, one.vm);
    host.residents.add(one);
    pools.get(host.host.pool)?.vms.push(one);
  }
  const perHost = problem.limits.migrationsPerHost;
  return [...pools.values()].map((pool) => ({ ...pool, actions: [], perHost, now: 0, underWay: [] }));
}

export function take(host: BenchHost, { cpu, memory, group }: ProblemVm): void {
  host.cpu -= cpu;
  host.memory -= memory;
  if (group !== null) host.groups.set(group, (host.groups.get(group) ?? 0) + 1);
}

export function giveBack(host: BenchHost, { cpu, memory, group }: ProblemVm): void {
  host.cpu += cpu;
  host.memory += memory;
  if (group !== null) host.groups.set(group, (host.groups.get(group) ?? 0) - 1);
}

export function fits(host: BenchHost, { cpu, memory, group }: ProblemVm): boolean {
  return cpu <= host.cpu && memory <= host.memory && (group === null || (host.groups.get(group) ?? 0) === 0);
}

export function startMigration(state: PoolState, one: BenchVm, dst: BenchHost): void {
  const src = one.host;
  const end = state.now + one.vm.migrateSeconds;
  one.moving = true;
  take(dst, one.vm);
  src.slots += 1;
  dst.slots += 1;
  const { id } = one.vm;
  state.actions.push({ type: "migrate", vm: id, src: src.host.id, dst: dst.host.id, start: state.now, end });
  state.underWay.push({
    end,
    finish() {
      giveBack(src, one.vm);
      src.slots -= 1;
      dst.slots -= 1;
      src.residents.delete(one);
      dst.residents.add(one);
      one.host = dst;
      one.moving = false;
    },
  });
}

export function startPatch(state: PoolState, one: BenchHost): void {
  const end = state.now + (one.host.patchSeconds ?? 0);
  one.inPatch = true;
  state.actions.push({ type: "patch", host: one.host.id, start: state.now, end });
  state.underWay.push({
    end,
    finish() {
      one.inPatch = false;
    },
  });
}

/** To the next instant at which something ends, and ends all that ends there. False when nothing is under way. */
export function nextEvent(state: PoolState): boolean {
  if (state.underWay.length === 0) return false;
  state.now = state.underWay.reduce((least, { end }) => Math.min(least, end), Number.POSITIVE_INFINITY);
  const ended = state.underWay.filter(({ end }) => end === state.now);
  const rest = state.underWay.filter(({ end }) => end !== state.now);
  state.underWay.splice(0, state.underWay.length, ...rest);
  for (const { finish } of ended) finish();
  return true;
}

/** Movable VMs on a host, biggest memory first, then the order of the file. */
export function inVmOrder(state: PoolState, host: BenchHost): readonly BenchVm[] {
  const order = orderOf(state);
  return [...host.residents].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
}

const orders = new WeakMap<PoolState, ReadonlyMap<BenchVm, number>>();

function orderOf(state: PoolState): ReadonlyMap<BenchVm, number> {
  const known = orders.get(state) ?? new Map(state.vms.map((vm, i) => [vm, i]));
  orders.set(state, known);
  return known;
}
