import type { Problem, ProblemHost, ProblemVm } from "../../domain/problem.ts";
import { type Model, modelOf } from "./model.ts";

/** Parts that share nothing: pools, unless something spans them. In order of names: the order of lists means nothing. */
export function modelsOf(given: Problem): readonly Model[] {
  const problem = { ...given, hosts: sorted(given.hosts), vms: sorted(given.vms), groups: sorted(given.groups) };
  const pools = [...new Set(problem.hosts.map((host) => host.pool))];
  if (pools.length < 2) return pools.length === 0 ? [] : [modelOf(problem, problem.hosts, problem.vms)];
  const part = joinedPools(problem, pools);
  const parts = new Map<string, { hosts: ProblemHost[]; vms: ProblemVm[] }>();
  const partOfHost = new Map<string, { hosts: ProblemHost[]; vms: ProblemVm[] }>();
  for (const host of problem.hosts) {
    const key = part.get(host.pool) ?? host.pool;
    let entry = parts.get(key);
    if (!entry) {
      entry = { hosts: [], vms: [] };
      parts.set(key, entry);
    }
    entry.hosts.push(host);
    partOfHost.set(host.id, entry);
  }
  for (const vm of problem.vms) partOfHost.get(vm.host)?.vms.push(vm);
  return [...parts.values()].map(({ hosts, vms }) => modelOf(problem, hosts, vms));
}

function sorted<T extends { readonly id: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Pools that must be planned together, each mapped to the first of its set. */
function joinedPools(problem: Problem, pools: readonly string[]): ReadonlyMap<string, string> {
  const root = new Map(pools.map((pool) => [pool, pool]));
  const find = (pool: string): string => {
    let at = pool;
    for (let up = root.get(at); up !== undefined && up !== at; up = root.get(at)) at = up;
    return at;
  };
  const join = (a: string, b: string): void => {
    root.set(find(b), find(a));
  };
  const { limits } = problem;
  if (limits.migrationsGlobal !== null) for (const pool of pools) join(pools[0] ?? pool, pool);
  const poolOf = new Map(problem.hosts.map((host) => [host.id, host.pool]));
  for (const [before, after] of problem.precedes) join(poolOf.get(before) ?? "", poolOf.get(after) ?? "");
  if (limits.maintenancePerDomain !== null) {
    const first = new Map<string, string>();
    for (const host of problem.hosts) {
      if (host.domain === null) continue;
      const known = first.get(host.domain);
      if (known === undefined) first.set(host.domain, host.pool);
      else join(known, host.pool);
    }
  }
  const fixedPools = new Map<string, string>();
  const needing = new Set(problem.groups.filter((group) => group.minUp > 0).map((group) => group.id));
  for (const vm of problem.vms) {
    if (vm.migratable || vm.group === null || !needing.has(vm.group)) continue;
    const pool = poolOf.get(vm.host) ?? "";
    const known = fixedPools.get(vm.group);
    if (known === undefined) fixedPools.set(vm.group, pool);
    else join(known, pool);
  }
  return new Map(pools.map((pool) => [pool, find(pool)]));
}

/** What a problem says of one of its parts alone. */
export function problemOf(problem: Problem, model: Model): Problem {
  const hosts = new Set(model.hostIds);
  const pools = new Set(problem.hosts.filter((host) => hosts.has(host.id)).map((host) => host.pool));
  return {
    ...problem,
    hosts: problem.hosts.filter((host) => hosts.has(host.id)),
    vms: problem.vms.filter((vm) => hosts.has(vm.host)),
    precedes: problem.precedes.filter(([before]) => hosts.has(before)),
    newerOnly: problem.newerOnly.filter((pool) => pools.has(pool)),
  };
}
