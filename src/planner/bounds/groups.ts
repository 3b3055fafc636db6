import { type Claim, noClaim } from "./claim.ts";
import { countOf, showSeconds } from "./figures-text.ts";
import { boundMachines } from "./machines.ts";
import { compareNames, firstOf, type GroupFigures, type PendingHost } from "./pool-figures.ts";

/**
 * Term F of planning.md 3, for members that never move: each is down while its host is patched, P seconds, and at
 * most members − minUp are down at once. So T ≥ the first evacuation among their hosts + Pm({P}, members − minUp).
 * Where not a single one may be down there is no plan (see proveInfeasible); then 1 is taken, to stay with a number.
 */
export function boundGroups(groups: ReadonlyMap<string, GroupFigures>, pending: readonly PendingHost[]): Claim {
  const down = new Map<string, PendingHost[]>();
  for (const host of pending)
    for (const { group } of host.pinned) {
      if (group === null) continue;
      const list = down.get(group);
      if (list) list.push(host);
      else down.set(group, [host]);
    }
  let best: Claim = noClaim;
  for (const [id, hosts] of [...down].sort(([a], [b]) => compareNames(a, b))) {
    const group = groups.get(id);
    if (!group) continue;
    const claim = claimGroup(group, hosts);
    if (claim.seconds > best.seconds) best = claim;
  }
  return best;
}

function claimGroup(group: GroupFigures, hosts: readonly PendingHost[]): Claim {
  const atOnce = Math.max(1, group.size - group.minUp);
  const jobs = hosts.map(({ seconds }) => seconds);
  let sum = 0;
  for (const job of jobs) sum += job;
  return {
    seconds: firstOf(hosts) + boundMachines(jobs, atOnce),
    explain: () =>
      `group ${group.id}: at most ${atOnce} of its ${countOf(group.size, "member")} may be down at once, and ${jobs.length} that cannot move are down for ${showSeconds(sum)} together`,
  };
}
