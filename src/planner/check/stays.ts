import type { Problem, ProblemVm } from "../../domain/problem.ts";
import type { Move } from "./entries.ts";
import { inOrder } from "./moves.ts";
import { listBy, type Span } from "./spans.ts";

/** One VM that occupies one host. */
export interface Stay extends Span {
  readonly vm: ProblemVm;
  readonly host: string;
}

/**
 * Who occupies what, and when (2.1 rules 3 and 6): a VM is on its start host from 0; a migration occupies the
 * target from its start on, the source until its end. A chain that is broken is replayed as it is written.
 */
export function staysOf(problem: Problem, moves: readonly Move[]): readonly Stay[] {
  const byVm = listBy(moves, ({ vm }) => vm.id);
  const stays: Stay[] = [];
  for (const vm of problem.vms) {
    let [host, since] = [vm.host, 0];
    for (const { src, dst, from, to } of vm.migratable ? inOrder(byVm.get(vm.id) ?? []) : []) {
      stays.push({ vm, host, from: since, to });
      if (src.id !== host) stays.push({ vm, host: src.id, from, to });
      [host, since] = [dst.id, from];
    }
    stays.push({ vm, host, from: since, to: Number.POSITIVE_INFINITY });
  }
  return stays;
}
