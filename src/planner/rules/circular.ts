import { type Draft, guestKinds, hostKinds } from "../draft.ts";
import { isController, isManager, runsOf, storageUnknown } from "../roles.ts";
import { type World, type WorldVm, willReboot } from "../world.ts";
import { allBefore, type Circle, chain, type Edge, type Remark, type Rule } from "./rule.ts";
import type { Field } from "./scope.ts";

type Which = (vm: WorldVm, world: World) => boolean;

interface Seated {
  readonly vm: WorldVm;
  readonly host: Draft;
}

/** VMs that sit on a host which this plan takes down. */
function seatedOn(world: World, drafts: readonly Draft[], which: Which): readonly Seated[] {
  const down = new Map<string, Draft>();
  for (const draft of drafts)
    if (
      (draft.kind === "host" || draft.kind === "firmware") &&
      willReboot(world, draft.machine) &&
      !down.has(draft.target)
    )
      down.set(draft.target, draft);
  return world.vms.flatMap((vm) => {
    const host = down.get(vm.seen?.host ?? "");
    return host && which(vm, world) ? [{ vm, host }] : [];
  });
}

function canMove(vm: WorldVm): boolean {
  return vm.seen?.migratable.ok === true && vm.pool?.capabilities.liveMigration.ok === true && vm.pool.hosts.length > 1;
}

/** Both halves of a rule about a VM that must not go down with its host: it is moved away first, or that is a circle. */
function awayFromItsHost(which: Which, what: string): Required<Pick<Rule, "remarks" | "circles">> {
  return {
    remarks: (_field, world, drafts) =>
      seatedOn(world, drafts, which)
        .filter(({ vm }) => canMove(vm))
        .map(({ vm, host }) => ({
          stage: host.id,
          text: `${vm.name} ${what} and sits on ${host.target}: it is moved away before the host goes down`,
        })),
    circles: (_field, world, drafts) =>
      seatedOn(world, drafts, which)
        .filter(({ vm }) => !canMove(vm))
        .map(({ vm, host }) => ({
          members: [vm.name, host.target],
          text: `${vm.name} ${what}, runs on ${host.target}, which must reboot, and cannot be moved`,
          next: `move ${vm.name} off ${host.target} by hand, or patch ${host.target} by hand`,
        })),
  };
}

/** A witness that votes for the pool it runs on. */
function selfWitnesses({ pools }: Field, world: World): readonly Circle[] {
  return world.vms
    .filter(
      ({ name, vm }) =>
        (vm.roles.includes("witness") && vm.manages === vm.pool) ||
        runsOf(world, name).some(({ product, serves }) => product === "vsan-witness" && serves.includes(vm.pool)),
    )
    .filter(({ vm }) => pools.some(({ pool }) => pool === vm.pool))
    .map(({ name, vm }) => ({
      members: [name, vm.pool],
      text: `${name} is the witness of ${vm.pool} and runs on ${vm.pool}: both votes go down together`,
      next: `move the witness ${name} to a third site`,
    }));
}

/** Everything a machine needs to come up, directly or through others. */
function needsOf(world: World, machine: string): ReadonlySet<string> {
  const machines = { ...world.cluster.hosts, ...world.cluster.vms };
  const found = new Set<string>();
  const open = [...(machines[machine]?.dependsOn ?? [])];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...(machines[name]?.dependsOn ?? []));
  }
  return found;
}

/** Another member of one of its groups that is up on another host: then the circle is open. */
function standIn(world: World, { name, seen }: WorldVm): string | null {
  const mates = world.groups
    .filter(({ members }) => members.includes(name))
    .flatMap(({ members }) => members.filter((member) => member !== name));
  const other = world.vms.find((vm) => mates.includes(vm.name) && vm.seen?.running && vm.seen.host !== seen?.host);
  return other?.name ?? null;
}

/** Guests that a host needs at boot and that go down with that host. */
function neededAtBoot(world: World, drafts: readonly Draft[]): readonly Seated[] {
  return seatedOn(world, drafts, () => true).filter(
    ({ vm, host }) => !canMove(vm) && vm.seen?.running && needsOf(world, host.target).has(vm.name),
  );
}

function bootRemarks(world: World, drafts: readonly Draft[]): readonly Remark[] {
  const roles = ["dns", "domain-controller", "dhcp"] as const;
  const servers = world.vms.filter(({ vm }) => roles.some((role) => vm.roles.includes(role)));
  const pools = new Set(servers.map(({ vm }) => vm.pool));
  const replaced = neededAtBoot(world, drafts).flatMap(({ vm, host }) => {
    const other = standIn(world, vm);
    const text = `${host.target} needs ${vm.name}, which goes down with it: meanwhile ${other} answers`;
    return other ? [{ stage: host.id, text }] : [];
  });
  if (servers.length === 0 || pools.size > 1) return replaced;
  const names = servers.map(({ name }) => name).join(", ");
  return [
    ...replaced,
    { text: `all name and domain servers (${names}) run in one pool: a host that boots cold may find none` },
  ];
}

function bootCircles(world: World, drafts: readonly Draft[]): readonly Circle[] {
  return neededAtBoot(world, drafts)
    .filter(({ vm }) => standIn(world, vm) === null)
    .map(({ vm, host }) => ({
      members: [vm.name, host.target],
      text: `${host.target} needs ${vm.name} to come up, and ${vm.name} runs on ${host.target} and cannot be moved`,
      next: `give ${host.target} a second server outside of it (a group with ${vm.name}), or move ${vm.name} by hand`,
    }));
}

/** Circular dependencies (order-rules.md section 6): broken in the documented way, or refused with the names in the circle. */
export const circularRules: readonly Rule[] = [
  {
    id: "R71",
    scope: { words: "any", products: "any" },
    strength: "inference",
    text: "The controller (Tuesday, its Redis, a jump host) must not run on a host in the current step.",
    source: "order-rules.md R71; keikoproj/upgrade-manager#37",
    checked: "2026-11",
    ...awayFromItsHost(({ vm }) => vm.roles.includes("controller"), "runs Tuesday"),
  },
  {
    id: "R71b",
    scope: { words: "any", products: "any" },
    strength: "inference",
    text: "The jump host is on the way to every machine: it must not be down while others are patched, and is patched last.",
    source: "order-rules.md R71; Ankra patches the bastion last",
    checked: "2026-11",
    tellsFirst: true,
    edges: (_field, world, drafts) => lastOfGuests(world, drafts, "jump-host", "is the way to the machines: last"),
    ...awayFromItsHost(({ vm }) => vm.roles.includes("jump-host"), "is the way to the machines"),
  },
  {
    id: "R72",
    scope: { words: "a management VM on the pool that it manages", products: "any" },
    strength: "inference",
    text: "vCenter on the cluster being patched: it must be able to move; on a single host, patch by hand.",
    source: "order-rules.md R72, R31",
    checked: "2026-11",
    ...awayFromItsHost(
      ({ name, vm }, world) =>
        vm.roles.includes("management") ||
        (isManager(world, name) && runsOf(world, name).some(({ serves }) => serves.includes(vm.pool))),
      "manages the pool",
    ),
  },
  {
    id: "R73",
    scope: { words: "Windows failover clusters; any host that depends on its own guest", products: "any" },
    strength: "recommended",
    text: "One domain controller and one DNS server must run outside the cluster that needs them at boot.",
    source:
      "dev.to/merbayerp/bootstrap-deadlock-when-the-dc-needs-the-cluster-that-needs-it-np7; docs.microsoft.com/en-us/archive/blogs/wincat/windows-server-2012-failover-cluster-enhanced-integration-with-active-directory-ad",
    checked: "2026-11",
    remarks: (_field, world, drafts) => bootRemarks(world, drafts),
    circles: (_field, world, drafts) => bootCircles(world, drafts),
  },
  {
    id: "R74",
    scope: { words: "Windows failover clusters", products: ["wsfc", "hyper-v", "azure-local"] },
    strength: "recommended",
    text: "A file-share or cloud witness must not run on the cluster it serves.",
    source: "argonsys.com/learn-microsoft-cloud/articles/configuring-a-windows-cluster-quorum/",
    checked: "2026-11",
    circles: (field, world) => selfWitnesses(field, world),
  },
  {
    id: "R75",
    scope: {
      words: "stretched storage clusters (vSAN and the like)",
      products: ["vsan", "vsphere", "vcf", "xcp-ng", "xenserver", "proxmox-ve", "libvirt", "ceph", "linstor"],
    },
    strength: "inference",
    text: "A witness appliance must not run on the cluster it serves.",
    source: "order-rules.md R75, R14",
    checked: "2026-11",
    circles: (field, world) => selfWitnesses(field, world),
  },
  {
    id: "R76",
    scope: { words: "hyper-converged storage", products: "any" },
    strength: "inference",
    text: "A storage controller VM counts as storage, not as a guest: its reboot follows the storage rules.",
    source: "order-rules.md R76, R4, R21",
    checked: "2026-11",
    circles: (_field, world, drafts) =>
      seatedOn(world, drafts, ({ name }) => storageUnknown(world, name)).map(({ vm, host }) => ({
        members: [vm.name, host.target],
        text: `${vm.name} is a storage controller on ${host.target}: taking it down is a storage operation, and the inventory does not say what storage ${vm.vm.pool} has`,
        next: `name it (pools: ${vm.vm.pool}: storage), or patch ${host.target} with the storage vendor's own procedure`,
      })),
    remarks: (_field, world, drafts) =>
      seatedOn(world, drafts, ({ name }) => isController(world, name) && !storageUnknown(world, name)).map(
        ({ vm, host }) => ({
          stage: host.id,
          text: `${vm.name} is storage: it goes down with ${host.target} and is back and healthy before the next host`,
        }),
      ),
    separates: ({ pools }, world, ordered) => pools.flatMap(({ pool }) => storageApart(world, ordered, pool)),
  },
  {
    id: "R78",
    scope: { words: "any", products: "any" },
    strength: "inference",
    text: "A proxy or NAT VM that carries the Slack traffic is patched last: while it is down, approvals are silent.",
    source: "order-rules.md R78; Ankra (NAT bastion)",
    checked: "2026-11",
    edges: (_field, world, drafts) =>
      lastOfGuests(
        world,
        drafts,
        "slack-egress",
        "carries the Slack traffic: last, because buttons do not arrive while it is down",
      ),
    ...awayFromItsHost(({ vm }) => vm.roles.includes("slack-egress"), "carries the Slack traffic"),
  },
];

/** Guests with this role after all other guests; what is last for another reason does not wait for it. */
function lastOfGuests(world: World, drafts: readonly Draft[], role: "slack-egress" | "jump-host", why: string) {
  const lasts = ["slack-egress", "jump-host"] as const;
  const guests = drafts.filter(({ kind }) => guestKinds.includes(kind));
  const rolesOf = ({ target }: Draft) => world.cluster.vms[target]?.roles ?? [];
  const last = guests.filter((draft) => rolesOf(draft).includes(role));
  const others = guests.filter((draft) => !lasts.some((one) => rolesOf(draft).includes(one)));
  return [...new Set(last.map(({ target }) => target))].flatMap((target) =>
    allBefore(
      others,
      last.filter((draft) => draft.target === target),
      `${target} ${why}`,
    ),
  );
}

/** Where VMs carry the storage, their stages and those of their hosts go one after another, in the order that is found. */
function storageApart(world: World, ordered: readonly Draft[], pool: string): readonly Edge[] {
  if (!world.vms.some(({ name, vm }) => vm.pool === pool && isController(world, name))) return [];
  const own = ordered.filter(
    (draft) => draft.pool === pool && (draft.kind === "storage" || hostKinds.includes(draft.kind)),
  );
  return chain(own, (before, after) => `${before.target} is back and the storage healthy before ${after.target}`);
}
