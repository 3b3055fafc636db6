import type { PoolFacts } from "../../domain/facts.ts";
import type { Draft } from "../draft.ts";
import { compareNames, willReboot } from "../world.ts";
import { recoveryEngines } from "./clouds.ts";
import { clusterMaintenance } from "./kvm.ts";
import { allBefore, type Edge, type Rule } from "./rule.ts";
import { hostStages, switchEdges } from "./select.ts";
import { drsSwitches, oldHa } from "./vsphere.ts";
import { xapiSwitches } from "./xapi.ts";

/** Rules for every platform (order-rules.md sections 3 and 6), and what is ours. */
export const generalRules: readonly Rule[] = [
  {
    id: "R28",
    scope: { words: "any platform with live migration", products: "any" },
    strength: "inference",
    text: "Empty the next host onto hosts that are already patched, so that no VM must move back to an older one.",
    source: "order-rules.md R28, from R22, R26, R27, R29",
    checked: "2026-11",
  },
  {
    id: "R36",
    scope: { words: "any patch that can be asked (ESXi 8.0, XenServer guidance, Linux packages)", products: "any" },
    strength: "vendor",
    text: "Ask the patch itself before planning the drain: reboot only if it needs one.",
    source:
      "docs.vmware.com/en/VMware-vSphere/8.0/vsphere-esxi-upgrade/GUID-B21C1C99-E6D5-4719-A51C-6FE1F5B5C7EF.html; xapi-project/xen-api:ocaml/idl/datamodel_common.ml:325-350",
    checked: "2026-11",
    remarks: (_field, world, drafts) =>
      drafts
        .flatMap((draft) =>
          draft.machine && draft.kind !== "power-cycle" ? [{ draft, reboot: draft.machine.pending.reboot }] : [],
        )
        .sort((a, b) => compareNames(a.draft.id, b.draft.id))
        .map(({ draft, reboot }) => ({
          stage: draft.id,
          text: rebootWords(reboot, willReboot(world, draft.machine)),
        })),
  },
  {
    id: "R48",
    scope: { words: "any; from an incident of OpenShift", products: "any" },
    strength: "vendor",
    text: "If another coordinator has cordoned or started, stop; a cordon counts as already down.",
    source: "openshift/cluster-etcd-operator#1663; oVirt upgrade_action: start",
    checked: "2026-11",
  },
  {
    id: "R67",
    scope: { words: "hosts with fault domains; Azure's model for groups", products: "any" },
    strength: "recommended",
    text: "Never two fault domains in the same batch; a health signal between batches.",
    source: "MicrosoftDocs/azure-docs:articles/virtual-machines/automatic-vm-guest-patching.md@09444695",
    checked: "2026-11",
    prefers: ({ pools }, _world, drafts) =>
      pools.flatMap((pool) => {
        const domains = domainsOf(pool);
        const names = [...new Set(domains.values())].sort(compareNames);
        return hostStages(drafts, pool.pool).flatMap(({ id, target }) => {
          const domain = domains.get(target);
          return domain === undefined ? [] : [{ stage: id, rank: names.indexOf(domain) }];
        });
      }),
    separates: ({ pools }, _world, ordered) => pools.flatMap((pool) => domainEdges(pool, ordered)),
  },
  {
    id: "R77",
    scope: { words: "any", products: "any" },
    strength: "recommended",
    text: "A running backup or another coordinator's task: wait, or fail the pre-check.",
    source:
      "MicrosoftDocs/windowsserverdocs CAU FAQ; vatesfr/xen-orchestra docs/docs/xo5/manage_infrastructure.md; PatchMon/PatchMon#888",
    checked: "2026-11",
  },
  {
    id: "T3",
    scope: {
      words: "switches that no other rule speaks of",
      products: "any",
      except: [xapiSwitches, drsSwitches, oldHa, clusterMaintenance, recoveryEngines],
    },
    strength: "policy",
    text: "What the driver wants off is off before the first host and on again after the last.",
    source: "Tuesday's default",
    checked: "",
    general: true,
    tellsFirst: true,
    edges: ({ pools }, _world, drafts) => switchEdges(pools, drafts),
  },
  {
    id: "T1",
    scope: { words: "stages that no rule orders", products: "any" },
    strength: "policy",
    text: "Where no rule decides: by layer, then by pool, then by name.",
    source: "Tuesday's default",
    checked: "",
  },
];

function domainsOf({ hosts }: PoolFacts): ReadonlyMap<string, string> {
  return new Map(hosts.flatMap(({ host, domain }) => (domain ? [[host, domain] as const] : [])));
}

/** Where the order goes from one fault domain to another, everything of the first is done before the second begins. */
function domainEdges(pool: PoolFacts, ordered: readonly Draft[]): readonly Edge[] {
  const domains = domainsOf(pool);
  const batches: { readonly domain: string; readonly stages: Draft[] }[] = [];
  for (const draft of hostStages(ordered, pool.pool)) {
    const domain = domains.get(draft.target);
    if (domain === undefined) continue;
    const last = batches.at(-1);
    if (last?.domain === domain) last.stages.push(draft);
    else batches.push({ domain, stages: [draft] });
  }
  return batches.flatMap((batch, i) => {
    const before = batches[i - 1];
    const text = `fault domain ${before?.domain} of ${pool.pool} is back and healthy before ${batch.domain}`;
    return before ? allBefore(before.stages, batch.stages, text) : [];
  });
}

function rebootWords(reboot: { readonly needed: boolean; readonly why: string }, allowed: boolean): string {
  if (!reboot.needed) return `no reboot: ${reboot.why}`;
  return allowed ? `reboot needed: ${reboot.why}` : `reboot needed (${reboot.why}), but left to you: policy says never`;
}
