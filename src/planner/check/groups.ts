import type { Problem, ProblemGroup, ProblemVm } from "../../domain/problem.ts";
import type { Report } from "./report.ts";
import { listBy, meeting, moreThan, type Span } from "./spans.ts";
import type { Stay } from "./stays.ts";

/** P11 and P16. Who never moves is counted like everybody else, which is stricter than planning.md's checker. */
export function checkGroups(
  problem: Problem,
  stays: ReadonlyMap<string, readonly Stay[]>,
  inPatch: ReadonlyMap<string, readonly Span[]>,
  report: Report,
): void {
  const members = membersOf(problem);
  const groupsOf = new Map<ProblemVm, string[]>();
  for (const { id } of problem.groups.filter((group) => group.antiAffinity))
    for (const vm of members.get(id) ?? []) groupsOf.set(vm, [...(groupsOf.get(vm) ?? []), id]);
  for (const [host, here] of stays) {
    const grouped: { readonly group: string; readonly stay: Stay }[] = [];
    for (const stay of here) for (const group of groupsOf.get(stay.vm) ?? []) grouped.push({ group, stay });
    for (const [group, own] of listBy(grouped, (one) => one.group)) {
      own.forEach(({ stay }, i) => {
        for (const { stay: other } of own.slice(i + 1)) {
          const at = stay.vm.id === other.vm.id ? null : meeting(stay, other);
          if (at !== null) report("anti-affinity", at, `group ${group}`, `anti-affinity ${group} on ${host} at ${at}`);
        }
      });
    }
  }
  for (const group of problem.groups) checkMinUp(group, [...(members.get(group.id) ?? [])], inPatch, report);
}

/** A group names its members, and a VM its group: who is in either is in both. */
function membersOf(problem: Problem): ReadonlyMap<string, ReadonlySet<ProblemVm>> {
  const vms = new Map(problem.vms.map((vm) => [vm.id, vm]));
  const members = new Map<string, Set<ProblemVm>>();
  for (const group of problem.groups) members.set(group.id, new Set(group.members.flatMap((id) => vms.get(id) ?? [])));
  for (const vm of problem.vms) if (vm.group !== null) members.get(vm.group)?.add(vm);
  return members;
}

/** Only those who cannot leave are down, while their host is in patch; a live migration keeps its VM up. */
function checkMinUp(
  { id, minUp }: ProblemGroup,
  members: readonly ProblemVm[],
  inPatch: ReadonlyMap<string, readonly Span[]>,
  report: Report,
): void {
  if (minUp <= 0) return;
  const down = members.flatMap((vm) => (vm.migratable ? [] : (inPatch.get(vm.host) ?? [])));
  if (members.length < minUp) report("min-up", 0, `group ${id}`, `${id} below minUp at 0`);
  for (const { at } of moreThan(down, members.length - minUp))
    report("min-up", at, `group ${id}`, `${id} below minUp at ${at}`);
}
