import { hardware, hosts } from "./layers.ts";
import type { Rule } from "./rule.ts";
import type { Scope } from "./scope.ts";
import { toolsApartFromWindows } from "./scopes.ts";
import { switchEdges } from "./select.ts";

const vsphere7 = { words: "vSphere 7.0 and later", products: ["vsphere"], versions: { from: "7.0" } } as const;
export const drsSwitches: Scope = vsphere7;
export const oldHa: Scope = { words: "ESXi 5.x-6.x", products: ["vsphere"], versions: { from: "5", below: "7" } };
const vlcm =
  "docs.vmware.com/en/VMware-vSphere/7.0/com.vmware.vsphere-lifecycle-manager.doc/GUID-3076D522-483D-4EDE-A024-F64400AD621D.html";

/** Clusters of ESXi hosts and their guests (order-rules.md sections 3 and 5). */
export const vsphereRules: readonly Rule[] = [
  {
    id: "R31",
    scope: vsphere7,
    strength: "vendor",
    text: "DPM and HA admission control off during remediation and back after; fault tolerance off; CD and floppy disconnected.",
    source: `docs.vmware.com/…/GUID-38187A29-6443-44C8-9A44-88BFB1A91D1D.html; ${vlcm}`,
    checked: "2026-11",
    general: true,
    tellsFirst: true,
    edges: ({ pools }, _world, drafts) => switchEdges(pools, drafts),
    checks: [
      { name: "no-fault-tolerance", text: "fault tolerance is off for the VMs that move" },
      { name: "no-cd-inserted", text: "no CD or floppy is connected" },
    ],
  },
  {
    id: "R32",
    scope: vsphere7,
    strength: "recommended",
    text: "EVC on for mixed CPUs before the run.",
    source: vlcm,
    checked: "2026-11",
    checks: [{ name: "evc-on", text: "EVC is on where the CPUs differ" }],
  },
  {
    id: "R35",
    scope: oldHa,
    strength: "vendor",
    text: "If a manual ESXi patch needs a reboot, take the host out of HA or disable HA first.",
    source: 'VMware manual of ESXi 5.x-6.x, p. 192, "What to do next" (exact title not recorded)',
    checked: "2026-11",
    general: true,
    tellsFirst: true,
    edges: ({ pools }, _world, drafts) => switchEdges(pools, drafts),
  },
  {
    id: "R37",
    scope: {
      words: "ESXi live patch (8.0 U3, 9.x)",
      products: ["vsphere"],
      versions: { from: "8.0.3" },
    },
    strength: "vendor",
    text: "Hosts that cannot take a live patch go through full maintenance mode; in partial maintenance VMs run, power-on and incoming vMotion are blocked, and the host must not be rebooted.",
    source:
      "developer.broadcom.com/xapis/virtual-infrastructure-json-api/latest/data-structures/HostPartialMaintenanceModeId_enum",
    checked: "2026-11",
    remarks: ({ pools }, _world, drafts) =>
      drafts
        .filter(({ kind, pool }) => kind === "host" && pools.some((one) => one.pool === pool))
        .filter(({ machine }) => machine?.pending.patches.some(({ method }) => method === "live-patch"))
        .map(({ id, machine }) => ({
          stage: id,
          text: machine?.pending.reboot.needed
            ? `the live patch does not fit here (${machine.pending.reboot.why}): full maintenance mode`
            : "live patch: VMs stay and run; meanwhile nothing is started on or moved to this host, and it is not rebooted",
        })),
  },
  {
    id: "R56",
    scope: { words: "vSphere 5.x-6.7", products: ["vsphere"], versions: { from: "5", below: "7" } },
    strength: "vendor",
    text: "VMware Tools before virtual hardware, else NIC settings can be lost; hardware only when all hosts of the cluster are new; one way.",
    source:
      "docs.vmware.com/en/VMware-vSphere/6.7/com.vmware.vsphere.vm_admin.doc/GUID-96C06236-C271-4CFE-857E-22D1FDEECC95.html; blogs.vmware.com/vsphere/2013/02/managing-virtual-hardware-versions-during-a-vsphere-upgrade.html",
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      { within: "pool", steps: [hosts("all hosts"), hardware] },
      { within: "machine", steps: [{ label: "guest and VMware Tools", kinds: ["guest", "guest-tools"] }, hardware] },
    ],
  },
  {
    id: "R57",
    scope: toolsApartFromWindows,
    strength: "vendor",
    text: "Never a Tools upgrade in the same boot as Windows updates: updates and reboot finished, then Tools.",
    source: "knowledge.broadcom.com/external/article/318796/vmware-tools-installer-can-fail-when-ove.html",
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      {
        within: "machine",
        steps: [
          { label: "Windows updates and their reboot", kinds: ["guest", "management"] },
          { label: "VMware Tools", kinds: ["guest-tools"] },
        ],
      },
    ],
  },
];
