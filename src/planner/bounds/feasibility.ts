import type { Problem } from "../../domain/problem.ts";
import { findForbidden, type Infeasible } from "./forbidden.ts";
import { findQuickObstacle } from "./obstacles.ts";
import { measurePools } from "./pool-figures.ts";
import { suggestStops } from "./remedy.ts";
import { searchObstacle } from "./search-obstacle.ts";

export type { Infeasible };

const mostNamed = 5;

/**
 * Proof that no plan exists for the problem (planning.md 3, feasibility), or null when none was found. null promises
 * nothing: pools of more than 16 movable VMs are tested for room only and those of more than 40 only in sum and by
 * sizes; each host gets searches of `nodeLimit` arrangements. To leave rules out keeps proofs valid: `newerOnly`, the
 * room that other hosts in patch lack, and the order (but for circles) are left out.
 */
export function proveInfeasible(problem: Problem, nodeLimit: number): Infeasible | null {
  const pools = measurePools(problem);
  const forbidden = findForbidden(problem, pools);
  if (forbidden) return forbidden;
  for (const pool of pools) {
    const passed = new Set<string>();
    for (const target of pool.pending) {
      const emptying = { pool, target, stopped: new Set<string>() };
      const obstacle = findQuickObstacle(emptying, passed) ?? searchObstacle(emptying, { left: nodeLimit }).obstacle;
      if (obstacle === null) continue;
      const also = pool.pending.filter((one) => one !== target && findQuickObstacle({ ...emptying, target: one }));
      const names = also.map((one) => one.host.id);
      const more = names.length > mostNamed ? `, and ${names.length - mostNamed} more` : "";
      const others = names.length === 0 ? "" : `; neither can ${names.slice(0, mostNamed).join(", ")}${more}`;
      const host = target.host.id;
      const why = `host ${host} cannot be emptied: ${obstacle}${others}`;
      return { pool: pool.pool, host, why, remedy: suggestStops(emptying, 10 * nodeLimit) };
    }
  }
  return null;
}
