import type { Problem } from "../../domain/problem.ts";
import type { Patch } from "./entries.ts";
import type { Report } from "./report.ts";
import { listBy, moreThan, type Span } from "./spans.ts";

/** P3, P4, P5, and the order between hosts. */
export function checkPatches(problem: Problem, patches: readonly Patch[], report: Report): void {
  const byHost = listBy(patches, ({ host }) => host.id);
  for (const { id, patchSeconds } of problem.hosts) {
    const own = byHost.get(id) ?? [];
    const where = `host ${id}`;
    if (patchSeconds === null) {
      for (const { from } of own) report("patch-not-needed", from, where, `${id} has a patch entry and needs none`);
      continue;
    }
    if (own.length === 0) report("patched-once", null, where, `${id} never patched`);
    if (own.length > 1) report("patched-once", own[1]?.from ?? null, where, `${id} patched twice`);
    for (const { from, to } of own)
      if (to - from < patchSeconds)
        report("patch-length", from, where, `${id} patch too short: ${to - from}s < ${patchSeconds}s`);
  }
  const hosts = new Map(problem.hosts.map((host) => [host.id, host]));
  for (const [before, after] of problem.precedes) {
    const first = byHost.get(before) ?? [];
    // A patch in place runs from 0; a host with nothing pending has ended at 0; one never patched is told above.
    const ended = first.reduce((latest, { to }) => Math.max(latest, to), hosts.get(before)?.inPlaceSeconds ?? 0);
    for (const { from } of byHost.get(after) ?? [])
      if (from < ended)
        report(
          "precedes",
          from,
          `host ${after}`,
          `${after} starts its patch at ${from}, before ${before} ends at ${ended}`,
        );
  }
}

/** The limits on hosts in patch at once. `inPatch`: by host, each instant once. */
export function checkMaintenance(
  problem: Problem,
  inPatch: ReadonlyMap<string, readonly Span[]>,
  report: Report,
): void {
  const spans = problem.hosts.flatMap(({ id, pool, domain }) =>
    (inPatch.get(id) ?? []).map(({ from, to }) => ({ pool, domain, from, to })),
  );
  const { maintenancePerPool: perPool, maintenancePerDomain: perDomain } = problem.limits;
  if (perPool !== null)
    for (const [pool, own] of listBy(spans, (span) => span.pool))
      for (const { at, count } of moreThan(own, perPool))
        report(
          "maintenance-per-pool",
          at,
          `pool ${pool}`,
          `${count} hosts of ${pool} in patch at ${at}, at most ${perPool}`,
        );
  if (perDomain === null) return;
  const placed = spans.filter((span) => span.domain !== null);
  for (const [domain, own] of listBy(placed, (span) => span.domain ?? ""))
    for (const { at, count } of moreThan(own, perDomain))
      report(
        "maintenance-per-domain",
        at,
        `domain ${domain}`,
        `${count} hosts of ${domain} in patch at ${at}, at most ${perDomain}`,
      );
}
