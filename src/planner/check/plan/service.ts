import type { ActOf } from "../../../domain/act.ts";
import type { Step } from "../../../domain/plan.ts";
import { checkAway, checkReserve } from "./pace.ts";
import { awakeOn, type Play, told } from "./scene.ts";

/** A host goes out of service: it is empty, nobody else has it, and what fights a reboot is off. */
export function enterBegins(play: Play, step: Step, act: ActOf<"enter-maintenance">): void {
  const { known, scene, report } = play;
  const found = known.hosts.get(act.host);
  if (!found) return;
  const say = (text: string) => report("maintenance", step.start, act.host, `${told(step)}: ${text}`);
  const { seen, pool } = found;
  if (!pool.capabilities.maintenance.ok)
    say(`${act.pool} has no maintenance mode: ${pool.capabilities.maintenance.why}`);
  if (!seen.online) say(`${act.host} is offline`);
  if (seen.maintenance) say(`${seen.maintenanceBy ?? "somebody else"} has ${act.host} in maintenance (rule R48)`);
  if (scene.maintenance.has(act.host)) say(`${act.host} is in maintenance already`);
  const left = awakeOn(scene, act.host).map(({ name }) => name);
  if (left.length > 0) say(`${left.join(", ")} still ${left.length === 1 ? "runs" : "run"} on ${act.host}`);
  checkSwitches(play, step, act.pool);
  scene.maintenance.set(act.host, "entering");
  checkAway(play, step, act);
  checkReserve(play, step, act.pool);
}

export function enterEnds({ scene }: Play, _step: Step, act: ActOf<"enter-maintenance">): void {
  scene.maintenance.set(act.host, "in");
}

export function leaveBegins({ scene, report }: Play, step: Step, act: ActOf<"leave-maintenance">): void {
  const say = (text: string) => report("maintenance", step.start, act.host, `${told(step)}: ${text}`);
  if (scene.maintenance.get(act.host) !== "in") say(`${act.host} is not in maintenance`);
  const unproven = scene.unproven.get(act.host);
  if (unproven) {
    const text = `${act.host} goes back into service, and nobody has looked at its health since ${told(unproven)}`;
    report("health", step.start, act.host, `${told(step)}: ${text}`);
  }
  scene.maintenance.set(act.host, "leaving");
}

export function leaveEnds({ scene }: Play, _step: Step, act: ActOf<"leave-maintenance">): void {
  scene.maintenance.delete(act.host);
}

/** High availability and balancing must not answer to a host that goes down on purpose (rules R20, T3). */
export function checkSwitches({ known, scene, report }: Play, step: Step, pool: string): void {
  for (const { name, on, offDuringRun, why } of known.pools.get(pool)?.switches ?? [])
    if (on && offDuringRun && scene.switches.get(`${pool}/${name}`) !== "off")
      report("switch", step.start, `${pool}/${name}`, `${told(step)}: ${name} of ${pool} is still on: ${why}`);
}
