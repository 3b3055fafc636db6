import { type Draft, hostKinds } from "../draft.ts";
import { runsOf } from "../roles.ts";
import type { World } from "../world.ts";
import { finish, hosts } from "./layers.ts";
import { allBefore, chain, type Edge, type Rule } from "./rule.ts";
import type { Field } from "./scope.ts";
import { satellitesFirst } from "./scopes.ts";
import { hostStages, hostsApart } from "./select.ts";

const kb390634 = "knowledge.broadcom.com/external/article/390634/";
const format = finish("the on-disk format", "storage-format");
const witness = { label: "the witness", role: "witness", runs: ["vsan-witness"], named: true } as const;
const vcenter = { label: "vCenter", role: "management", runs: ["vcenter"] } as const;

/** One site of a stretched cluster after another, the preferred one first. */
function siteEdges({ pools }: Field, world: World, drafts: readonly Draft[]): readonly Edge[] {
  return pools.flatMap(({ pool }) => {
    const sites = world.cluster.pools[pool]?.storage?.sites ?? [];
    const own = hostStages(drafts, pool);
    return sites.flatMap((after, i) => {
      const before = sites[i - 1];
      if (!before) return [];
      return allBefore(
        own.filter(({ target }) => before.hosts.includes(target)),
        own.filter(({ target }) => after.hosts.includes(target)),
        `stretched ${pool}: the hosts of site ${before.name} before those of site ${after.name}`,
      );
    });
  });
}

function isHostOf({ kind, pool }: Draft, name: string): boolean {
  return pool === name && hostKinds.includes(kind);
}

/** The witness has a vote like a site: it is never down together with a host. */
function isWitnessOf(world: World, { kind, target }: Draft, pool: string): boolean {
  const vm = world.cluster.vms[target];
  const judges = vm?.roles.includes("witness") && vm.manages === pool;
  return kind === "storage" && (judges || runsOf(world, target).some(({ serves }) => serves.includes(pool)));
}

/** Witness and sites of stretched vSAN: the order changed between the versions. */
const vsanRules: readonly Rule[] = [
  {
    id: "R14",
    scope: { words: "stretched vSAN 6.x", products: ["vsan"], versions: { from: "6", below: "7" } },
    strength: "vendor",
    text: "Stretched: vCenter, site A hosts, site B hosts, the witness last, then the on-disk format.",
    source: "cormachogan.com/2016/02/29/upgrading-vsan-stretched-cluster-from-6-1-to-6-2/",
    checked: "2026-11",
    tellsFirst: true,
    edges: siteEdges,
    chains: [{ within: "pool", steps: [vcenter, hosts("the hosts"), witness, format] }],
  },
  {
    id: "R14b",
    scope: {
      words: "stretched vSAN with vSphere Lifecycle Manager 7.0-8.0",
      products: ["vsan"],
      versions: { from: "7", below: "9" },
    },
    strength: "vendor",
    text: "Fault domain by fault domain, the preferred site first.",
    source:
      "docs.vmware.com/en/VMware-vSphere/7.0/com.vmware.vsphere-lifecycle-manager.doc/GUID-C2BB3DC5-D0E4-44D6-BA43-EB67F005CF8F.html",
    checked: "2026-11",
    tellsFirst: true,
    edges: siteEdges,
  },
  {
    id: "R15",
    scope: { words: "vSAN of VCF 9", products: ["vsan"], versions: { from: "9" } },
    strength: "vendor",
    text: "The witness before ESXi; the on-disk format near the end.",
    source: kb390634,
    checked: "2026-11",
    tellsFirst: true,
    chains: [{ within: "pool", steps: [vcenter, witness, hosts("the hosts"), format] }],
  },
  {
    id: "R33",
    scope: { words: "vSAN (page of 8.0)", products: ["vsan"] },
    strength: "vendor",
    text: "One host in maintenance mode at a time; no resync active before the next.",
    source:
      "docs.vmware.com/en/VMware-vSphere/8.0/vsphere-lifecycle-manager/GUID-06A5D316-9452-4A5D-A5BB-3AEEFE0483B4.html; knowledge.broadcom.com/external/article/326927/",
    checked: "2026-11",
    separates: ({ pools }, world, ordered) =>
      pools.flatMap(({ pool }) =>
        chain(
          ordered.filter((draft) => isHostOf(draft, pool) || isWitnessOf(world, draft, pool)),
          (before) => `vSAN: ${before.target} is back and nothing resyncs before the next vote goes down`,
        ),
      ),
    checks: [
      {
        name: "no-resync",
        text: "no resync is active; objects without redundancy make entering maintenance take hours",
      },
    ],
  },
  {
    id: "R34",
    scope: { words: "vSAN", products: ["vsan"] },
    strength: "vendor",
    text: "All vSAN hosts on the same build before an on-disk format change.",
    source: "knowledge.broadcom.com/external/article/326927/",
    checked: "2026-11",
    tellsFirst: true,
    chains: [{ within: "pool", steps: [hosts("all hosts on the new build"), format] }],
  },
];

/** Storage that hosts carry together (order-rules.md section 3). */
export const storageRules: readonly Rule[] = [
  ...vsanRules,
  {
    id: "R21",
    scope: satellitesFirst,
    strength: "vendor",
    text: "LINSTOR/XOSTOR: the satellites on all hosts before any reboot.",
    source: "xcp-ng/xcp-ng-org:docs/management/updates.md@fc40a424",
    checked: "2026-11",
    tellsFirst: true,
    edges: ({ pools }, _world, drafts) =>
      pools.flatMap(({ pool }) => {
        const own = hostStages(drafts, pool);
        return allBefore(
          own.filter(({ kind }) => kind === "storage-agent"),
          own.filter(({ kind }) => kind === "host" || kind === "firmware"),
          `the LINSTOR satellites on all hosts of ${pool} before any of them reboots`,
        );
      }),
  },
  {
    id: "R39",
    scope: { words: "Storage Spaces Direct", products: ["s2d"] },
    strength: "vendor",
    text: "All virtual disks healthy before the next node; wait for storage repair.",
    source: "docs.microsoft.com/en-us/windows-server/storage/storage-spaces/maintain-servers",
    checked: "2026-11",
    separates: ({ pools }, _world, ordered) =>
      hostsApart(
        pools,
        ordered,
        (before) => `Storage Spaces Direct: ${before.target} is back and repaired before the next node`,
      ),
    checks: [{ name: "disks-healthy", text: "all virtual disks are healthy, before every node" }],
  },
  {
    id: "R41",
    scope: {
      words: "Ceph (Nautilus and later)",
      products: ["ceph-mgr", "ceph-mon", "ceph-osd", "ceph-mds", "ceph-rgw"],
    },
    strength: "vendor",
    text: "Managers and monitors, then OSDs, then metadata servers, then gateways.",
    source: "docs.ceph.com/en/nautilus/install/upgrading-ceph/",
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      {
        within: "cluster",
        steps: [
          { label: "Ceph managers and monitors", runs: ["ceph-mgr", "ceph-mon"] },
          { label: "the OSDs", runs: ["ceph-osd"] },
          { label: "the metadata servers", runs: ["ceph-mds"] },
          { label: "the gateways", runs: ["ceph-rgw"] },
        ],
      },
    ],
  },
  {
    id: "R41b",
    scope: { words: "Ceph with cephadm (15 and later)", products: ["ceph-mgr", "ceph-mon"], versions: { from: "15" } },
    strength: "vendor",
    text: "cephadm: managers before monitors, each only while Ceph says the cluster stays available; autoscaler off.",
    source: "docs.ceph.com/en/latest/cephadm/upgrade/",
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      {
        within: "cluster",
        steps: [
          { label: "Ceph managers", runs: ["ceph-mgr"] },
          { label: "the monitors", runs: ["ceph-mon"] },
        ],
      },
    ],
  },
  {
    id: "R42",
    scope: { words: "Ceph (RHOSP)", products: ["ceph"] },
    strength: "vendor",
    text: "HEALTH_OK and all groups active+clean, noout set, reboot one, active+clean again, next; unset at the end.",
    source: "docs.redhat.com/zh-cn/…/rebooting_a_ceph_storage_cluster_keeping-updated; Corsinvest/cv4pve-admin#117",
    checked: "2026-11",
    separates: ({ pools }, _world, ordered) =>
      hostsApart(
        pools,
        ordered,
        (before) => `Ceph: ${before.target} is back and all groups active+clean before the next host`,
      ),
    remarks: ({ pools }, _world, drafts) =>
      pools
        .filter(({ pool }) => hostStages(drafts, pool).length > 0)
        .filter(({ switches }) => !switches.some(({ name }) => name === "noout"))
        .map(({ pool }) => ({
          text: `${pool}: set noout and norebalance before the first host and unset them after the last; no driver does it`,
        })),
    checks: [{ name: "ceph-healthy", text: "HEALTH_OK and all groups active+clean, before every host" }],
  },
  {
    id: "R43",
    scope: { words: "xapi storage mirrors", products: ["xapi-mirror"] },
    strength: "vendor",
    text: "No reboot while a mirror is rebuilt.",
    source: "xapi-project/xen-api:doc/content/design/aggr-storage-reboots.md",
    checked: "2026-11",
    separates: ({ pools }, _world, ordered) =>
      hostsApart(
        pools,
        ordered,
        (before) => `storage mirrors: ${before.target} is back and its mirrors are rebuilt first`,
      ),
    checks: [{ name: "no-mirror-rebuild", text: "MIRROR_REBUILD_IN_PROGRESS is gone, before every host" }],
  },
  {
    id: "R44",
    scope: { words: "Gluster", products: ["gluster"] },
    strength: "recommended",
    text: "Wait until heal entries are 0 before and after each host.",
    source: "oVirt/ovirt-ansible-collection:roles/cluster_upgrade (upgrade.yml)",
    checked: "2026-11",
    separates: ({ pools }, _world, ordered) =>
      hostsApart(pools, ordered, (before) => `Gluster: ${before.target} is back and healed before the next host`),
    checks: [{ name: "heal-entries-zero", text: "heal entries are 0, before and after every host" }],
  },
];
