import type { Draft } from "../draft.ts";
import type { World } from "../world.ts";
import { allBefore, type Rule } from "./rule.ts";

const isHostWork = (draft: Draft) => ["prepare", "host", "bare-host", "restore"].includes(draft.kind);

/** What a manager goes before; putting the pool's switches back follows from the hosts. */
function hostsOf(drafts: readonly Draft[], pool: string): readonly Draft[] {
  return drafts.filter((draft) => draft.pool === pool && isHostWork(draft) && draft.kind !== "restore");
}

/** Management stages with the pool they manage. */
function managers(world: World, drafts: readonly Draft[]): readonly { draft: Draft; pool: string; family: string }[] {
  return drafts.flatMap((draft) => {
    const pool = world.cluster.vms[draft.target]?.manages;
    const family = world.pools.find((candidate) => candidate.pool === pool)?.family;
    return draft.kind === "management" && pool && family ? [{ draft, pool, family }] : [];
  });
}

/** Rules between layers (order-rules.md sections 1, 4 and 5). */
export const layerRules: readonly Rule[] = [
  {
    id: "R1",
    scope: "any platform as the default; vendor-documented for VCF 9",
    strength: "recommended",
    text: "Management plane, then hosts, then guest tools, then virtual hardware, then storage format.",
    source: "knowledge.broadcom.com/external/article/390634/",
    tellsFirst: true,
    edges: (world, drafts) =>
      managers(world, drafts)
        .filter(({ family }) => family !== "vsphere")
        .flatMap(({ draft, pool }) =>
          allBefore(
            [draft],
            hostsOf(drafts, pool),
            `${draft.target} manages ${pool}: the manager goes before its hosts`,
          ),
        ),
  },
  {
    id: "R2",
    scope: "vSphere 7.0 and later",
    strength: "vendor",
    text: "vCenter, then ESXi, then VMware Tools, then virtual hardware.",
    source:
      "docs.vmware.com/en/VMware-vSphere/7.0/com.vmware.esxi.upgrade.doc/GUID-7AFB6672-0B0B-4902-B254-EE6AE81993B2.html",
    tellsFirst: true,
    edges: (world, drafts) =>
      managers(world, drafts)
        .filter(({ family }) => family === "vsphere")
        .flatMap(({ draft, pool }) =>
          allBefore([draft], hostsOf(drafts, pool), `vCenter (${draft.target}) before the ESXi hosts of ${pool}`),
        ),
  },
  {
    id: "R49",
    scope: "Linux hosts that carry a hypervisor (Xen dom0, KVM)",
    strength: "inference",
    text: "Host OS and hypervisor packages come from one repository and go in one transaction with one reboot.",
    source: "xapi-project/xen-api:ocaml/idl/datamodel_common.ml:325-350",
    remarks: (world, drafts) =>
      drafts
        .filter((draft) => draft.kind === "host" && linuxFamilies.includes(familyOf(world, draft)))
        .map((draft) => ({ stage: draft.id, text: "hypervisor and host OS together: one transaction, one reboot" })),
  },
  {
    id: "R68",
    scope: "any; no vendor rule found except for CPU vulnerabilities (R16, R17) and guest tools (R2)",
    strength: "inference",
    text: "Host layer first, guest layer second, in separate waves.",
    source: "order-rules.md, Tuesday's default",
    general: true,
    edges: (_world, drafts) =>
      allBefore(
        drafts.filter(isHostWork),
        drafts.filter((draft) => draft.kind === "guest"),
        "guests after all hosts: hosts carry them",
      ),
  },
  {
    id: "R69",
    scope: "any platform with live migration",
    strength: "inference",
    text: "Guest reboots follow the host wave, so that no VM is moved and rebooted in the same minute.",
    source: "order-rules.md, Tuesday's default",
    remarks: (_world, drafts) =>
      drafts.some((draft) => draft.kind === "guest") && drafts.some((draft) => draft.kind === "host")
        ? [
            {
              text: "moving a VM does not patch it: guests are patched after the host wave, never in the minute they move",
            },
          ]
        : [],
  },
];

const linuxFamilies: readonly string[] = ["xapi", "libvirt", "proxmox"];

function familyOf(world: World, draft: Draft): string {
  return world.pools.find((pool) => pool.pool === draft.pool)?.family ?? "";
}
