import type { ActOf } from "../../../domain/act.ts";
import type { Step } from "../../../domain/plan.ts";
import { hasRole, type Known } from "./known.ts";
import { fitsOn } from "./room.ts";
import { inService, type Play, type SceneVm, told } from "./scene.ts";

/**
 * Rule R58: a move never brings two controllers of one domain to one host that were apart before. One exception,
 * told here because the facts force it: no other host of the pool that is in service has room and no controller.
 * In a pool of two hosts with a controller on each that is so whenever one of them is emptied.
 */
export function checkApart(play: Play, step: Step, act: ActOf<"migrate">, vm: SceneVm): void {
  const mates = matesOf(play.known, act.vm);
  if (mates.length === 0) return;
  const on = (host: string) =>
    mates.find((mate) => {
      const other = play.scene.vms.get(mate);
      return other && other.power !== "off" && (other.host === host || other.arriving === host);
    });
  const mate = on(act.to);
  if (mate === undefined || on(act.from) !== undefined) return;
  const better = play.known.vms
    .get(act.vm)
    ?.pool.hosts.find(({ host }) => host !== act.from && inService(play, host) && !on(host) && fitsOn(play, vm, host));
  if (!better) return;
  const text = `${act.vm} comes to ${act.to}, where ${mate} of the same domain is; ${better.host} has room and none of them (rule R58)`;
  play.report("apart", step.start, act.vm, `${told(step)}: ${text}`);
}

/** The other controllers of the VM's domain: those of its group; without a group, all that have none. */
function matesOf(known: Known, vm: string): readonly string[] {
  const groups = Object.values(known.cluster.groups).filter(({ kind }) => kind === "domain-controllers");
  const grouped = new Set(groups.flatMap(({ members }) => members));
  if (grouped.has(vm))
    return groups.flatMap(({ members }) => (members.includes(vm) ? members.filter((one) => one !== vm) : []));
  if (!hasRole(known, vm, "domain-controller")) return [];
  return Object.keys(known.cluster.vms).filter(
    (one) => one !== vm && !grouped.has(one) && hasRole(known, one, "domain-controller"),
  );
}
