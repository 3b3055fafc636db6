import type { Problem } from "../../domain/problem.ts";
import { countOf } from "./figures-text.ts";
import { compareNames, type PendingHost, type PoolFigures } from "./pool-figures.ts";

/** Proof that no plan exists, for people. */
export interface Infeasible {
  readonly pool: string;
  readonly host: string;
  /** One sentence with the host, the VM or resource, and figures. */
  readonly why: string;
  /** One sentence: the least that helps. */
  readonly remedy: string;
}

/** Rules that forbid a patch whatever is moved: limits of 0, an order that goes in a circle, groups that must stay up. */
export function findForbidden(problem: Problem, pools: readonly PoolFigures[]): Infeasible | null {
  for (const pool of pools)
    for (const one of pool.pending) {
      const found = findLimit(problem, one) ?? findDownGroup(pool, one);
      if (found) return { pool: pool.pool, host: one.host.id, ...found };
    }
  const pending = pools.flatMap((pool) => pool.pending);
  return findSmallGroup(pools, pending) ?? findCircle(problem, pending);
}

type Words = Pick<Infeasible, "why" | "remedy">;

function findLimit({ limits }: Problem, { host, vms }: PendingHost): Words | null {
  const move = `host ${host.id} cannot be emptied: ${countOf(vms.length, "VM")} must leave it`;
  if (vms.length > 0 && limits.migrationsPerHost < 1)
    return { why: `${move}, and no migration may touch a host`, remedy: "allow 1 migration per host at least" };
  if (vms.length > 0 && limits.migrationsGlobal !== null && limits.migrationsGlobal < 1)
    return { why: `${move}, and no migration is allowed at all`, remedy: "allow 1 migration at a time at least" };
  const patch = `host ${host.id} cannot be patched`;
  if (limits.maintenancePerPool !== null && limits.maintenancePerPool < 1)
    return {
      why: `${patch}: no host of pool ${host.pool} may be in patch`,
      remedy: "allow 1 host of a pool in patch at least",
    };
  if (host.domain !== null && limits.maintenancePerDomain !== null && limits.maintenancePerDomain < 1)
    return {
      why: `${patch}: no host of domain ${host.domain} may be in patch`,
      remedy: "allow 1 host of a domain in patch at least",
    };
  return null;
}

/** Members that never move are down, all at once, while their host is patched. */
function findDownGroup({ groups }: PoolFigures, { host, pinned }: PendingHost): Words | null {
  const down = new Map<string, string[]>();
  for (const vm of pinned) if (vm.group !== null) down.set(vm.group, [...(down.get(vm.group) ?? []), vm.id]);
  for (const [id, vms] of [...down].sort(([a], [b]) => compareNames(a, b))) {
    const group = groups.get(id);
    if (!group || group.size - vms.length >= group.minUp) continue;
    const names = vms.sort(compareNames).join(", ");
    const left = group.size - vms.length;
    const minutes = Math.max(1, Math.ceil((host.patchSeconds ?? 0) / 60));
    return {
      why: `host ${host.id} cannot be patched: ${names} cannot move and would be down, which leaves ${left} of the ${countOf(group.size, "member")} of group ${id} up, and ${group.minUp} must be`,
      remedy: `let ${left} of group ${id} be enough for ${minutes} min, or make ${names} movable`,
    };
  }
  return null;
}

/** A group with fewer members than must be up: no instant of any plan is right. */
function findSmallGroup(pools: readonly PoolFigures[], pending: readonly PendingHost[]): Infeasible | null {
  const host = pending[0]?.host;
  const groups = [...(pools[0]?.groups.values() ?? [])].filter(({ size, minUp }) => size < minUp);
  const [group] = groups.sort((a, b) => compareNames(a.id, b.id));
  if (!host || !group) return null;
  const members = countOf(group.size, "member");
  const why = `no host can be patched: group ${group.id} has ${members}, and ${group.minUp} must be up at any time`;
  return { pool: host.pool, host: host.id, why, remedy: `ask for ${group.size} of group ${group.id} at most` };
}

/** A circle of pairs among hosts with a patch: each waits for the next. */
function findCircle({ precedes }: Problem, pending: readonly PendingHost[]): Infeasible | null {
  const byId = new Map(pending.map((one) => [one.host.id, one.host]));
  const before = new Map<string, string[]>();
  for (const [first, second] of precedes)
    if (byId.has(first) && byId.has(second))
      before.set(second, [...(before.get(second) ?? []), first].sort(compareNames));
  const finished = new Set<string>();
  const walk = (id: string, path: readonly string[]): readonly string[] | null => {
    const from = path.indexOf(id);
    if (from >= 0) return path.slice(from);
    if (finished.has(id)) return null;
    for (const earlier of before.get(id) ?? []) {
      const circle = walk(earlier, [...path, id]);
      if (circle) return circle;
    }
    finished.add(id);
    return null;
  };
  for (const id of [...before.keys()].sort(compareNames)) {
    const circle = walk(id, []);
    const host = byId.get(circle?.[0] ?? "");
    if (!circle || !host) continue;
    const chain = `${host.id} waits for ${[...circle.slice(1), host.id].join(", which waits for ")}`;
    const last = circle[1] ?? host.id;
    return {
      pool: host.pool,
      host: host.id,
      why: `host ${host.id} can never be patched: ${chain}`,
      remedy: `take one pair out of the order, for example that ${last} comes before ${host.id}`,
    };
  }
  return null;
}
