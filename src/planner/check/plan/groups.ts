import type { Group } from "../../../domain/inventory.ts";
import { hasRole, type Known } from "./known.ts";
import { awakeOn, type Play, whyDown } from "./scene.ts";

/** Machines of which only so many may be down at once. */
export interface Guarded {
  readonly name: string;
  readonly members: readonly string[];
  /** Rules that say so, for the sentence. */
  readonly rules: string;
  readonly kind: "group" | "controllers";
  /** Members that may be down at one instant. */
  readonly spare: number;
}

export type Guards = ReadonlyMap<string, readonly Guarded[]>;

/** By member, everything it is guarded by. */
export function guardsOf(known: Known): Guards {
  const all: Guarded[] = [];
  const controllers = new Set<string>();
  for (const [name, group] of Object.entries(known.cluster.groups)) {
    const members = [...new Set(group.members)];
    all.push({ name: `group ${name}`, members, rules: "R66", kind: "group", spare: spareOf(group, members.length) });
    if (group.kind !== "domain-controllers") continue;
    for (const member of members) controllers.add(member);
    all.push({ name: `group ${name}`, members, rules: "R58", kind: "controllers", spare: 1 });
  }
  // Controllers that nobody put in a group may well serve one domain.
  const loose = Object.keys(known.cluster.vms).filter(
    (vm) => hasRole(known, vm, "domain-controller") && !controllers.has(vm),
  );
  if (loose.length > 1)
    all.push({
      name: "domain controllers without a group",
      members: loose,
      rules: "R58",
      kind: "controllers",
      spare: 1,
    });
  const byMember = new Map<string, Guarded[]>();
  for (const guarded of all)
    for (const member of guarded.members) byMember.set(member, [...(byMember.get(member) ?? []), guarded]);
  return byMember;
}

/** How many may be away: what minUp leaves, or else the rule of the kind (order-rules.md R58-R66). */
function spareOf({ kind, minUp }: Group, size: number): number {
  if (minUp !== undefined) return Math.max(0, size - minUp);
  switch (kind) {
    case "quorum":
    case "mongodb":
    case "rabbitmq":
    case "etcd":
      // The majority stays: of 3 one may go, of 4 one, of 5 two.
      return Math.ceil(size / 2) - 1;
    case "sql-availability-group":
    case "sql-failover-cluster":
    case "exchange-dag":
    case "elasticsearch":
      return 1;
    case "domain-controllers":
    case "redundant":
      return size - 1;
    default:
      return kind satisfies never;
  }
}

/**
 * A machine has gone down: are enough of all its groups still up? Asked at every such instant; at all others
 * nobody goes. Members that are down for any reason count, also for one from before the plan.
 */
export function checkGuards(play: Play, guards: Guards, machine: string, at: number, what: string): void {
  const taken = [machine, ...awakeOn(play.scene, machine).map(({ name }) => name)];
  const touched = new Set(taken.flatMap((one) => guards.get(one) ?? []));
  for (const { name, members, rules, kind, spare } of touched) {
    const down = members.flatMap((member) => {
      const why = whyDown(play, member);
      return why === null ? [] : [`${member}: ${why}`];
    });
    if (down.length <= spare || !taken.some((one) => members.includes(one) && whyDown(play, one) !== null)) continue;
    const figures = `${members.length - down.length} of ${members.length} members are up, ${members.length - spare} must be`;
    const rest = kind === "controllers" ? "domain controllers are never down two at once" : figures;
    play.report(kind, at, name, `${what}: ${name}: ${rest} (${down.join("; ")}) (rule ${rules})`);
  }
}
