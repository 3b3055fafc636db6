import type { ReadList } from "./parse.ts";
import type { ProblemList } from "./problems.ts";
import type { InstanceGroup, InstanceHost, InstanceVm } from "./schema.ts";

interface Lists {
  readonly hosts: ReadList<InstanceHost>;
  readonly vms: ReadList<InstanceVm>;
  readonly groups: ReadList<InstanceGroup>;
}

/**
 * What no single host, VM or group can tell: ids that are there twice or nowhere, groups that disagree with their
 * members, and a start that is against the rules already. Groups of one (and of none) are legal: with minUp 1 such
 * a group says that its VM must never be down.
 */
export function checkTogether(lists: Lists, problems: ProblemList): void {
  const hosts = byId("host", lists.hosts.items, problems);
  const vms = byId("VM", lists.vms.items, problems);
  const groups = byId("group", lists.groups.items, problems);
  for (const host of lists.hosts.items) checkPatch(host, problems);
  for (const vm of lists.vms.items) {
    if (!hosts.has(vm.host) && lists.hosts.complete && !lists.hosts.wrong.has(vm.host))
      problems.add(`VM ${vm.id}`, `is on the host ${vm.host}, which is not in hosts; correct the name or add the host`);
    checkMoves(vm, problems);
    checkMembership(vm, groups, lists.groups, problems);
  }
  for (const group of lists.groups.items) checkGroup(group, vms, lists.vms, problems);
  checkStart(lists.vms.items, hosts, groups, problems);
}

function byId<T extends { readonly id: string }>(
  kind: string,
  items: readonly T[],
  problems: ProblemList,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const item of items) {
    if (found.has(item.id)) problems.add(`${kind} ${item.id}`, "is there twice; remove or rename one of them");
    else found.set(item.id, item);
  }
  return found;
}

function checkPatch({ id, patch }: InstanceHost, problems: ProblemList): void {
  if (!patch) return;
  if (patch.evacuate && patch.patchS + patch.rebootS === 0)
    problems.add(`host ${id}`, "has a patch of 0 s; give patchS or rebootS, or remove the patch");
  if (!patch.evacuate && patch.rebootS > 0)
    problems.add(
      `host ${id}`,
      `reboots for ${patch.rebootS} s with its VMs on it; set patch.evacuate to true, or rebootS to 0`,
    );
}

function checkMoves({ id, migratable, migS, stopMs }: InstanceVm, problems: ProblemList): void {
  if (migratable === false) return;
  if (migS === undefined || migS < 1)
    problems.add(`VM ${id}: migS`, "must be at least 1 for a VM that can move; add its seconds, or migratable: false");
  if (stopMs === undefined) problems.add(`VM ${id}: stopMs`, "is missing; add a number");
}

function checkMembership(
  vm: InstanceVm,
  groups: ReadonlyMap<string, InstanceGroup>,
  read: ReadList<InstanceGroup>,
  problems: ProblemList,
): void {
  if (!vm.group || groups.has(vm.group) || !read.complete || read.wrong.has(vm.group)) return;
  problems.add(`VM ${vm.id}`, `is in the group ${vm.group}, which is not in groups; correct the name or add the group`);
}

function checkGroup(
  group: InstanceGroup,
  vms: ReadonlyMap<string, InstanceVm>,
  read: ReadList<InstanceVm>,
  problems: ProblemList,
): void {
  const where = `group ${group.id}`;
  const members = new Set<string>();
  for (const id of group.members) {
    if (members.has(id)) problems.add(where, `has the member ${id} twice; remove one`);
    members.add(id);
    const vm = vms.get(id);
    if (!vm) {
      if (read.complete && !read.wrong.has(id))
        problems.add(where, `has the member ${id}, which is not in vms; correct the name or add the VM`);
    } else if (vm.group !== group.id)
      problems.add(
        where,
        `has the member ${id}, whose own group is ${vm.group ?? "none"}; make vms and groups say the same`,
      );
  }
  if (group.minUp > members.size)
    problems.add(where, `needs ${group.minUp} members up and has ${members.size}; lower minUp or add members`);
}

/** The start is the first instant of every plan: what is broken there, no plan can mend. */
function checkStart(
  vms: readonly InstanceVm[],
  hosts: ReadonlyMap<string, InstanceHost>,
  groups: ReadonlyMap<string, InstanceGroup>,
  problems: ProblemList,
): void {
  const used = new Map<string, { cpu: number; memMb: number }>();
  const named = new Map([...groups].map(([id, group]) => [id, new Set(group.members)]));
  const places = new Map<string, string>();
  for (const vm of vms) {
    const sum = used.get(vm.host) ?? { cpu: 0, memMb: 0 };
    used.set(vm.host, { cpu: sum.cpu + vm.cpu, memMb: sum.memMb + vm.memMb });
    const group = vm.group ? groups.get(vm.group) : undefined;
    if (!group) continue;
    if (!named.get(group.id)?.has(vm.id))
      problems.add(
        `VM ${vm.id}`,
        `is in the group ${group.id}, which does not name it; make vms and groups say the same`,
      );
    if (!group.antiAffinity) continue;
    const place = JSON.stringify([group.id, vm.host]);
    const other = places.get(place);
    if (other !== undefined && other !== vm.id)
      problems.add(
        `group ${group.id}`,
        `has ${other} and ${vm.id} both on ${vm.host} at the start, against its anti-affinity; move one of them first`,
      );
    places.set(place, vm.id);
  }
  for (const [id, { cpu, memMb }] of used) {
    const host = hosts.get(id);
    if (host && (cpu > host.cpu || memMb > host.memMb))
      problems.add(
        `host ${id}`,
        `holds more than it has at the start: cpu ${cpu}/${host.cpu} memory ${memMb}/${host.memMb}; correct the sizes`,
      );
  }
}
