import type { PoolFacts, VmFacts } from "../domain/facts.ts";
import type { Blocker } from "../domain/outcome.ts";
import { compareNames, type World } from "./world.ts";

/** Where VMs are while the plan is being made: moves change it, facts do not. */
export interface Seating {
  readonly hostOf: Map<string, string>;
  /** Hosts with nothing pending, and those that this plan has patched by now. */
  readonly patched: Set<string>;
}

export interface Move {
  readonly vm: VmFacts;
  readonly to: string;
  readonly why: string;
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
 * (rule R28), never beside another member of its group when there is a choice, then the emptiest.
 * Changes `seating`. VMs that cannot move are stopped; a VM that fits nowhere is a blocker with figures.
 */
export function drain(world: World, pool: PoolFacts, host: string, seating: Seating): Drain {
  const here = pool.vms
    .filter((vm) => vm.running && seating.hostOf.get(vm.vm) === host)
    .sort((a, b) => b.memoryMiB - a.memoryMiB || compareNames(a.vm, b.vm));
  const moves: Move[] = [];
  const stops: { vm: VmFacts; why: string }[] = [];
  const blockers: Blocker[] = [];
  for (const vm of here) {
    const cannot = whyNot(pool, vm);
    if (cannot !== null) {
      stops.push({ vm, why: cannot });
      continue;
    }
    const target = chooseTarget(world, pool, host, vm, seating);
    if (target === null) blockers.push(noRoom(pool, host, vm, seating));
    else {
      seating.hostOf.set(vm.vm, target);
      const why = seating.patched.has(target)
        ? `${target} is already patched`
        : `${target} has room; no patched host has`;
      moves.push({ vm, to: target, why });
    }
  }
  return { moves, stops, blockers };
}

function whyNot(pool: PoolFacts, vm: VmFacts): string | null {
  if (!pool.capabilities.liveMigration.ok) return pool.capabilities.liveMigration.why;
  return vm.migratable.ok ? null : vm.migratable.why;
}

function chooseTarget(world: World, pool: PoolFacts, from: string, vm: VmFacts, seating: Seating): string | null {
  const fits = pool.hosts.filter(
    (host) =>
      host.host !== from && host.online && !host.maintenance && freeMiB(pool, host.host, seating) >= vm.memoryMiB,
  );
  const rank = (host: string) =>
    (seating.patched.has(host) ? 0 : 2) + (hasGroupMate(world, vm.vm, host, seating) ? 1 : 0);
  const best = [...fits].sort(
    (a, b) =>
      rank(a.host) - rank(b.host) ||
      freeMiB(pool, b.host, seating) - freeMiB(pool, a.host, seating) ||
      compareNames(a.host, b.host),
  )[0];
  return best?.host ?? null;
}

function freeMiB(pool: PoolFacts, host: string, seating: Seating): number {
  const total = pool.hosts.find((candidate) => candidate.host === host)?.memoryMiB ?? 0;
  const used = pool.vms
    .filter((vm) => vm.running && seating.hostOf.get(vm.vm) === host)
    .reduce((sum, vm) => sum + vm.memoryMiB, 0);
  return total - used;
}

function hasGroupMate(world: World, vm: string, host: string, seating: Seating): boolean {
  return world.groups.some(
    (group) =>
      group.members.includes(vm) && group.members.some((mate) => mate !== vm && seating.hostOf.get(mate) === host),
  );
}

function noRoom(pool: PoolFacts, host: string, vm: VmFacts, seating: Seating): Blocker {
  const gaps = pool.hosts
    .filter((other) => other.host !== host && other.online && !other.maintenance)
    .map((other) => ({ host: other.host, free: freeMiB(pool, other.host, seating) }))
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
