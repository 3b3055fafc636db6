import { runsOf } from "../roles.ts";
import { willReboot } from "../world.ts";
import { allBefore, type Rule } from "./rule.ts";
import { standaloneHyperV } from "./scopes.ts";
import { guestStages, hostStages } from "./select.ts";

/** Hyper-V, failover clusters and their managers (order-rules.md sections 3, 4 and 5). */
export const hypervRules: readonly Rule[] = [
  {
    id: "R38",
    scope: { words: "Microsoft CAU (failover clusters)", products: ["wsfc"] },
    strength: "recommended",
    text: "Fewest clustered roles first, or an explicit node order.",
    source: "learn.microsoft.com/en-us/powershell/module/clusterawareupdating/Invoke-CauRun",
    checked: "2026-11",
    prefers: ({ pools }, _world, drafts) =>
      pools.flatMap(({ pool, vms }) =>
        hostStages(drafts, pool).map(({ id, target }) => ({
          stage: id,
          rank: vms.filter((vm) => vm.running && vm.host === target).length,
        })),
      ),
    remarks: ({ pools }, _world, drafts) =>
      pools
        .filter(({ pool }) => hostStages(drafts, pool).length > 1)
        .map(({ pool }) => ({
          text: `${pool}: nodes with the fewest clustered roles first; dependsOn among hosts is an explicit order`,
        })),
  },
  {
    id: "R40",
    scope: { words: "Windows Server failover clusters", products: ["wsfc"] },
    strength: "vendor",
    text: "OS rolling upgrade: CAU stopped, backups done and then paused, capacity with one node missing, finished within 4 weeks, functional level only when all nodes are new.",
    source:
      "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/failover-clustering/Cluster-Operating-System-Rolling-Upgrade.md@012c4d76",
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      {
        within: "pool",
        steps: [
          { label: "all nodes up and new", kinds: ["firmware", "host"] },
          { label: "the functional level", component: "functional-level" },
        ],
      },
    ],
    remarks: ({ pools }, _world, drafts) =>
      drafts
        .filter((draft) => draft.component === "functional-level" && pools.some(({ pool }) => pool === draft.pool))
        .map(({ id }) => ({
          stage: id,
          text: "one way; before it: CAU stopped, backups done and paused, all of it within 4 weeks, managed from the newest node",
        })),
  },
  {
    id: "R53",
    scope: standaloneHyperV,
    strength: "vendor",
    text: "A restart of the parent pauses or saves all guests; start order: domain controller, SQL, application.",
    source:
      "petri.com/hyper-v-automatic-start-and-stop/; dirteam.com/sander/2008/11/28/a-best-practice-approach-to-updating-hyper-v-environments/",
    checked: "2026-11",
    remarks: ({ pools }, world, drafts) =>
      pools
        .filter(({ hosts }) => hosts.length === 1)
        .flatMap(({ pool }) => hostStages(drafts, pool))
        .filter(({ machine }) => willReboot(world, machine))
        .map(({ id }) => ({
          stage: id,
          text: "guests are shut down before and started after: name and domain servers, databases, then the rest",
        })),
  },
  {
    id: "R54",
    scope: { words: "SCVMM", products: ["scvmm"] },
    strength: "vendor",
    text: "Maintenance mode on a host without live migration saves all guests; never for domain controllers or members of availability groups.",
    source: "learn.microsoft.com previous-versions jj613219; order-rules.md R58",
    checked: "2026-11",
    remarks: ({ machines }, world, drafts) =>
      world.pools
        .filter(({ pool, capabilities }) => !capabilities.liveMigration.ok && hostStages(drafts, pool).length > 0)
        .filter(({ pool }) =>
          [...machines].some((machine) =>
            runsOf(world, machine).some(({ product, serves }) => product === "scvmm" && serves.includes(pool)),
          ),
        )
        .map(({ pool }) => ({
          text: `${pool} has no live migration: guests are shut down before maintenance mode, which would save them`,
        })),
  },
  {
    id: "R55",
    scope: {
      words: "Windows Server 2016-2022 hosts",
      products: ["hyper-v", "azure-local"],
      versions: { from: "2016", below: "2023" },
    },
    strength: "recommended",
    text: "Windows hosts may reboot twice in one update: start neither guests nor the next host until no reboot is pending.",
    source:
      "industrialmonitordirect.com/blogs/knowledgebase/resolving-hyper-v-host-patching-unexpected-vm-shutdown-events (weak source)",
    checked: "2026-11",
    blockers: ({ pools }, world, drafts) =>
      pools
        .flatMap(({ pool }) => hostStages(drafts, pool))
        .filter(({ target }) => world.hosts.some(({ name, machine }) => name === target && machine?.rebootPending))
        .map(({ target }) => ({
          reason: "blocked",
          where: target,
          message: `${target} waits for a reboot from an earlier update (rule R55)`,
          next: `reboot ${target}, see that nothing is pending, then ask for a new plan`,
        })),
    checks: [{ name: "no-reboot-pending", text: "after each host: no second reboot is pending" }],
  },
  {
    id: "R70",
    scope: {
      words: "Hyper-V of Windows Server 2016, others by analogy",
      products: ["hyper-v", "xcp-ng", "xenserver", "proxmox-ve", "libvirt"],
    },
    strength: "recommended",
    text: "Integration services and PV drivers after the host, in the guest's own reboot window.",
    source:
      'book "Mastering Windows Server 2016 Hyper-V" (issuhub.com/view/index?id=6089&pageIndex=394); order-rules.md R2',
    checked: "2026-11",
    edges: ({ pools }, _world, drafts) =>
      pools.flatMap(({ pool }) =>
        allBefore(
          hostStages(drafts, pool),
          guestStages(drafts, pool).filter(({ machine }) =>
            machine?.pending.patches.some(({ component }) => component === "guest-tools"),
          ),
          `integration services and PV drivers after the hosts of ${pool}, in the guest's own reboot`,
        ),
      ),
  },
];
