import type { Problem, ProblemVm } from "../../domain/problem.ts";
import type { Move } from "./entries.ts";
import type { Report } from "./report.ts";
import { moreThan } from "./spans.ts";

/** The migrations of each VM that has any, by start. */
export type Chains = ReadonlyMap<ProblemVm, readonly Move[]>;

export function chainsOf(moves: readonly Move[]): Chains {
  const chains = new Map<ProblemVm, Move[]>();
  for (const move of moves) {
    const chain = chains.get(move.vm);
    if (chain) chain.push(move);
    else chains.set(move.vm, [move]);
  }
  for (const chain of chains.values()) chain.sort((a, b) => a.from - b.from || a.to - b.to);
  return chains;
}

/** P6, P7, P8: each migration by itself, and all those of one VM as a chain from its start host. */
export function checkMoves(moves: readonly Move[], chains: Chains, report: Report): void {
  for (const { vm, src, dst, from, to } of moves) {
    if (!vm.migratable) report("not-migratable", from, `VM ${vm.id}`, `${vm.id} is not migratable`);
    else if (to - from < vm.migrateSeconds)
      report("migration-length", from, `VM ${vm.id}`, `${vm.id} migrates in ${to - from}s < ${vm.migrateSeconds}s`);
    if (src.id === dst.id) report("chain", from, `VM ${vm.id}`, `${vm.id} src=dst at ${from}`);
    if (src.pool !== dst.pool) report("pool", from, `VM ${vm.id}`, `${vm.id} leaves its pool at ${from}`);
  }
  for (const [vm, own] of chains) {
    let place = vm.host;
    let free = Number.NEGATIVE_INFINITY;
    for (const { src, dst, from, to } of own) {
      if (from < free) report("chain", from, `VM ${vm.id}`, `${vm.id} migrates twice at once at ${from}`);
      if (src.id !== place) report("chain", from, `VM ${vm.id}`, `${vm.id} is on ${place}, plan says ${src.id}`);
      place = dst.id;
      free = Math.max(free, to);
    }
  }
}

/** P12 and the limit over all hosts: a migration takes a slot on both of its hosts. */
export function checkSlots(problem: Problem, moves: readonly Move[], report: Report): void {
  const { limits } = problem;
  const most = limits.migrationsPerHost;
  const touching = new Map(problem.hosts.map((host) => [host, [] as Move[]]));
  for (const move of moves) {
    touching.get(move.src)?.push(move);
    touching.get(move.dst)?.push(move);
  }
  for (const [{ id }, spans] of touching)
    for (const { at } of moreThan(spans, most))
      report("slots", at, `host ${id}`, `more than ${most} migrations on ${id} at ${at}`);
  const all = limits.migrationsGlobal;
  if (all === null) return;
  for (const { at } of moreThan(moves, all))
    report("migrations-global", at, "all hosts", `more than ${all} migrations in all at ${at}`);
}
