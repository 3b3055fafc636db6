import type { Draft } from "../draft.ts";
import { type World, type WorldVm, willReboot } from "../world.ts";
import { allBefore, type Circle, type Remark, type Rule } from "./rule.ts";

/** VMs with a role that sit on a host which this plan takes down. */
function seatedOn(world: World, drafts: readonly Draft[], role: WorldVm["vm"]["roles"][number]) {
  return world.vms.flatMap((vm) => {
    const host = drafts.find(
      (draft) => draft.kind === "host" && draft.target === vm.seen?.host && willReboot(world, draft.machine),
    );
    return vm.vm.roles.includes(role) && vm.seen && host ? [{ vm, seen: vm.seen, host }] : [];
  });
}

function canMove(vm: WorldVm): boolean {
  return vm.seen?.migratable.ok === true && vm.pool?.capabilities.liveMigration.ok === true && vm.pool.hosts.length > 1;
}

/** The documented way out when it exists (move it away first), else a circle to refuse. */
function moveOrRefuse(world: World, drafts: readonly Draft[], role: WorldVm["vm"]["roles"][number], what: string) {
  const remarks: Remark[] = [];
  const circles: Circle[] = [];
  for (const { vm, host } of seatedOn(world, drafts, role)) {
    if (canMove(vm)) {
      remarks.push({
        stage: host.id,
        text: `${vm.name} ${what} and sits on ${host.target}: it is moved away before the host goes down`,
      });
    } else {
      circles.push({
        members: [vm.name, host.target],
        text: `${vm.name} ${what}, runs on ${host.target}, which must reboot, and cannot be moved`,
        next: `move ${vm.name} off ${host.target} by hand, or patch ${host.target} by hand`,
      });
    }
  }
  return { remarks, circles };
}

/** Both halves of a rule about a VM that must not go down with its host: how the circle is broken, or that it cannot be. */
function awayFromItsHost(
  role: WorldVm["vm"]["roles"][number],
  what: string,
): Required<Pick<Rule, "remarks" | "circles">> {
  return {
    remarks: (world, drafts) => moveOrRefuse(world, drafts, role, what).remarks,
    circles: (world, drafts) => moveOrRefuse(world, drafts, role, what).circles,
  };
}

/** A witness that votes for the pool it runs on, where the pool is of one of these families. */
function selfWitnesses(world: World, families: readonly string[]): readonly Circle[] {
  return world.vms
    .filter(
      ({ vm, pool }) => vm.roles.includes("witness") && vm.manages === vm.pool && families.includes(pool?.family ?? ""),
    )
    .map(({ name, vm }) => ({
      members: [name, vm.pool],
      text: `${name} is the witness of ${vm.pool} and runs on ${vm.pool}: both votes go down together`,
      next: `move the witness ${name} to a third site`,
    }));
}

/** Circular dependencies (order-rules.md section 6): broken in the documented way, or refused with the names in the circle. */
export const circularRules: readonly Rule[] = [
  {
    id: "R71",
    scope: "any",
    strength: "inference",
    text: "The controller (Tuesday, its Redis, a jump host) must not run on a host in the current step.",
    source: "order-rules.md R71; keikoproj/upgrade-manager#37",
    ...awayFromItsHost("controller", "runs Tuesday"),
  },
  {
    id: "R72",
    scope: "a management VM on the pool that it manages",
    strength: "inference",
    text: "vCenter on the cluster being patched: it must be able to move; on a single host, patch by hand.",
    source: "order-rules.md R72, R31",
    ...awayFromItsHost("management", "manages the pool"),
  },
  {
    id: "R73",
    scope: "Windows failover clusters; shown as a warning elsewhere",
    strength: "recommended",
    text: "One domain controller and one DNS server must run outside the cluster that needs them at boot.",
    source:
      "docs.microsoft.com/en-us/archive/blogs/wincat/windows-server-2012-failover-cluster-enhanced-integration-with-active-directory-ad",
    remarks: (world) => {
      const servers = world.vms.filter(({ vm }) => vm.roles.includes("dns") || vm.roles.includes("domain-controller"));
      const pools = new Set(servers.map(({ vm }) => vm.pool));
      if (servers.length === 0 || pools.size > 1) return [];
      return [
        {
          text: `all name and domain servers (${servers.map(({ name }) => name).join(", ")}) run in one pool: a host that boots cold may find none`,
        },
      ];
    },
  },
  {
    id: "R74",
    scope: "Windows failover clusters",
    strength: "recommended",
    text: "A file-share or cloud witness must not run on the cluster it serves.",
    source: "argonsys.com/learn-microsoft-cloud/articles/configuring-a-windows-cluster-quorum/",
    circles: (world) => selfWitnesses(world, ["hyperv"]),
  },
  {
    id: "R75",
    scope: "stretched storage clusters (vSAN and the like)",
    strength: "inference",
    text: "A witness appliance must not run on the cluster it serves.",
    source: "order-rules.md R75, R14",
    circles: (world) => selfWitnesses(world, ["vsphere", "xapi", "proxmox", "libvirt"]),
  },
  {
    id: "R76",
    scope: "hyper-converged storage",
    strength: "inference",
    text: "A storage controller VM counts as storage, not as a guest: its reboot follows the storage rules.",
    source: "order-rules.md R76, R4, R21",
    circles: (world, drafts) =>
      seatedOn(world, drafts, "storage-controller").map(({ vm, host }) => ({
        members: [vm.name, host.target],
        text: `${vm.name} is a storage controller on ${host.target}: taking it down is a storage operation, and this version has no storage rules`,
        next: `patch ${host.target} with the storage vendor's own procedure`,
      })),
  },
  {
    id: "R78",
    scope: "any",
    strength: "inference",
    text: "A proxy or NAT VM that carries the Slack traffic is patched last: while it is down, approvals are silent.",
    source: "order-rules.md R78",
    edges: (world, drafts) => {
      const last = drafts.filter(
        (draft) => draft.kind === "guest" && world.cluster.vms[draft.target]?.roles.includes("slack-egress"),
      );
      const others = drafts.filter((draft) => draft.kind === "guest" && !last.includes(draft));
      return last.flatMap((draft) =>
        allBefore(
          others,
          [draft],
          `${draft.target} carries the Slack traffic: last, because buttons do not arrive while it is down`,
        ),
      );
    },
    ...awayFromItsHost("slack-egress", "carries the Slack traffic"),
  },
];
