import type { Component } from "../../domain/act.ts";
import { type Draft, guestKinds, hostKinds } from "../draft.ts";
import type { Selector } from "./chain.ts";
import { allBefore, type Rule } from "./rule.ts";
import {
  bundledWithHypervisor,
  engineFirst,
  firmwareToolingFirst,
  nutanixOrder,
  vcenterFirst,
  vcfDomains,
} from "./scopes.ts";

const isHostWork = ({ kind }: Draft) => kind === "prepare" || kind === "restore" || hostKinds.includes(kind);

export const hosts = (label: string): Selector => ({ label, kinds: ["prepare", ...hostKinds] });
export const finish = (label: string, component: Component): Selector => ({ label, component });
export const tools: Selector = { label: "the guest tools", kinds: ["guest-tools"] };
export const hardware: Selector = { label: "the virtual hardware", kinds: ["virtual-hardware"] };
const format = finish("the storage format", "storage-format");

/** Rules between layers (order-rules.md sections 1, 4 and 5). */
export const layerRules: readonly Rule[] = [
  {
    id: "R1",
    scope: {
      words: "any platform as the default; vendor-documented for VCF 9",
      products: "any",
      except: [vcenterFirst, engineFirst, nutanixOrder, vcfDomains],
    },
    strength: "recommended",
    text: "Management plane, then hosts, then guest tools, then virtual hardware, then storage format.",
    source: "knowledge.broadcom.com/external/article/390634/",
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      {
        within: "pool",
        steps: [
          {
            label: "the manager",
            role: "management",
            runs: [
              "sddc-manager",
              "nsx-manager",
              "vcenter",
              "scvmm",
              "ovirt-engine",
              "prism-central",
              "openstack-controller",
            ],
            named: true,
          },
          hosts("the hosts"),
          tools,
          hardware,
          format,
        ],
      },
    ],
  },
  {
    id: "R2",
    scope: vcenterFirst,
    strength: "vendor",
    text: "vCenter, then ESXi, then VMware Tools, then virtual hardware.",
    source:
      "docs.vmware.com/en/VMware-vSphere/7.0/com.vmware.esxi.upgrade.doc/GUID-7AFB6672-0B0B-4902-B254-EE6AE81993B2.html",
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      {
        within: "pool",
        steps: [{ label: "vCenter", role: "management", runs: ["vcenter"] }, hosts("the ESXi hosts"), tools, hardware],
      },
    ],
  },
  {
    id: "R3",
    scope: engineFirst,
    strength: "vendor",
    text: "Manager, then all hosts, then the cluster's compatibility level, then VM reboots, then the data centre's level.",
    source: "access.redhat.com/documentation/en-us/red_hat_virtualization/4.3/html/upgrade_guide/upgrading_from_4-0_ff",
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      {
        within: "pool",
        steps: [
          { label: "the engine", role: "management", runs: ["ovirt-engine"] },
          hosts("the hosts"),
          finish("the cluster level", "cluster-level"),
          { label: "the guests", kinds: guestKinds },
          finish("the data centre level", "datacenter-level"),
        ],
      },
    ],
  },
  {
    id: "R4",
    scope: nutanixOrder,
    strength: "vendor",
    text: "NCC, Prism Central, NCC, Foundation, inventory, AOS, firmware, AHV, other hypervisors, NCC.",
    source:
      "next.nutanix.com/intelligent-operations-26/all-things-considered-upgrade-sequence-and-preaparation-guidelines-33524",
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      {
        within: "pool",
        steps: [
          { label: "Prism Central", role: "management", runs: ["prism-central"] },
          { label: "Foundation", runs: ["foundation"] },
          { label: "AOS on the controller VMs", kinds: ["storage"] },
          { label: "the firmware", kinds: ["firmware-tooling", "firmware"] },
          { label: "the hypervisors", kinds: ["prepare", "host"] },
        ],
      },
    ],
    checks: [{ name: "ncc-passes", text: "NCC passes before Prism Central, after it, and at the end" }],
  },
  {
    id: "R12",
    scope: firmwareToolingFirst,
    strength: "recommended",
    text: "Firmware tooling first (Lifecycle Controller, diagnostics), then the other components together.",
    source: "Dell Chassis Management Controller 3.20 for PowerEdge VRTX User's Guide, p. 65",
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      {
        within: "machine",
        steps: [
          { label: "firmware tooling", kinds: ["firmware-tooling"] },
          { label: "the other components", kinds: ["firmware", "host", "bare-host"] },
        ],
      },
    ],
  },
  {
    id: "R13",
    scope: bundledWithHypervisor,
    strength: "recommended",
    text: "Firmware and hypervisor share one host reboot when the vendor bundle supports it; above 16 nodes as runs of their own.",
    source:
      "MicrosoftDocs/azure-stack-docs:azure-local/update/update-phases-23h2.md@14b0b0d7, update-best-practices.md@06c1bd0d",
    checked: "2026-11",
    remarks: ({ pools }, _world, drafts) =>
      drafts.flatMap((draft) => {
        const firmware = draft.machine?.pending.patches.find(({ component }) => component === "firmware");
        const shared = draft.kind === "host" && pools.some(({ pool }) => pool === draft.pool) && firmware?.bundle;
        return shared
          ? [
              {
                stage: draft.id,
                text: `firmware and hypervisor come in one bundle (${firmware.bundle}): one reboot for both`,
              },
            ]
          : [];
      }),
  },
  {
    id: "R49",
    scope: {
      words: "Linux hosts that carry a hypervisor (Xen dom0, KVM)",
      products: ["xcp-ng", "xenserver", "libvirt", "proxmox-ve", "ovirt", "rhv"],
    },
    strength: "inference",
    text: "Host OS and hypervisor packages come from one repository and go in one transaction with one reboot.",
    source: "xapi-project/xen-api:ocaml/idl/datamodel_common.ml:325-350",
    checked: "2026-11",
    remarks: ({ pools }, _world, drafts) =>
      drafts
        .filter((draft) => draft.kind === "host" && pools.some(({ pool }) => pool === draft.pool))
        .map((draft) => ({ stage: draft.id, text: "hypervisor and host OS together: one transaction, one reboot" })),
  },
  {
    id: "R68",
    scope: {
      words: "any; no vendor rule found except for CPU vulnerabilities (R16, R17) and guest tools (R2)",
      products: "any",
    },
    strength: "inference",
    text: "Host layer first, guest layer second, in separate waves.",
    source: "order-rules.md, Tuesday's default",
    checked: "2026-11",
    general: true,
    yields: true,
    edges: (_field, _world, drafts) =>
      allBefore(
        drafts.filter(isHostWork),
        drafts.filter(({ kind }) => guestKinds.includes(kind)),
        "guests after all hosts: hosts carry them",
      ),
  },
  {
    id: "R69",
    scope: { words: "any platform with live migration", products: "any" },
    strength: "inference",
    text: "Guest reboots follow the host wave, so that no VM is moved and rebooted in the same minute.",
    source: "order-rules.md, Tuesday's default",
    checked: "2026-11",
    remarks: (_field, _world, drafts) =>
      drafts.some(({ kind }) => guestKinds.includes(kind)) && drafts.some(({ kind }) => kind === "host")
        ? [
            {
              text: "moving a VM does not patch it: guests are patched after the host wave, never in the minute they move",
            },
          ]
        : [],
  },
];
