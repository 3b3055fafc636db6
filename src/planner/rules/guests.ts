import type { GroupKind } from "../../domain/inventory.ts";
import { type Draft, guestKinds, hostKinds } from "../draft.ts";
import type { World } from "../world.ts";
import { allBefore, type Edge, type Remark, type Rule } from "./rule.ts";
import { membersApart } from "./select.ts";

/** Kinds for which no rule of their own says that members are never down together. */
const sharedRule: readonly GroupKind[] = [
  "quorum",
  "redundant",
  "mongodb",
  "sql-availability-group",
  "sql-failover-cluster",
];

/** What comes after everybody is served again: nobody waits for it but its own kind. */
const afterwards: readonly Draft["kind"][] = ["virtual-hardware", "finish"];

interface Pair {
  readonly before: Draft;
  readonly after: Draft;
}

/** Pairs of stages of which the later machine depends on the earlier one. */
function dependencies(world: World, drafts: readonly Draft[]): readonly Pair[] {
  const machines = { ...world.cluster.hosts, ...world.cluster.vms };
  const stages = new Map<string, Draft[]>();
  for (const draft of drafts) stages.set(draft.target, [...(stages.get(draft.target) ?? []), draft]);
  return drafts.flatMap((after) =>
    [...new Set(machines[after.target]?.dependsOn ?? [])].flatMap((needed) =>
      (stages.get(needed) ?? [])
        .filter(({ kind }) => !afterwards.includes(kind) || kind === after.kind)
        .map((before) => ({ before, after })),
    ),
  );
}

/** A host may need a guest; guests are patched after all hosts (R68), so the guest cannot go first. */
function againstTheWaves({ before, after }: Pair): boolean {
  return guestKinds.includes(before.kind) && [...hostKinds, "management", "storage"].includes(after.kind);
}

function dependencyEdges(world: World, drafts: readonly Draft[]): readonly Edge[] {
  return dependencies(world, drafts)
    .filter((pair) => !againstTheWaves(pair))
    .flatMap(({ before, after }) => allBefore([before], [after], `${after.target} depends on ${before.target}`));
}

function dependencyRemarks(world: World, drafts: readonly Draft[]): readonly Remark[] {
  return dependencies(world, drafts)
    .filter(againstTheWaves)
    .map(({ before, after }) => ({
      stage: after.id,
      text: `${after.target} depends on ${before.target}, which is up meanwhile and patched later, with the guests`,
    }));
}

/** Rules among guests and groups (order-rules.md section 5), and what the inventory asks for. */
export const guestRules: readonly Rule[] = [
  {
    id: "R58",
    scope: { words: "Active Directory domain controllers", products: "any" },
    strength: "vendor",
    text: "At least two domain controllers on different hosts; never both at once.",
    source:
      "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/identity/ad-ds/get-started/virtual-dc/virtualized-domain-controllers-hyper-v.md@038f5a79",
    checked: "2026-11",
    tellsFirst: true,
    separates: ({ groups }, world, ordered) =>
      membersApart(
        world,
        groups.filter(({ kind }) => kind === "domain-controllers"),
        ordered,
        (group, before, after) =>
          `controllers of one domain (${group.name}) are never down at once: ${before.target} is back before ${after.target}`,
      ),
  },
  {
    id: "R66",
    scope: { words: "any group that votes or shares load, over all hosts and hypervisors", products: "any" },
    strength: "inference",
    text: "At most N - (N/2 + 1) members of a quorum down at a time, counting those already down.",
    source: "vmorecloud.com/how-to-configure-cluster-quorum-in-windows-server-2025; order-rules.md R66",
    checked: "2026-11",
    tellsFirst: true,
    separates: ({ groups }, world, ordered) =>
      membersApart(
        world,
        groups.filter(({ kind }) => sharedRule.includes(kind)),
        ordered,
        (group, before) =>
          `${group.name} keeps ${group.need} of ${group.members.length} up: ${before.target} is back and healthy first`,
      ),
  },
  {
    id: "T2",
    scope: { words: "machines with dependsOn in the inventory", products: "any" },
    strength: "policy",
    text: "What others depend on goes before them.",
    source: "your inventory",
    checked: "",
    tellsFirst: true,
    edges: (_field, world, drafts) => dependencyEdges(world, drafts),
    remarks: (_field, world, drafts) => dependencyRemarks(world, drafts),
  },
];
