import { type Claim, noClaim } from "./claim.ts";
import { countOf, showSeconds } from "./figures-text.ts";
import type { PendingHost } from "./pool-figures.ts";

/** Migrations that one pool can have under way: each takes 2 of the hosts' slots; the limit of the whole problem holds too. */
export function countSlots(hosts: number, perHost: number, overall: number | null): number {
  return Math.max(1, Math.min(overall ?? Number.POSITIVE_INFINITY, Math.floor((hosts * perHost) / 2)));
}

/**
 * Term E of planning.md 3: T ≥ p + Σ t of the VMs on hosts with P ≥ p, divided by the slots; the largest over p.
 * Proof: the first moves off hosts with P ≥ p have all ended by T − p, and no more than `slots` run at once.
 */
export function boundSlots(pending: readonly PendingHost[], slots: number, where: string): Claim {
  const longestFirst = [...pending].sort((a, b) => b.seconds - a.seconds);
  let best: Claim = noClaim;
  let moving = 0;
  for (const { seconds: patch, vms } of longestFirst) {
    for (const vm of vms) moving += vm.migrateSeconds;
    const seconds = patch + Math.ceil(moving / slots);
    const total = moving;
    const explain = () =>
      `migration slots: ${showSeconds(total)} of migrations ${where} through ${countOf(slots, "slot")} at once, then a patch of ${showSeconds(patch)}`;
    if (seconds > best.seconds) best = { seconds, explain };
  }
  return best;
}
