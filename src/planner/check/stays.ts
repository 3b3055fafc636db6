import type { Problem, ProblemVm } from "../../domain/problem.ts";
import type { Chains } from "./moves.ts";
import type { Load } from "./spans.ts";

/** One VM that occupies one host, with what it takes there. */
export interface Stay extends Load {
  readonly vm: ProblemVm;
  readonly host: string;
}

/**
 * Who occupies what, and when (2.1 rules 3 and 6): a VM is on its start host from 0; a migration occupies the
 * target from its start on, the source until its end. A chain that is broken is replayed as it is written.
 */
export function staysOf(problem: Problem, chains: Chains): readonly Stay[] {
  const stays: Stay[] = [];
  const stay = (vm: ProblemVm, host: string, from: number, to: number) =>
    stays.push({ vm, host, from, to, cpu: vm.cpu, memory: vm.memory });
  for (const vm of problem.vms) {
    let host = vm.host;
    let since = 0;
    for (const { src, dst, from, to } of vm.migratable ? (chains.get(vm) ?? []) : []) {
      stay(vm, host, since, to);
      if (src.id !== host) stay(vm, src.id, from, to);
      host = dst.id;
      since = from;
    }
    stay(vm, host, since, Number.POSITIVE_INFINITY);
  }
  return stays;
}
