import type { PoolFacts } from "../../domain/facts.ts";
import { type Draft, guestKinds, hostKinds } from "../draft.ts";
import { type World, type WorldGroup, willReboot } from "../world.ts";
import { chain, type Edge } from "./rule.ts";

/** The hosts of a pool with their firmware and agents, without the switches before and after. */
export function hostStages(drafts: readonly Draft[], pool: string): readonly Draft[] {
  return drafts.filter((draft) => draft.pool === pool && hostKinds.includes(draft.kind));
}

export function guestStages(drafts: readonly Draft[], pool: string): readonly Draft[] {
  return drafts.filter((draft) => draft.pool === pool && guestKinds.includes(draft.kind));
}

/** Stages of a group's members, without those that only finish something. */
export function memberStages(group: WorldGroup, drafts: readonly Draft[]): readonly Draft[] {
  const not: readonly Draft["kind"][] = ["prepare", "restore", "finish"];
  return drafts.filter((draft) => !not.includes(draft.kind) && group.members.includes(draft.target));
}

/**
 * Members of groups one after another, in the order that is found. A host with a member that cannot move takes that
 * member down: its stage is one of the group's as well, over all pools (rule R66).
 */
export function membersApart(
  world: World,
  groups: readonly WorldGroup[],
  ordered: readonly Draft[],
  text: (group: WorldGroup, before: Draft, after: Draft) => string,
): readonly Edge[] {
  return groups.flatMap((group) => {
    const own = new Set(memberStages(group, ordered));
    const fixed = new Set(
      world.vms
        .filter(({ name, seen }) => seen?.running && group.members.includes(name))
        .filter(({ pool, seen }) => !seen?.migratable.ok || !pool?.capabilities.liveMigration.ok)
        .map(({ seen }) => seen?.host),
    );
    const takesDown = ({ kind, target, machine }: Draft) =>
      (kind === "host" || kind === "firmware") && fixed.has(target) && willReboot(world, machine);
    return chain(
      ordered.filter((draft) => own.has(draft) || takesDown(draft)),
      (before, after) => text(group, before, after),
    );
  });
}

/** Hosts of every pool one after another, in the order that is found. */
export function hostsApart(
  pools: readonly PoolFacts[],
  ordered: readonly Draft[],
  text: (before: Draft, pool: PoolFacts) => string,
): readonly Edge[] {
  return pools.flatMap((pool) => chain(hostStages(ordered, pool.pool), (before) => text(before, pool)));
}

/** Stages before and after the hosts of these pools that flip what fights a reboot. */
export function switchEdges(pools: readonly PoolFacts[], drafts: readonly Draft[]): readonly Edge[] {
  return pools.flatMap(({ pool }) => {
    const hosts = hostStages(drafts, pool);
    const off = drafts.filter((draft) => draft.kind === "prepare" && draft.pool === pool);
    const on = drafts.filter((draft) => draft.kind === "restore" && draft.pool === pool);
    return hosts.flatMap((host) => [
      ...off.map((before) => ({
        before: before.id,
        after: host.id,
        text: `what would fight the reboot is switched off in ${pool} first`,
      })),
      ...on.map((after) => ({
        before: host.id,
        after: after.id,
        text: `switched on again after the last host of ${pool}`,
      })),
    ]);
  });
}
