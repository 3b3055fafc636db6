import { kubeletsTooNew, raisesKubelet } from "./kubernetes.ts";
import { finish, hardware, hosts, tools } from "./layers.ts";
import { allBefore, type Rule } from "./rule.ts";
import { vcfDomains } from "./scopes.ts";
import { hostStages } from "./select.ts";

const kb390634 = "knowledge.broadcom.com/external/article/390634/";
const vcf43 =
  "docs.vmware.com/en/VMware-Cloud-Foundation/4.3/com.vmware.vcf.vxrail.doc/GUID-F1097439-19DF-41C4-A6D4-0A6F56403375.html";
const vcf9 = { words: "VCF 9", products: ["vcf"], versions: { from: "9" } } as const;

/** Management planes of VMware Cloud Foundation: who among the managers goes first (order-rules.md section 1). */
export const vcfRules: readonly Rule[] = [
  {
    id: "R1b",
    scope: vcf9,
    strength: "vendor",
    text: "The full chain of VCF 9, from Aria LCM to vSAN file services (the witness: R15, NSX finalize: R11b).",
    source: kb390634,
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      {
        within: "pool",
        steps: [
          { label: "Aria LCM", runs: ["aria-lcm"] },
          { label: "VCF Operations", runs: ["vcf-operations"] },
          { label: "Automation, Networks, Logs", runs: ["vcf-automation"] },
          { label: "the backup product", runs: ["backup-vadp"] },
          { label: "vSphere Replication", runs: ["vsphere-replication"] },
          { label: "SRM", runs: ["srm"] },
          { label: "AVI", runs: ["avi"] },
          { label: "SDDC Manager", runs: ["sddc-manager"] },
          { label: "HCX", runs: ["hcx"] },
          { label: "NSX", runs: ["nsx-coordinator", "nsx-edge", "nsx-manager"] },
          { label: "vCenter", role: "management", runs: ["vcenter"] },
          { label: "Identity Broker", runs: ["identity-broker"] },
          { label: "the Supervisor", runs: ["supervisor"] },
          hosts("the ESXi hosts"),
          tools,
          hardware,
          finish("the on-disk format", "storage-format"),
          { label: "vSAN file services", runs: ["vsan-file-services"] },
        ],
      },
    ],
  },
  {
    id: "R9",
    scope: vcf9,
    strength: "vendor",
    text: "The backup product that uses the hypervisor's API goes before vCenter and ESXi, so that backups work on the new version.",
    source: kb390634,
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      {
        within: "pool",
        steps: [
          { label: "the backup product", runs: ["backup-vadp"] },
          { label: "vCenter", role: "management", runs: ["vcenter"] },
        ],
      },
      {
        within: "pool",
        steps: [{ label: "the backup product", runs: ["backup-vadp"] }, hosts("the ESXi hosts")],
      },
    ],
  },
  {
    id: "R10",
    scope: vcfDomains,
    strength: "vendor",
    text: "Management domain before workload domains; NSX, vCenter, ESXi, Supervisor.",
    source: vcf43,
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      {
        within: "pool",
        steps: [
          { label: "SDDC Manager", runs: ["sddc-manager"] },
          { label: "NSX", runs: ["nsx-coordinator", "nsx-edge", "nsx-manager"] },
          { label: "vCenter", role: "management", runs: ["vcenter"] },
          hosts("the ESXi hosts"),
          { label: "the Supervisor", runs: ["supervisor"] },
        ],
      },
    ],
    edges: ({ pools }, world, drafts) => {
      const of = (domain: string) => pools.filter(({ pool }) => world.cluster.pools[pool]?.domain === domain);
      const all = (domain: string) => of(domain).flatMap(({ pool }) => hostStages(drafts, pool));
      return allBefore(all("management"), all("workload"), "the management domain before the workload domains");
    },
  },
  {
    id: "R11",
    scope: vcfDomains,
    strength: "vendor",
    text: "Inside NSX: Upgrade Coordinator, Edge clusters, host clusters, Manager cluster.",
    source: vcf43,
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      {
        within: "pool",
        steps: [
          { label: "the NSX Upgrade Coordinator", runs: ["nsx-coordinator"] },
          { label: "the NSX Edges", runs: ["nsx-edge"] },
          { label: "the NSX Managers", runs: ["nsx-manager"] },
        ],
      },
    ],
  },
  {
    id: "R11b",
    scope: vcf9,
    strength: "vendor",
    text: "NSX finalize after ESXi.",
    source: kb390634,
    checked: "2026-11",
    chains: [{ within: "pool", steps: [hosts("the ESXi hosts"), finish("NSX finalize", "nsx-finalize")] }],
  },
];

/** Servers before what they serve, over all pools (order-rules.md section 1). */
export const serverRules: readonly Rule[] = [
  {
    id: "R5",
    scope: { words: "OpenStack", products: ["openstack-controller", "ironic", "openstack-compute"] },
    strength: "vendor",
    text: "Controllers before computes (N and N+1 may run together); ironic before nova-compute.",
    source: "docs.openstack.org/developer/nova/upgrade.html; docs.openstack.org/ironic/latest/admin/upgrade-guide.html",
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      {
        within: "cluster",
        steps: [
          { label: "controllers", runs: ["openstack-controller"] },
          { label: "the computes", runs: ["openstack-compute"] },
        ],
      },
      {
        within: "cluster",
        steps: [
          { label: "ironic", runs: ["ironic"] },
          { label: "nova-compute", runs: ["openstack-compute"] },
        ],
      },
    ],
  },
  {
    id: "R6",
    scope: {
      words: "Kubernetes",
      products: ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet"],
    },
    strength: "vendor",
    text: "apiserver, then controller-manager and scheduler, then kubelet; drain before a minor kubelet upgrade.",
    source: "kubernetes/website:content/en/releases/version-skew-policy.md@01bc0975",
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      {
        within: "cluster",
        steps: [
          { label: "the apiserver", runs: ["kube-apiserver"] },
          { label: "controller-manager and scheduler", runs: ["kube-controller-manager", "kube-scheduler"] },
          { label: "the kubelets", runs: ["kubelet"] },
        ],
      },
      {
        within: "cluster",
        steps: [
          { label: "the apiserver", runs: ["kube-apiserver"] },
          { label: "the kubelets", runs: ["kubelet"] },
        ],
      },
    ],
    remarks: ({ machines }, _world, drafts) =>
      drafts
        .filter(({ target, machine }) => machines.has(target) && machine?.pending.patches.some(raisesKubelet))
        .map(({ id, target }) => ({
          stage: id,
          text: `${target} gets a newer kubelet: it is drained before, by Kubernetes' own means`,
        })),
    blockers: ({ machines }, world, drafts) => kubeletsTooNew(world, machines, drafts),
  },
  {
    id: "R7",
    scope: {
      words: "Puppet 7",
      products: ["puppet-server", "puppetdb", "puppet-agent"],
      versions: { from: "7", below: "8" },
    },
    strength: "vendor",
    text: "Servers and PuppetDB together, then agents.",
    source: "puppet.com/docs/puppet/7/upgrade",
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      {
        within: "cluster",
        steps: [
          { label: "Puppet servers and PuppetDB", runs: ["puppet-server", "puppetdb"] },
          { label: "the agents", runs: ["puppet-agent"] },
        ],
      },
    ],
  },
  {
    id: "R8",
    scope: { words: "Veeam Backup & Replication", products: ["veeam-server", "veeam-proxy"] },
    strength: "vendor",
    text: "The backup server before its proxies and managed servers.",
    source: "helpcenter.veeam.com/docs/backup/powershell/update-vbrservercomponent.html",
    checked: "2026-11",
    tellsFirst: true,
    chains: [
      {
        within: "cluster",
        steps: [
          { label: "the backup server", runs: ["veeam-server"] },
          { label: "its proxies", runs: ["veeam-proxy"] },
        ],
      },
    ],
  },
];
