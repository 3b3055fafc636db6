import { allBefore, type Rule } from "./rule.ts";
import type { Scope } from "./scope.ts";
import { hostStages, hostsApart, switchEdges } from "./select.ts";

const updates = "xcp-ng/xcp-ng-org:docs/management/updates.md@fc40a424";
const xoPool = "vatesfr/xen-orchestra:packages/xo-server/src/xapi/mixins/pool.mjs@9ef53890";
export const xapiSwitches: Scope = { words: "XCP-ng, XenServer", products: ["xcp-ng", "xenserver"] };

/** Pools of XCP-ng and XenServer (order-rules.md section 3). */
export const xapiRules: readonly Rule[] = [
  {
    id: "R19",
    scope: { words: "XCP-ng, XenServer", products: ["xcp-ng", "xenserver"] },
    strength: "vendor",
    text: "The pool master goes first, else a newer member loses contact and becomes unusable.",
    source: updates,
    checked: "2026-11",
    tellsFirst: true,
    edges: ({ pools }, _world, drafts) =>
      pools.flatMap((pool) => {
        const hosts = hostStages(drafts, pool.pool).filter(({ kind }) => kind === "host");
        const master = pool.hosts.find((host) => host.poolMaster)?.host;
        return allBefore(
          hosts.filter(({ target }) => target === master),
          hosts.filter(({ target }) => target !== master),
          `${master} is the pool master of ${pool.pool}: a newer member would lose contact with it`,
        );
      }),
  },
  {
    id: "R20",
    scope: xapiSwitches,
    strength: "vendor",
    text: "Before: high availability off, no tasks, CDs ejected, dynamic memory checked; during an upgrade no maintenance mode from XCP-ng Center.",
    source: `${updates}; xcp-ng/xcp-ng-org:docs/installation/upgrade.md`,
    checked: "2026-11",
    general: true,
    tellsFirst: true,
    edges: ({ pools }, _world, drafts) => switchEdges(pools, drafts),
    checks: [{ name: "no-cd-inserted", text: "no CD in any VM, and dynamic-min memory fits the hosts that stay" }],
  },
  {
    id: "R22",
    scope: { words: "XenServer", products: ["xenserver"] },
    strength: "vendor",
    text: "VMs migrate from old to same or newer only; a mixed pool is not for general operation; one host after another.",
    source: "Citrix CTX128652 (support.ru.ctx.org.cn/ctx128652.citrix)",
    checked: "2026-11",
    separates: ({ pools }, _world, ordered) =>
      hostsApart(
        pools,
        ordered,
        (before, { pool }) => `${pool} is mixed until the last host: ${before.target} is back first`,
      ),
    remarks: ({ pools }, _world, drafts) =>
      pools
        .filter(({ pool }) => hostStages(drafts, pool).length > 1)
        .map(({ pool }) => ({
          text: `${pool} is mixed while this runs: VMs move from old hosts to new ones only, and nobody should start other work in it`,
        })),
  },
  {
    id: "R23",
    scope: { words: "XAPI, as Xen Orchestra does", products: ["xcp-ng", "xenserver"] },
    strength: "recommended",
    text: "Evacuation blockers of all hosts first, and again before each host.",
    source: `${xoPool}:80-110,239`,
    checked: "2026-11",
    remarks: ({ pools }, _world, drafts) =>
      pools
        .filter(({ pool }) => hostStages(drafts, pool).length > 0)
        .map(({ pool }) => ({
          text: `every host of ${pool} was checked for what blocks its evacuation, and is checked again before its turn`,
        })),
  },
  {
    id: "R24",
    scope: {
      words: "XAPI, as Xen Orchestra does; Tuesday asks every platform for an equivalent fact",
      products: "any",
    },
    strength: "recommended",
    text: "A host is back only if it is enabled and its agent started after the reboot was asked for.",
    source: xoPool,
    checked: "2026-11",
    remarks: (_field, world, drafts) =>
      drafts.some(
        ({ kind, machine }) =>
          ["host", "bare-host", "firmware"].includes(kind) &&
          machine?.pending.reboot.needed === true &&
          world.cluster.policy.reboots === "when-needed",
      )
        ? [
            {
              text: "a host counts as back only when a fact says it restarted (agent start time, boot id), never by time",
            },
          ]
        : [],
  },
];
