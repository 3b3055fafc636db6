import type { Blocker } from "../domain/outcome.ts";
import { isDown, type World } from "./world.ts";

/**
 * Everything that must be true before anything may be planned. All blockers at once, each with its
 * machine: an operator mends them in one go, not one by one.
 */
export function preflight(world: World): readonly Blocker[] {
  return [
    ...unread(world),
    ...missing(world),
    ...hostsNotReady(world),
    ...cordoned(world),
    ...busy(world),
    ...groupsAlreadyShort(world),
  ];
}

function unread(world: World): readonly Blocker[] {
  return world.facts.unread.map((gap) => ({
    reason: gap.code === "host-key-mismatch" ? "host-key-mismatch" : "machine-unreachable",
    where: gap.where,
    message: gap.message,
    next: gap.next,
  }));
}

function missing(world: World): readonly Blocker[] {
  const unreadPools = new Set(world.facts.unread.map((gap) => gap.where));
  const next = "correct the inventory, or wait until the platform knows it";
  const hosts = world.hosts
    .filter((host) => host.pool !== null && host.seen === null)
    .map((host) => ({
      where: host.name,
      message: `${host.name} is in the inventory, but ${host.host.pool} does not know it`,
    }));
  const vms = world.vms
    .filter((vm) => vm.seen === null && !unreadPools.has(vm.vm.pool))
    .map((vm) => ({ where: vm.name, message: `${vm.name} is in the inventory, but ${vm.vm.pool} does not know it` }));
  return [...hosts, ...vms].map((gap) => ({ reason: "blocked", ...gap, next }));
}

function hostsNotReady(world: World): readonly Blocker[] {
  return world.hosts.flatMap(({ name, seen }): readonly Blocker[] => {
    if (seen === null) return [];
    if (!seen.online) {
      return [
        { reason: "machine-unreachable", where: name, message: `${name} is offline`, next: `bring ${name} back first` },
      ];
    }
    if (!seen.maintenance) return [];
    const who = seen.maintenanceBy ?? "somebody else";
    const message = `${name} is already in maintenance: ${who} is at work on it (rule R48)`;
    const asked = seen.maintenanceBy ? `ask ${who}` : `ask who put ${name} in maintenance`;
    return [{ reason: "blocked", where: name, message, next: `${asked}, then ask for a new plan` }];
  });
}

/** Another coordinator's mark on a machine: two at once is how clusters lose their quorum (rule R48). */
function cordoned(world: World): readonly Blocker[] {
  return world.facts.machines.flatMap(({ machine, cordonedBy }) =>
    cordonedBy
      ? [
          {
            reason: "blocked" as const,
            where: machine,
            message: `${machine} is taken out of service by ${cordonedBy}: it counts as down (rule R48)`,
            next: `ask ${cordonedBy}, or wait until ${machine} is back, then ask for a new plan`,
          },
        ]
      : [],
  );
}

function busy(world: World): readonly Blocker[] {
  const places = [
    ...world.pools.map((pool) => ({ where: pool.pool, tasks: pool.busyWith })),
    ...world.facts.machines.map((machine) => ({ where: machine.machine, tasks: machine.busyWith })),
  ];
  return places.flatMap(({ where, tasks }) =>
    tasks.map((task) => ({
      reason: "blocked" as const,
      where,
      message: `${where} is busy: ${task} (rules R48, R77)`,
      next: "wait until it has ended, then ask for a new plan",
    })),
  );
}

/** A member that is already down counts (rule R66): nothing may be taken from a group that is short. */
function groupsAlreadyShort(world: World): readonly Blocker[] {
  return world.groups.flatMap((group): readonly Blocker[] => {
    const down = group.members.filter((member) => isDown(world, member));
    const up = group.members.length - down.length;
    if (up > group.need || (down.length === 0 && up >= group.need)) return [];
    const message = `group ${group.name}: ${down.join(", ")} already down, ${up} of ${group.members.length} up, ${group.need} needed (rule R66)`;
    return [{ reason: "blocked", where: group.name, message, next: `start ${down.join(", ")} first` }];
  });
}
