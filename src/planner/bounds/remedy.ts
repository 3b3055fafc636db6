import type { ProblemVm } from "../../domain/problem.ts";
import { countOf, showAmount } from "./figures-text.ts";
import { type Emptying, findQuickObstacle, sumUp } from "./obstacles.ts";
import type { Budget } from "./pack.ts";
import { resources } from "./pool-figures.ts";
import { mostToPack, searchObstacle } from "./search-obstacle.ts";

/**
 * The least that lets a host be emptied: one VM that is shut down while the host is patched, the smallest that helps,
 * or else two. Small pools are searched exactly; in others it is only said what sums and sizes say. A VM stopped on
 * the host itself stays there; one stopped elsewhere finds its place again when all moves are undone (see reachEmpty).
 */
export function suggestStops(emptying: Emptying, nodeLimit: number): string {
  const { target } = emptying;
  const minutes = Math.max(1, Math.ceil(target.seconds / 60));
  const budget = { left: nodeLimit };
  for (const vms of listCandidates(emptying)) {
    const tried = tryStops(emptying, vms, budget);
    if (tried === "no") continue;
    const names = vms.map((vm) => vm.id).join(" and ");
    if (tried === "yes") return `with ${names} stopped for ${minutes} min, host ${target.host.id} can be emptied`;
    return `with ${names} stopped for ${minutes} min, the other hosts have room enough for the rest, as far as can be said without trying all arrangements`;
  }
  return suggestRoom(emptying, minutes);
}

function tryStops(emptying: Emptying, vms: readonly ProblemVm[], budget: Budget): "yes" | "no" | "perhaps" {
  const stopped = new Set([...emptying.stopped, ...vms.map((vm) => vm.id)]);
  const less = { ...emptying, stopped };
  if (findQuickObstacle(less) !== null) return "no";
  const { obstacle, emptied } = searchObstacle(less, budget);
  if (obstacle !== null) return "no";
  return emptied ? "yes" : "perhaps";
}

/** Each VM, smallest first, then, in pools small enough to search, each two. Of equals those on the host come first. */
function* listCandidates({ pool, target }: Emptying): Generator<readonly ProblemVm[]> {
  const share = (vm: ProblemVm) => Math.max(...resources.map((one) => vm[one] / (pool.capacity[one] || 1)));
  const here = (vm: ProblemVm) => (vm.host === target.host.id ? 0 : 1);
  const byName = [...pool.movable].sort((a, b) => (a.id < b.id ? -1 : 1));
  const singles = byName.sort((a, b) => share(a) - share(b) || here(a) - here(b));
  for (const vm of singles) yield [vm];
  if (singles.length > mostToPack) return;
  const pairs = singles.flatMap((a, i) => singles.slice(i + 1).map((b) => [a, b] as const));
  const size = ([a, b]: readonly [ProblemVm, ProblemVm]) => share(a) + share(b);
  pairs.sort((a, b) => size(a) - size(b) || here(a[0]) + here(a[1]) - here(b[0]) - here(b[1]));
  yield* pairs;
}

function suggestRoom(emptying: Emptying, minutes: number): string {
  const missing = resources.flatMap((one) => {
    const { needed, offered } = sumUp(emptying, one);
    return needed > offered ? [showAmount(one, needed - offered)] : [];
  });
  const { pool, target } = emptying;
  if (missing.length === 0)
    return `no two VMs are enough: stop more of them for ${minutes} min while host ${target.host.id} is patched, or add a host to pool ${pool.pool}`;
  const hosts = countOf(pool.hosts.length - 1, "other host");
  return `stop VMs that hold ${missing.join(" and ")} or more for ${minutes} min while host ${target.host.id} is patched, or give the ${hosts} that much more`;
}
