import type { PoolFacts } from "../domain/facts.ts";
import type { Drain } from "./drain.ts";
import { runsOf } from "./roles.ts";
import { poolInScope } from "./rules/scope.ts";
import { standaloneHyperV } from "./rules/scopes.ts";
import type { World } from "./world.ts";

/**
 * The order in which guests that went down with their host are started again: what others depend on first (T2);
 * on a Hyper-V host without a cluster name and domain servers, then databases, then the rest (rule R53).
 */
export function startOrder(world: World, pool: PoolFacts, { stops }: Drain): readonly string[] {
  const ranked = pool.hosts.length === 1 && poolInScope(standaloneHyperV, world, pool);
  const names = stops.map(({ vm }) => vm.vm);
  const waiting = ranked ? [...names].sort((a, b) => rankOf(world, a) - rankOf(world, b)) : [...names];
  const started: string[] = [];
  while (waiting.length > 0) {
    const i = waiting.findIndex((name) =>
      (world.cluster.vms[name]?.dependsOn ?? []).every((needed) => needed === name || !waiting.includes(needed)),
    );
    // A circle of dependsOn is refused with the inventory; should one come here all the same, the first one starts.
    started.push(...waiting.splice(Math.max(i, 0), 1));
  }
  return started;
}

function rankOf(world: World, name: string): number {
  const roles = world.cluster.vms[name]?.roles ?? [];
  if (roles.includes("domain-controller") || roles.includes("dns") || roles.includes("dhcp")) return 0;
  const database = roles.includes("database") || world.groups.some(isDatabaseOf(name));
  return database || runsOf(world, name).some(({ product }) => product === "puppetdb") ? 1 : 2;
}

function isDatabaseOf(name: string) {
  const kinds = ["sql-availability-group", "sql-failover-cluster", "mongodb"];
  return ({ kind, members }: World["groups"][number]) => kinds.includes(kind) && members.includes(name);
}
