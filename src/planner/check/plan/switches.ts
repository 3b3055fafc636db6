import type { ActOf } from "../../../domain/act.ts";
import type { Step } from "../../../domain/plan.ts";
import { type Play, told } from "./scene.ts";

/** Off: only what the facts ask to be off and is on. On again: only what is off, and after the last work on the pool's hosts. */
export function flipBegins(play: Play, step: Step, act: ActOf<"set-switch">): void {
  const { known, scene, report, plan } = play;
  const key = `${act.pool}/${act.name}`;
  const say = (text: string) => report("switch", step.start, key, `${told(step)}: ${text}`);
  const seen = known.pools.get(act.pool)?.switches.find(({ name }) => name === act.name);
  if (!seen) return;
  if (!seen.offDuringRun) say(`${act.name} is none of those that must be off during a run`);
  if (!seen.on) say(`${act.name} was off before the plan, and stays so`);
  if (scene.switches.get(key) !== (act.on ? "off" : "on")) say(`${act.name} is not ${act.on ? "off" : "on"}`);
  const away = [...scene.maintenance.keys()].filter((host) => known.hosts.get(host)?.pool.pool === act.pool);
  if (away.length > 0) say(`${away.join(", ")} of ${act.pool} is in maintenance`);
  const later = act.on
    ? plan.steps.find((other) => other.end > step.start && isHostWork(play, other, act.pool))
    : undefined;
  if (later) say(`${told(later)} still works on a host of ${act.pool} at ${later.start}`);
  scene.switches.set(key, "changing");
}

export function flipEnds({ scene }: Play, _step: Step, act: ActOf<"set-switch">): void {
  scene.switches.set(`${act.pool}/${act.name}`, act.on ? "on" : "off");
}

/** What takes a host of the pool out of service. Patches that go in beside its VMs disturb no switch. */
function isHostWork({ known }: Play, { act }: Step, pool: string): boolean {
  if (act.do === "enter-maintenance" || act.do === "leave-maintenance") return act.pool === pool;
  return act.do === "reboot" && known.hosts.get(act.machine)?.pool.pool === pool;
}
