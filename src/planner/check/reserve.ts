import type { Problem, ProblemHost } from "../../domain/problem.ts";
import type { Report } from "./report.ts";
import { levelsOf, type Span } from "./spans.ts";
import type { Stay } from "./stays.ts";

interface Room {
  readonly cpu: number;
  readonly memory: number;
}

const none: Room = { cpu: 0, memory: 0 };

/**
 * The reserve of a pool: what is free on its hosts that are not in patch, added up, at any instant. Written as
 * changes of the room of single hosts, so that each instant costs as much as it changes.
 */
export function checkReserve(
  problem: Problem,
  stays: ReadonlyMap<string, readonly Stay[]>,
  inPatch: ReadonlyMap<string, readonly Span[]>,
  report: Report,
): void {
  for (const [pool, reserve] of Object.entries(problem.reserve)) {
    const hosts = problem.hosts.filter((host) => host.pool === pool);
    const changes = hosts.flatMap((host) => roomOf(host, stays.get(host.id) ?? [], inPatch.get(host.id) ?? []));
    changes.sort((a, b) => a.at - b.at);
    let [cpu, memory] = [0, 0];
    changes.forEach((change, i) => {
      cpu += change.cpu;
      memory += change.memory;
      if (changes[i + 1]?.at === change.at || change.at < 0) return;
      if (cpu >= reserve.cpu && memory >= reserve.memory) return;
      const text = `reserve of ${pool} at ${change.at}: cpu ${cpu}/${reserve.cpu} mem ${memory}/${reserve.memory} free`;
      report("reserve", change.at, `pool ${pool}`, text);
    });
  }
}

/** How the room that a host offers changes, from nothing before 0; none while it is in patch. */
function roomOf(
  host: ProblemHost,
  stays: readonly Stay[],
  patches: readonly Span[],
): readonly (Room & { readonly at: number })[] {
  const used = levelsOf(stays);
  const instants = new Set([0, ...used.map(({ at }) => at), ...patches.flatMap(({ from, to }) => [from, to])]);
  let before = none;
  let next = 0;
  let level = none;
  return [...instants]
    .sort((a, b) => a - b)
    .map((at) => {
      for (; (used[next]?.at ?? Number.POSITIVE_INFINITY) <= at; next += 1) level = used[next] ?? none;
      const out = patches.some(({ from, to }) => from <= at && at < to);
      const now = out ? none : { cpu: host.cpu - level.cpu, memory: host.memory - level.memory };
      const change = { at, cpu: now.cpu - before.cpu, memory: now.memory - before.memory };
      before = now;
      return change;
    });
}
