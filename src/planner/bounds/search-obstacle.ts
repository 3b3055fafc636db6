import { countOf, showAmount, showNumber } from "./figures-text.ts";
import type { Emptying, Obstacle } from "./obstacles.ts";
import { type Budget, packWithout } from "./pack.ts";
import { type Resource, resources } from "./pool-figures.ts";
import { type Reach, reachEmpty } from "./reach.ts";
import { layOut, type Yard } from "./yard.ts";

/** Movable VMs of a pool, up to which a search is tried: above, it ends within a limit only by luck. */
export const mostToPack = 40;
const mostToMove = 16;

export interface Searched {
  readonly obstacle: Obstacle;
  /** Migrations were found that empty the host. */
  readonly emptied: boolean;
}

/** (c) and (d): exact packing, and exact reachability, for small pools and as far as the budget goes. */
export function searchObstacle({ pool, target, stopped }: Emptying, budget: Budget): Searched {
  if (pool.movable.length - stopped.size > mostToPack) return { obstacle: null, emptied: false };
  const yard = layOut(pool, stopped);
  const count = yard.vms.length;
  const host = pool.hosts.findIndex(({ id }) => id === target.host.id);
  const others = countOf(pool.hosts.length - 1, "other host");
  // Half of it, so that a long search for a packing leaves something for the exact one.
  const half = { left: Math.floor(budget.left / 2) };
  budget.left -= half.left;
  const packed = packWithout(yard, host, half);
  budget.left += Math.max(0, half.left);
  if (packed === "no") {
    const obstacle = `its pool's ${countOf(count, "VM")} that move cannot be arranged on the ${others} at once, in whatever way`;
    return { obstacle, emptied: false };
  }
  if (count > mostToMove) return { obstacle: null, emptied: false };
  const reach = reachEmpty(yard, host, budget);
  if (reach.found === "no") return { obstacle: explainReach(yard, reach), emptied: false };
  return { obstacle: null, emptied: reach.found === "yes" };
}

function explainReach(yard: Yard, { seen, stuck, cpuGap, memoryGap }: Reach): string {
  const all =
    seen === 1
      ? "no migration at all can begin"
      : `none of the ${showNumber(seen)} arrangements that live migrations can reach leaves it empty`;
  const gap: Readonly<Record<Resource, number>> = { cpu: cpuGap, memory: memoryGap };
  for (const place of stuck) {
    const vm = yard.vms[place];
    for (const one of resources)
      if (vm && vm[one] > gap[one])
        return `${vm.id} needs ${showAmount(one, vm[one])}, the largest gap that moves can make on another host is ${showAmount(one, gap[one])}; ${all}`;
  }
  const names = stuck.flatMap((place) => yard.vms[place]?.id ?? []);
  if (names.length === 0) return `${all}, though there would be room in sum`;
  const [first = ""] = names;
  return `${all}: ${first}${names.length > 1 ? ` and ${showNumber(names.length - 1)} more` : ""} can never leave`;
}
