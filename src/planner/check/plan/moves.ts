import type { ActOf } from "../../../domain/act.ts";
import type { Step } from "../../../domain/plan.ts";
import { checkApart } from "./controllers.ts";
import { hasRole } from "./known.ts";
import { checkReserve } from "./pace.ts";
import { checkRoom } from "./room.ts";
import { inService, type Play, settle, told } from "./scene.ts";

/** A live migration begins: the VM is where the plan says, may leave, and is welcome. It is on both hosts from now on. */
export function migrationBegins(play: Play, step: Step, act: ActOf<"migrate">): void {
  const { known, scene, report } = play;
  const say = (text: string) => report("migration", step.start, act.vm, `${told(step)}: ${text}`);
  const [vm, found] = [scene.vms.get(act.vm), known.vms.get(act.vm)];
  if (!vm || !found) return;
  if (vm.host !== act.from) say(`${act.vm} is on ${vm.host}, not on ${act.from}`);
  if (vm.power !== "on") say(`${act.vm} does not run`);
  if (vm.arriving !== null) say(`${act.vm} is on its way to ${vm.arriving} already`);
  if (act.from === act.to) say("it goes nowhere");
  if (!found.pool.capabilities.liveMigration.ok)
    say(`${act.pool} cannot move VMs: ${found.pool.capabilities.liveMigration.why}`);
  if (!found.seen.migratable.ok) say(`${act.vm} cannot be moved: ${found.seen.migratable.why}`);
  if (hasRole(known, act.vm, "storage-controller")) say(`${act.vm} serves the disks of its host (rule R76)`);
  if (known.hosts.get(act.to)?.pool !== found.pool) say(`${act.to} is not in ${act.pool}`);
  else if (!inService(play, act.to)) say(`${act.to} is not in service`);
  checkApart(play, step, act, vm);
  vm.arriving = act.to;
  scene.on.get(act.to)?.add(vm);
  checkRoom(play, act.to, step.start, told(step));
  checkReserve(play, step, act.pool);
}

export function migrationEnds({ scene }: Play, _step: Step, act: ActOf<"migrate">): void {
  const vm = scene.vms.get(act.vm);
  if (vm) settle(scene, vm, act.to);
}
