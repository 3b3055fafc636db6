import type { FaultKind } from "../fault.ts";
import { matchesAct } from "../faults.ts";
import type { Truth } from "../truth.ts";
import type { World } from "../world.ts";
import type { Wish } from "./request.ts";

const connectionFaults = ["http-503", "reset", "hang", "reply-lost"] as const satisfies readonly FaultKind[];
export type Interference = (typeof connectionFaults)[number];

/** The fault of the connection that hits this request, if any; takes one hit off it. Tests' own requests are spared. */
export function interferenceOf(world: World, wish: Wish): Interference | null {
  if (!["pool", "machine", "begin", "tasks", "task"].includes(wish.want)) return null;
  const truth = world.state();
  const method = wish.want === "begin" ? "POST" : "GET";
  for (const kind of connectionFaults) {
    const fault = truth.faults.find(
      ({ what, left }) =>
        what.kind === kind &&
        left !== 0 &&
        (what.match.method ?? method) === method &&
        concerns(truth, what.match, wish),
    );
    if (!fault?.left) continue;
    fault.left -= 1;
    world.touched();
    return kind;
  }
  return null;
}

function concerns(truth: Truth, match: { do?: string | undefined; machine?: string | undefined }, wish: Wish): boolean {
  if (match.do === undefined && match.machine === undefined) return true;
  switch (wish.want) {
    case "pool":
    case "machine":
      return match.do === undefined && match.machine === wish.name;
    case "begin":
      return matchesAct(match, wish.act);
    case "tasks":
      return truth.tasks.some(({ tag, act }) => tag === wish.tag && matchesAct(match, act));
    case "task":
      return truth.tasks.some(({ id, act }) => id === wish.id && matchesAct(match, act));
    default:
      return false;
  }
}
