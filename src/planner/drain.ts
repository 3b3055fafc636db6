import type { PoolFacts, VmFacts } from "../domain/facts.ts";
import type { Blocker } from "../domain/outcome.ts";
import { isController } from "./roles.ts";
import { compareNames, type World } from "./world.ts";

/** Where VMs are while the plan is being made: moves change it, facts do not. */
export interface Seating {
  readonly hostOf: Map<string, string>;
  /** Hosts with nothing pending, and those that this plan has patched by now. */
  readonly patched: Set<string>;
}

export interface Move {
  readonly vm: VmFacts;
  /** Where it moves from: the host that is emptied, or another that makes room. */
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

/** A move that was chosen for a whole pool at once (src/planner/schedule/turns.ts). */
export interface TurnMove {
  readonly vm: string;
  readonly from: string;
  readonly to: string;
  /** Is the target done by then, or has it nothing pending? */
  readonly toPatched: boolean;
}

export interface Drain {
  readonly moves: readonly Move[];
  /** VMs that go down with the host, with the reason. */
  readonly stops: readonly { readonly vm: VmFacts; readonly why: string }[];
  readonly blockers: readonly Blocker[];
}

export function seatingOf(world: World): Seating {
  const hostOf = new Map(world.pools.flatMap((pool) => pool.vms.map((vm) => [vm.vm, vm.host] as const)));
  const upToDate = world.hosts.filter((host) => host.machine?.pending.patches.length === 0);
  return { hostOf, patched: new Set(upToDate.map((host) => host.name)) };
}

/**
 * Chooses a target for every running VM of `host`, largest first: patched hosts before unpatched ones
 * (rule R28), never beside another member of its group when there is a choice, then the emptiest. Domain
 * controllers are kept apart (rule R58) even where that means an unpatched host.
 * Changes `seating`. VMs that cannot move are stopped; a VM that fits nowhere is a blocker with figures.
 */
export function drain(world: World, pool: PoolFacts, host: string, seating: Seating): Drain {
  const here = pool.vms
    .filter((vm) => vm.running && seating.hostOf.get(vm.vm) === host)
    .sort((a, b) => b.memoryMiB - a.memoryMiB || compareNames(a.vm, b.vm));
  const moves: Move[] = [];
  const stops: { vm: VmFacts; why: string }[] = [];
  const blockers: Blocker[] = [];
  const free = freeOf(pool, seating);
  for (const vm of here) {
    const cannot = whyFixed(world, pool, vm);
    if (cannot !== null) {
      stops.push({ vm, why: cannot });
      continue;
    }
    const target = chooseTarget({ world, pool, from: host, vm, seating, free });
    if (target === null) blockers.push(noRoom(pool, host, vm, free));
    else {
      seating.hostOf.set(vm.vm, target);
      free.set(target, (free.get(target) ?? 0) - vm.memoryMiB);
      const why = seating.patched.has(target)
        ? `${target} is already patched`
        : `${target} has room; no patched host has`;
      moves.push({ vm, from: host, to: target, why });
    }
  }
  return { moves, stops, blockers };
}

/** The same with moves that are chosen already. Changes `seating`. */
export function drainAsTold(
  world: World,
  pool: PoolFacts,
  host: string,
  seating: Seating,
  turns: readonly TurnMove[],
): Drain {
  const moves = turns.flatMap(({ vm: name, from, to, toPatched }): readonly Move[] => {
    const vm = pool.vms.find((one) => one.vm === name);
    if (!vm) return [];
    seating.hostOf.set(name, to);
    const why = toPatched
      ? `${to} is already patched`
      : `${to} has room for it, and so all hosts of ${pool.pool} find room in their turn`;
    return [{ vm, from, to, why }];
  });
  const stops = pool.vms
    .filter((vm) => vm.running && seating.hostOf.get(vm.vm) === host)
    .flatMap((vm) => {
      const why = whyFixed(world, pool, vm);
      return why === null ? [] : [{ vm, why }];
    })
    .sort((a, b) => b.vm.memoryMiB - a.vm.memoryMiB || compareNames(a.vm.vm, b.vm.vm));
  return { moves, stops, blockers: [] };
}

/** Why a running VM stays on its host and goes down with it, or null when it can move. */
export function whyFixed(world: World, pool: PoolFacts, vm: VmFacts): string | null {
  if (isController(world, vm.vm)) return "it serves the disks of its host (rule R76)";
  if (!pool.capabilities.liveMigration.ok) return pool.capabilities.liveMigration.why;
  return vm.migratable.ok ? null : vm.migratable.why;
}

function chooseTarget(given: {
  readonly world: World;
  readonly pool: PoolFacts;
  readonly from: string;
  readonly vm: VmFacts;
  readonly seating: Seating;
  readonly free: ReadonlyMap<string, number>;
}): string | null {
  const { world, pool, from, vm, seating, free } = given;
  const ranked = pool.hosts
    .filter((host) => host.host !== from && host.online && !host.maintenance)
    .map(({ host }) => ({
      host,
      free: free.get(host) ?? 0,
      rank: (seating.patched.has(host) ? 0 : 2) + mateRank(world, vm.vm, host, seating),
    }))
    .filter((target) => target.free >= vm.memoryMiB)
    .sort((a, b) => a.rank - b.rank || b.free - a.free || compareNames(a.host, b.host));
  return ranked[0]?.host ?? null;
}

/** Free memory of every host of the pool as VMs sit now, in MiB. */
function freeOf(pool: PoolFacts, seating: Seating): Map<string, number> {
  const free = new Map(pool.hosts.map((host) => [host.host, host.memoryMiB]));
  for (const vm of pool.vms) {
    const host = seating.hostOf.get(vm.vm);
    if (vm.running && host !== undefined) free.set(host, (free.get(host) ?? 0) - vm.memoryMiB);
  }
  return free;
}

/** Any mate decides between equals; a controller of the same domain weighs more than a patched host (R58 over R28). */
function mateRank(world: World, vm: string, host: string, seating: Seating): number {
  const shared = world.groups.filter(
    ({ members }) => members.includes(vm) && members.some((mate) => mate !== vm && seating.hostOf.get(mate) === host),
  );
  if (shared.length === 0) return 0;
  return shared.some(({ kind }) => kind === "domain-controllers") ? 4 : 1;
}

function noRoom(pool: PoolFacts, host: string, vm: VmFacts, free: ReadonlyMap<string, number>): Blocker {
  const gaps = pool.hosts
    .filter((other) => other.host !== host && other.online && !other.maintenance)
    .map((other) => ({ host: other.host, free: free.get(other.host) ?? 0 }))
    .sort((a, b) => b.free - a.free || compareNames(a.host, b.host));
  const largest = gaps[0];
  const room = largest
    ? `the largest gap is ${gib(largest.free)} on ${largest.host}`
    : "the pool has no other host that is up";
  return {
    reason: "no-capacity",
    where: host,
    message: `${host} cannot be emptied: ${vm.vm} needs ${gib(vm.memoryMiB)}, ${room}`,
    next: `free memory in ${pool.pool} or shut ${vm.vm} down, then ask for a new plan`,
  };
}

function gib(mib: number): string {
  return `${Math.round((mib / 1024) * 10) / 10} GiB`;
}
