import type { ActOf } from "../../../domain/act.ts";
import type { Step } from "../../../domain/plan.ts";
import { hasRole } from "./known.ts";
import { checkReserve } from "./pace.ts";
import { checkRoom } from "./room.ts";
import { inService, type Play, settle, told } from "./scene.ts";

/** A VM is down from the begin of its shutdown, and keeps its memory until the end. */
export function stopBegins({ known, scene, report }: Play, step: Step, act: ActOf<"stop-vm">): void {
  const vm = scene.vms.get(act.vm);
  if (!vm) return;
  const say = (text: string) => report("power", step.start, act.vm, `${told(step)}: ${text}`);
  if (vm.power !== "on") say(`${act.vm} does not run`);
  if (hasRole(known, act.vm, "controller")) say(`${act.vm} runs Tuesday itself (rule R71)`);
  vm.power = "changing";
}

export function stopEnds({ scene }: Play, _step: Step, act: ActOf<"stop-vm">): void {
  const vm = scene.vms.get(act.vm);
  if (vm) vm.power = "off";
}

/** A VM takes its memory from the begin of its start, and is up at the end. */
export function startBegins(play: Play, step: Step, act: ActOf<"start-vm">): void {
  const { known, scene, report } = play;
  const [vm, found] = [scene.vms.get(act.vm), known.vms.get(act.vm)];
  if (!vm || !found) return;
  const say = (text: string) => report("power", step.start, act.vm, `${told(step)}: ${text}`);
  if (vm.power !== "off") say(`${act.vm} is not switched off`);
  if (!found.seen.running) say(`${act.vm} was off before the plan, and stays so`);
  if (known.hosts.get(act.host)?.pool !== found.pool) say(`${act.host} is not in ${act.pool}`);
  else if (!inService(play, act.host)) say(`${act.host} is not in service`);
  // What ties a VM to its host for a live migration (a local disk, a device) may tie it there for a start too.
  const movable = found.seen.migratable.ok && found.pool.capabilities.liveMigration.ok;
  if (!movable && vm.host !== act.host) say(`${act.vm} was stopped on ${vm.host} and cannot be moved to ${act.host}`);
  settle(scene, vm, act.host);
  vm.power = "changing";
  checkRoom(play, act.host, step.start, told(step));
  checkReserve(play, step, act.pool);
}

/** Off and on again is a restart as well: new code runs from now on, and where it is done for that, it is looked at. */
export function startEnds({ scene, plan }: Play, step: Step, act: ActOf<"start-vm">): void {
  const vm = scene.vms.get(act.vm);
  if (vm) vm.power = "on";
  scene.unstarted.delete(act.vm);
  if (plan.stages.some(({ id, target }) => id === step.stage && target === act.vm)) scene.unproven.set(act.vm, step);
}
