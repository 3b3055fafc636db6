import type { Problem, ProblemAction } from "../../src/domain/problem.ts";

/** One pool of a problem as a problem of its own. */
export function poolOf(problem: Problem, pool: string): Problem {
  const hosts = problem.hosts.filter((host) => host.pool === pool);
  const hostIds = new Set(hosts.map(({ id }) => id));
  const vms = problem.vms.filter((vm) => hostIds.has(vm.host));
  const vmIds = new Set(vms.map(({ id }) => id));
  const groups = problem.groups
    .map((group) => ({ ...group, members: group.members.filter((id) => vmIds.has(id)) }))
    .filter(({ members }) => members.length > 0)
    .map((group) => ({ ...group, minUp: Math.min(group.minUp, group.members.length) }));
  return { ...problem, hosts, vms, groups };
}

export interface Event {
  readonly problem: Problem;
  /** What was planned for later, shifted to begin at 0. */
  readonly left: readonly ProblemAction[];
  /** The part of it that the event does not touch. */
  readonly untouched: readonly ProblemAction[];
}

/**
 * The problem that is left at second `at`, when one of the patches under way will last longer. Patches that run go on
 * with what they still need; migrations that run count as done. Null when no patch runs at that second.
 */
export function overrunAt(
  problem: Problem,
  actions: readonly ProblemAction[],
  at: number,
  longer: number,
): Event | null {
  const begun = [...actions].filter(({ start }) => start < at).sort((a, b) => a.start - b.start);
  const places = new Map(problem.vms.map((vm) => [vm.id, vm.host]));
  const restOf = new Map<string, number>();
  for (const action of begun) {
    if (action.type === "migrate") places.set(action.vm, action.dst);
    else restOf.set(action.host, Math.max(0, action.end - at));
  }
  const late = [...restOf].find(([, rest]) => rest > 0)?.[0];
  if (late === undefined) return null;
  const hosts = problem.hosts.map((host) => {
    const rest = restOf.get(host.id);
    const seconds = rest === undefined ? host.patchSeconds : rest + (host.id === late ? longer : 0);
    return { ...host, patchSeconds: seconds === 0 ? null : seconds };
  });
  const vms = problem.vms.map((vm) => ({ ...vm, host: places.get(vm.id) ?? vm.host }));
  const left = actions
    .filter(({ start }) => start >= at)
    .map((action) => ({ ...action, start: action.start - at, end: action.end - at }));
  const touches = (action: ProblemAction) =>
    action.type === "patch" ? action.host === late : action.src === late || action.dst === late;
  return { problem: { ...problem, hosts, vms }, left, untouched: left.filter((action) => !touches(action)) };
}

/** Share of these actions that a new plan has too: the same act on the same machines, whenever it starts. */
export function shareKept(untouched: readonly ProblemAction[], planned: readonly ProblemAction[]): number {
  const nameOf = (action: ProblemAction) =>
    action.type === "patch" ? `patch ${action.host}` : `migrate ${action.vm} ${action.src} ${action.dst}`;
  const kept = new Set(planned.map(nameOf));
  return untouched.filter((action) => kept.has(nameOf(action))).length / Math.max(1, untouched.length);
}
