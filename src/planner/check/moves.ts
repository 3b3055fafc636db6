import type { Problem } from "../../domain/problem.ts";
import type { Move } from "./entries.ts";
import type { Report } from "./report.ts";
import { listBy, moreThan } from "./spans.ts";

/** P6, P7, P8: each migration by itself, and all those of one VM as a chain from its start host. */
export function checkMoves(problem: Problem, moves: readonly Move[], report: Report): void {
  for (const { vm, src, dst, from, to } of moves) {
    if (!vm.migratable) report("not-migratable", from, `VM ${vm.id}`, `${vm.id} is not migratable`);
    else if (to - from < vm.migrateSeconds)
      report("migration-length", from, `VM ${vm.id}`, `${vm.id} migrates in ${to - from}s < ${vm.migrateSeconds}s`);
    if (src.id === dst.id) report("chain", from, `VM ${vm.id}`, `${vm.id} src=dst at ${from}`);
    if (src.pool !== dst.pool) report("pool", from, `VM ${vm.id}`, `${vm.id} leaves its pool at ${from}`);
  }
  const byVm = listBy(moves, ({ vm }) => vm.id);
  for (const vm of problem.vms) {
    let [place, free] = [vm.host, Number.NEGATIVE_INFINITY];
    for (const { src, dst, from, to } of inOrder(byVm.get(vm.id) ?? [])) {
      if (from < free) report("chain", from, `VM ${vm.id}`, `${vm.id} migrates twice at once at ${from}`);
      if (src.id !== place) report("chain", from, `VM ${vm.id}`, `${vm.id} is on ${place}, plan says ${src.id}`);
      place = dst.id;
      free = Math.max(free, to);
    }
  }
}

export function inOrder(moves: readonly Move[]): readonly Move[] {
  return [...moves].sort((a, b) => a.from - b.from || a.to - b.to);
}

/** P12 and the limit over all hosts: a migration takes a slot on both of its hosts. */
export function checkSlots({ limits }: Problem, moves: readonly Move[], report: Report): void {
  const most = limits.migrationsPerHost;
  const touches = moves.flatMap(({ src, dst, from, to }) => [
    { host: src.id, from, to },
    { host: dst.id, from, to },
  ]);
  for (const [host, spans] of listBy(touches, (touch) => touch.host))
    for (const { at } of moreThan(spans, most))
      report("slots", at, `host ${host}`, `more than ${most} migrations on ${host} at ${at}`);
  const all = limits.migrationsGlobal;
  if (all === null) return;
  for (const { at } of moreThan(moves, all))
    report("migrations-global", at, "all hosts", `more than ${all} migrations in all at ${at}`);
}
