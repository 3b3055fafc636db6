import type { Blocker } from "../../domain/outcome.ts";
import type { Draft } from "../draft.ts";
import { runsOf } from "../roles.ts";
import type { World, WorldGroup } from "../world.ts";
import { link } from "./chain.ts";
import type { Edge, Rule } from "./rule.ts";
import { memberStages, membersApart } from "./select.ts";

/** The primary as facts know it, else as people wrote it down, else null. */
export function primaryOf(world: World, group: WorldGroup): string | null {
  const seen = world.facts.machines.find(
    ({ machine, primaryOf: groups }) => group.members.includes(machine) && groups?.includes(group.name),
  );
  return seen?.machine ?? group.primary ?? null;
}

/** Members at other sites, then the local ones, the primary at the end; every member by itself. */
function primaryLast(world: World, groups: readonly WorldGroup[], drafts: readonly Draft[]): readonly Edge[] {
  return groups.flatMap((group) => {
    const primary = primaryOf(world, group);
    if (primary === null) return [];
    const stages = memberStages(group, drafts).filter(({ kind }) => kind !== "virtual-hardware");
    const others = stages.filter(({ target }) => target !== primary);
    return link(
      [
        { label: "remote members", drafts: others.filter(({ target }) => group.remote.includes(target)) },
        { label: "local secondaries", drafts: others.filter(({ target }) => !group.remote.includes(target)) },
        { label: `the old primary ${primary}`, drafts: stages.filter(({ target }) => target === primary) },
      ],
      (before, after) => `${group.name}: ${before.label} before ${after.label}`,
    );
  });
}

/** Nobody knows the primary: the one order that is forbidden cannot be ruled out. */
function primaryUnknown(
  world: World,
  groups: readonly WorldGroup[],
  drafts: readonly Draft[],
  rule: string,
): readonly Blocker[] {
  return groups
    .filter((group) => primaryOf(world, group) === null && memberStages(group, drafts).length > 0)
    .map(({ name, members }) => ({
      reason: "blocked",
      where: name,
      message: `nobody says which of ${members.join(", ")} is the primary of ${name}: it must go last (rule ${rule})`,
      next: `name it in the inventory (groups: ${name}: primary), then ask for a new plan`,
    }));
}

function of(kind: WorldGroup["kind"], groups: readonly WorldGroup[]): readonly WorldGroup[] {
  return groups.filter((group) => group.kind === kind);
}

/** Databases and queues of several members (order-rules.md section 5). */
export const databaseRules: readonly Rule[] = [
  {
    id: "R59",
    scope: { words: "SQL Server availability groups", products: ["sql-server"] },
    strength: "vendor",
    text: "Remote secondaries, local secondaries, fail over to a synchronized replica, old primary last; primary first is forbidden.",
    source:
      "MicrosoftDocs/sql-docs:docs/database-engine/availability-groups/windows/upgrading-always-on-availability-group-replica-instances.md@010bf4b1",
    checked: "2026-11",
    tellsFirst: true,
    edges: ({ groups }, world, drafts) => primaryLast(world, of("sql-availability-group", groups), drafts),
    blockers: ({ groups }, world, drafts) => primaryUnknown(world, of("sql-availability-group", groups), drafts, "R59"),
    remarks: ({ groups }, world, drafts) =>
      of("sql-availability-group", groups).flatMap((group) =>
        memberStages(group, drafts)
          .filter(({ target, kind }) => target === primaryOf(world, group) && kind !== "power-cycle")
          .map(({ id, target }) => ({
            stage: id,
            text: `before it: full backup and CHECKDB, automatic failover off, ${group.name} failed over from ${target} to a synchronized replica; Tuesday has no act for it`,
          })),
      ),
  },
  {
    id: "R60",
    scope: { words: "SQL Server failover cluster instances", products: ["sql-server"] },
    strength: "vendor",
    text: "Passive nodes first.",
    source:
      "MicrosoftDocs/sql-docs:docs/database-engine/availability-groups/windows/upgrading-always-on-availability-group-replica-instances.md@010bf4b1",
    checked: "2026-11",
    tellsFirst: true,
    edges: ({ groups }, world, drafts) => primaryLast(world, of("sql-failover-cluster", groups), drafts),
    blockers: ({ groups }, world, drafts) => primaryUnknown(world, of("sql-failover-cluster", groups), drafts, "R60"),
  },
  {
    id: "R61",
    scope: { words: "Exchange database availability groups", products: ["exchange"] },
    strength: "recommended",
    text: "One member at a time: drain transport, suspend the node, move databases, patch, reverse; redistribute at the end.",
    source:
      "exchangemaster.ch/faq000160/; blogs.technet.microsoft.com/samdrey/2013/10/07/…; practical365.com/bother-running-dag-server-maintenance-mode-scripts/",
    checked: "2026-11",
    separates: ({ groups }, world, ordered) =>
      membersApart(
        world,
        groups,
        ordered,
        ({ name }, before) => `${name}: two at once give errors; ${before.target} is back first`,
      ),
    checks: [
      { name: "transport-drained", text: "before each member: transport drained, node suspended, databases moved" },
      { name: "balanced-again", text: "after the last member: databases redistributed" },
    ],
  },
  {
    id: "R62",
    scope: { words: "MongoDB replica sets", products: ["mongodb"] },
    strength: "vendor",
    text: "Secondaries, step down, old primary.",
    source: "mongodb.com/docs/manual/tutorial/perform-maintenance-on-replica-set-members.md",
    checked: "2026-11",
    tellsFirst: true,
    edges: ({ groups }, world, drafts) => primaryLast(world, groups, drafts),
    blockers: ({ groups }, world, drafts) => primaryUnknown(world, groups, drafts, "R62"),
    checks: [{ name: "failover-done", text: "the primary has stepped down before its turn" }],
  },
  {
    id: "R63",
    scope: { words: "Elasticsearch", products: ["elasticsearch"] },
    strength: "vendor",
    text: "Disable shard allocation, stop one, start, enable, green, next.",
    source: "elastic.co/guide/en/elasticsearch/guide/master/_rolling_restarts.html",
    checked: "2026-11",
    separates: ({ groups }, world, ordered) =>
      membersApart(world, groups, ordered, ({ name }, before) => `${name} is green again after ${before.target}`),
    checks: [
      { name: "shards-allocated", text: "shard allocation is off while a node restarts, on and green before the next" },
    ],
  },
  {
    id: "R64",
    scope: { words: "RabbitMQ", products: ["rabbitmq"] },
    strength: "vendor",
    text: "Await online quorum plus one, drain, patch, revive, next.",
    source: "rabbitmq.com/docs/man/rabbitmq-upgrade.8.html; Ansible module community.rabbitmq.rabbitmq_upgrade",
    checked: "2026-11",
    separates: ({ groups }, world, ordered) =>
      membersApart(
        world,
        groups,
        ordered,
        ({ name }, before) => `${name}: ${before.target} is revived and the quorum plus one online`,
      ),
    checks: [
      {
        name: "node-drained",
        text: "rabbitmq-upgrade await_online_quorum_plus_one and drain before each node, revive after it",
      },
    ],
  },
  {
    id: "R65",
    scope: { words: "etcd, Kubernetes control plane", products: ["etcd", "kube-apiserver"] },
    strength: "vendor",
    text: "One at a time, only with quorum to spare, the member verified healthy; the only control plane is never patched live.",
    source:
      "openshift/cluster-etcd-operator#1663; Ankra run_os_patches (glama.ai/mcp/connectors/ai.ankra/platform/tools/run_os_patches)",
    checked: "2026-11",
    separates: ({ groups }, world, ordered) =>
      membersApart(
        world,
        groups,
        ordered,
        ({ name }, before) => `${name}: ${before.target} is a healthy member again before the next`,
      ),
    blockers: ({ machines }, world, drafts) => onlyControlPlane(world, machines, drafts),
  },
];

/** A control plane of one machine: while it is patched nothing can be scheduled, and if it fails nothing comes back. */
function onlyControlPlane(world: World, machines: ReadonlySet<string>, drafts: readonly Draft[]): readonly Blocker[] {
  const serving = new Map<string, string[]>();
  for (const machine of machines) {
    const run = runsOf(world, machine).find(({ product }) => product === "kube-apiserver");
    if (!run) continue;
    const cluster = [...run.serves].sort().join(" ");
    serving.set(cluster, [...(serving.get(cluster) ?? []), machine]);
  }
  return [...serving.values()].flatMap(([only, ...more]) =>
    only !== undefined && more.length === 0 && drafts.some(({ target }) => target === only)
      ? [
          {
            reason: "blocked" as const,
            where: only,
            message: `${only} is the only control plane: it is never patched live (rule R65)`,
            next: "add a second one, or patch it by hand in a downtime",
          },
        ]
      : [],
  );
}
