import { defaultPace, type Pace } from "../../domain/pace.ts";
import type { Reason } from "../../domain/plan.ts";
import { type Draft, guestKinds, hostKinds } from "../draft.ts";
import type { Edge } from "../rules/rule.ts";
import type { World } from "../world.ts";
import { earlierThan, type Pauses } from "./stage-graph.ts";

export function paceOf(world: World): Pace {
  return world.cluster.policy.pace ?? defaultPace;
}

/** The policy as a reason; it has no number in the rule table because it is the estate's own. */
export function paceReason(text: string): Reason {
  return { rule: "pace", strength: "policy", text, source: "policy.pace in the inventory", scope: "this cluster" };
}

/**
 * Canaries before the others of their kind, but for those that a rule puts before the canary (a pool master).
 * `ordered`: without a name the first one of the order is the canary.
 */
export function canaryEdges(world: World, ordered: readonly Draft[], edges: readonly Edge[]): readonly Edge[] {
  const { canary } = paceOf(world);
  if (!canary) return [];
  const wait = canary.soakMinutes > 0 ? `, and ${canary.soakMinutes} min pass` : "";
  const first = (kinds: readonly Draft["kind"][], named: readonly string[], what: string): readonly Edge[] => {
    const all = ordered.filter(({ kind }) => kinds.includes(kind));
    const chosen = named.length > 0 ? named : all.slice(0, 1).map(({ target }) => target);
    const canaries = all.filter(({ target }) => chosen.includes(target));
    const earlier = earlierThan(
      canaries.map(({ id }) => id),
      edges,
    );
    const others = all.filter(({ id, target }) => !chosen.includes(target) && !earlier.has(id));
    return canaries.flatMap((before) =>
      others.map(({ id }) => ({
        before: before.id,
        after: id,
        text: `${before.target} is the canary of the ${what}: it is done first${wait}`,
      })),
    );
  };
  return [...first(hostKinds, canary.hosts, "hosts"), ...first(guestKinds, canary.guests, "guests")];
}

/** The pauses that the policy wants: after a canary, and between layers. */
export function pausesOf(world: World, drafts: readonly Draft[], canaries: readonly Edge[]): Pauses {
  const pace = paceOf(world);
  const [soak, canary] = [pace.soakMinutes * 60, (pace.canary?.soakMinutes ?? 0) * 60];
  const layerOf = new Map(drafts.map(({ id, layer }) => [id, layer]));
  const pairs = new Set(canaries.map(({ before, after }) => `${before}>${after}`));
  return (before, after) =>
    Math.max(layerOf.get(before) === layerOf.get(after) ? 0 : soak, pairs.has(`${before}>${after}`) ? canary : 0);
}
