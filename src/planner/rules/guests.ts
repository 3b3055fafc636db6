import type { Draft } from "../draft.ts";
import type { World } from "../world.ts";
import { allBefore, chain, type Edge, type Remark, type Rule } from "./rule.ts";

/** Stages of a group's members, in the order they have anyway: group rules get the ordered stages. */
function memberDrafts(world: World, drafts: readonly Draft[], kinds: readonly string[]) {
  return world.groups
    .filter((group) => kinds.includes(group.kind))
    .map((group) => ({
      group,
      members: drafts.filter(
        (draft) => draft.kind !== "prepare" && draft.kind !== "restore" && group.members.includes(draft.target),
      ),
    }));
}

/** Pairs of stages of which the later machine depends on the earlier one. */
function dependencies(world: World, drafts: readonly Draft[]): readonly { before: Draft; after: Draft }[] {
  const machines = { ...world.cluster.hosts, ...world.cluster.vms };
  return drafts.flatMap((after) => {
    const needs = machines[after.target]?.dependsOn ?? [];
    return drafts.filter((before) => needs.includes(before.target)).map((before) => ({ before, after }));
  });
}

/** A host may need a guest; guests are patched after all hosts (R68), so the guest cannot go first. */
function againstTheWaves({ before, after }: { readonly before: Draft; readonly after: Draft }): boolean {
  return before.kind === "guest" && after.kind !== "guest";
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
    scope: "Active Directory domain controllers",
    strength: "vendor",
    text: "At least two domain controllers on different hosts; never both at once.",
    source:
      "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/identity/ad-ds/get-started/virtual-dc/virtualized-domain-controllers-hyper-v.md@038f5a79",
    tellsFirst: true,
    separates: (world, drafts) =>
      memberDrafts(world, drafts, ["domain-controllers"]).flatMap(({ group, members }) =>
        chain(
          members,
          (before, after) =>
            `${before.target} and ${after.target} serve one domain (${group.name}): never both at once`,
        ),
      ),
  },
  {
    id: "R66",
    scope: "any group that votes or shares load, over all hosts and hypervisors",
    strength: "inference",
    text: "At most N - (N/2 + 1) members of a quorum down at a time, counting those already down.",
    source: "vmorecloud.com/how-to-configure-cluster-quorum-in-windows-server-2025; order-rules.md R66",
    tellsFirst: true,
    separates: (world, drafts) =>
      memberDrafts(world, drafts, ["quorum", "redundant"]).flatMap(({ group, members }) =>
        chain(
          members,
          (before) =>
            `${group.name} keeps ${group.need} of ${group.members.length} up: ${before.target} is back and healthy first`,
        ),
      ),
  },
  {
    id: "T2",
    scope: "machines with dependsOn in the inventory",
    strength: "policy",
    text: "What others depend on goes before them.",
    source: "your inventory",
    tellsFirst: true,
    edges: dependencyEdges,
    remarks: dependencyRemarks,
  },
];
