import type { Problem, ProblemHost } from "../../domain/problem.ts";
import type { Move, Patch } from "./entries.ts";
import type { Report } from "./report.ts";
import { levelsOf, listBy, meeting, type Span } from "./spans.ts";
import type { Stay } from "./stays.ts";

/** P9 and P10: nobody who could have left is on a host in patch, and no host holds more than it has. */
export function checkHosts(
  problem: Problem,
  stays: ReadonlyMap<string, readonly Stay[]>,
  inPatch: ReadonlyMap<string, readonly Span[]>,
  report: Report,
): void {
  for (const host of problem.hosts) {
    const here = stays.get(host.id) ?? [];
    for (const patch of inPatch.get(host.id) ?? [])
      for (const stay of here) {
        const at = stay.vm.migratable ? meeting(stay, patch) : null;
        if (at !== null) report("empty-host", at, `host ${host.id}`, `${stay.vm.id} on ${host.id} during its patch`);
      }
    for (const { at, begins, cpu, memory } of levelsOf(here))
      if (begins && (cpu > host.cpu || memory > host.memory))
        report(
          "capacity",
          at,
          `host ${host.id}`,
          `capacity of ${host.id} at ${at}: cpu ${cpu}/${host.cpu} mem ${memory}/${host.memory}`,
        );
  }
}

/**
 * `newerOnly`: a VM that is on a patched host may not go to one that still waits. Patched: its patch has ended,
 * or it never needed to be emptied; waiting: its patch has not begun.
 */
export function checkNewerOnly(
  problem: Problem,
  moves: readonly Move[],
  patches: readonly Patch[],
  report: Report,
): void {
  const pools = new Set(problem.newerOnly);
  if (pools.size === 0) return;
  const byHost = listBy(patches, ({ host }) => host.id);
  const patched = ({ id, patchSeconds }: ProblemHost, at: number) =>
    patchSeconds === null || (byHost.get(id) ?? []).some(({ to }) => to <= at);
  const waits = ({ id, patchSeconds }: ProblemHost, at: number) =>
    patchSeconds !== null && (byHost.get(id) ?? []).every(({ from }) => from > at);
  for (const { vm, src, dst, from } of moves)
    if (pools.has(dst.pool) && patched(src, from) && waits(dst, from))
      report(
        "newer-only",
        from,
        `VM ${vm.id}`,
        `${vm.id} goes back from ${src.id} to ${dst.id}, not yet patched, at ${from}`,
      );
}
