import { compareNames, willReboot } from "../world.ts";
import { allBefore, type Rule } from "./rule.ts";

/** Rules inside one pool (order-rules.md section 3). */
export const hostRules: readonly Rule[] = [
  {
    id: "R19",
    scope: "XCP-ng, XenServer",
    strength: "vendor",
    text: "The pool master goes first, else a newer member loses contact and becomes unusable.",
    source: "xcp-ng/xcp-ng-org:docs/management/updates.md@fc40a424",
    tellsFirst: true,
    edges: (world, drafts) =>
      world.pools
        .filter((pool) => pool.family === "xapi")
        .flatMap((pool) => {
          const hosts = drafts.filter((draft) => draft.kind === "host" && draft.pool === pool.pool);
          const master = pool.hosts.find((host) => host.poolMaster)?.host;
          const first = hosts.filter((draft) => draft.target === master);
          const rest = hosts.filter((draft) => draft.target !== master);
          return allBefore(
            first,
            rest,
            `${master} is the pool master of ${pool.pool}: a newer member would lose contact with it`,
          );
        }),
  },
  {
    id: "R24",
    scope: "XAPI, as Xen Orchestra does; Tuesday asks every platform for an equivalent fact",
    strength: "recommended",
    text: "A host is back only if it is enabled and its agent started after the reboot was asked for.",
    source: "vatesfr/xen-orchestra:packages/xo-server/src/xapi/mixins/pool.mjs@9ef53890",
    remarks: (world, drafts) =>
      drafts.some((draft) => (draft.kind === "host" || draft.kind === "bare-host") && willReboot(world, draft.machine))
        ? [
            {
              text: "a host counts as back only when a fact says it restarted (agent start time, boot id), never by time",
            },
          ]
        : [],
  },
  {
    id: "R25",
    scope: "Proxmox VE; Tuesday keeps to it on every platform",
    strength: "recommended",
    text: "One node after another, never all.",
    source: "proxmox/pve-docs:ha-manager.adoc@e5010dce",
    remarks: (_world, drafts) =>
      drafts.filter((draft) => draft.kind === "host" || draft.kind === "bare-host").length > 1
        ? [{ text: "one host at a time, over all pools: the next starts when the last one is back and healthy" }]
        : [],
  },
  {
    id: "R20",
    scope: "switches a platform wants off while its hosts are patched (R20 XCP-ng, R31 vSphere, R47 any HA)",
    strength: "vendor",
    text: "High availability off (or told) before the first host, on again after the last.",
    source: "xcp-ng/xcp-ng-org:docs/management/updates.md@fc40a424; order-rules.md R31, R47",
    general: true,
    tellsFirst: true,
    edges: (_world, drafts) =>
      drafts
        .filter((draft) => draft.kind === "host")
        .flatMap((host) => [
          ...allBefore(
            drafts.filter((draft) => draft.kind === "prepare" && draft.pool === host.pool),
            [host],
            `what would fight the reboot is switched off in ${host.pool} first`,
          ),
          ...allBefore(
            [host],
            drafts.filter((draft) => draft.kind === "restore" && draft.pool === host.pool),
            `switched on again after the last host of ${host.pool}`,
          ),
        ]),
  },
  {
    id: "R28",
    scope: "any platform with live migration",
    strength: "inference",
    text: "Empty the next host onto hosts that are already patched, so that no VM must move back to an older one.",
    source: "order-rules.md R28, from R22, R26, R27, R29",
  },
  {
    id: "R77",
    scope: "any",
    strength: "recommended",
    text: "A running backup or another coordinator's task: wait, or fail the pre-check.",
    source: "MicrosoftDocs/windowsserverdocs CAU FAQ; vatesfr/xen-orchestra docs/docs/xo5/manage_infrastructure.md",
  },
  {
    id: "R36",
    scope: "any patch that can be asked (ESXi 8.0, XenServer guidance, Linux packages)",
    strength: "vendor",
    text: "Ask the patch itself before planning the drain: reboot only if it needs one.",
    source:
      "docs.vmware.com/en/VMware-vSphere/8.0/vsphere-esxi-upgrade/GUID-B21C1C99-E6D5-4719-A51C-6FE1F5B5C7EF.html; xapi-project/xen-api:ocaml/idl/datamodel_common.ml:325-350",
    remarks: (world, drafts) =>
      drafts
        .flatMap((draft) => (draft.machine ? [{ draft, reboot: draft.machine.pending.reboot }] : []))
        .sort((a, b) => compareNames(a.draft.id, b.draft.id))
        .map(({ draft, reboot }) => ({
          stage: draft.id,
          text: rebootWords(reboot, willReboot(world, draft.machine)),
        })),
  },
];

function rebootWords(reboot: { readonly needed: boolean; readonly why: string }, allowed: boolean): string {
  if (!reboot.needed) return `no reboot: ${reboot.why}`;
  return allowed ? `reboot needed: ${reboot.why}` : `reboot needed (${reboot.why}), but left to you: policy says never`;
}
