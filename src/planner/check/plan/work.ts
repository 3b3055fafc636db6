import type { ActOf, Component } from "../../../domain/act.ts";
import type { Step } from "../../../domain/plan.ts";
import { hasRole, sameText } from "./known.ts";
import { awakeOn, type Play, told } from "./scene.ts";
import { checkSwitches } from "./service.ts";

/** Parts that go in beside running VMs and need no restart of the machine by themselves. */
const inPlace: readonly Component[] = [
  "firmware-tooling",
  "storage-agent",
  "cluster-level",
  "datacenter-level",
  "functional-level",
  "storage-format",
  "nsx-finalize",
];

/** Does the act change virtual hardware only? Then the platform is told, and nothing happens in the guest. */
function isToldOnly({ known }: Play, { machine, patches }: ActOf<"patch">): boolean {
  return known.vms.has(machine) && patches.every(({ component }) => component === "virtual-hardware");
}

/** Must the machine be restarted for these patches, by the facts and the policy? Only VMs have virtual hardware. */
function needsRestart({ known }: Play, { machine, patches }: ActOf<"patch">): boolean {
  if (known.cluster.policy.reboots === "never" || !known.machines.get(machine)?.pending.reboot.needed) return false;
  const isVm = known.vms.has(machine);
  return patches.some(({ component }) => {
    if (component === undefined) return true;
    return component === "virtual-hardware" ? isVm : !inPlace.includes(component);
  });
}

/** Is a machine where a patcher can work on it? VMs must run; of their virtual hardware only the platform is told. */
function checkReachable(play: Play, step: Step, machine: string): void {
  const vm = play.scene.vms.get(machine);
  if (vm && vm.power !== "on") play.report("patches", step.start, machine, `${told(step)}: ${machine} does not run`);
  if (hasRole(play.known, machine, "controller"))
    play.report("patches", step.start, machine, `${told(step)}: ${machine} runs Tuesday itself (rule R71)`);
}

/** What came before in another stage must have been found healthy: else nobody knows what broke the machine. */
function checkProven({ scene, report }: Play, step: Step, machine: string): void {
  const before = scene.unproven.get(machine);
  if (before && before.stage !== step.stage)
    report(
      "health",
      step.start,
      machine,
      `${told(step)}: nobody looks at the health of ${machine} after ${told(before)}`,
    );
}

/** Patches are what the facts list, once, with a way back where the facts know one; a pooled host is empty for them. */
export function patchBegins(play: Play, step: Step, act: ActOf<"patch">): void {
  const { known, scene, report } = play;
  const say = (text: string) => report("patches", step.start, act.machine, `${told(step)}: ${text}`);
  const pending = known.machines.get(act.machine)?.pending;
  if (!pending) return;
  checkProven(play, step, act.machine);
  const wanted = new Set(pending.patches.map(sameText));
  const installed = scene.installed.get(act.machine) ?? new Set();
  for (const patch of act.patches) {
    const text = sameText(patch);
    if (!wanted.has(text)) say(`${patch.name} ${patch.from} → ${patch.to} is not pending on ${act.machine}`);
    if (installed.has(text)) say(`${patch.name} is installed on ${act.machine} twice`);
    installed.add(text);
  }
  scene.installed.set(act.machine, installed);
  if (act.patches.length === 0) say("it installs nothing");
  if (!isToldOnly(play, act)) checkReachable(play, step, act.machine);
  if (known.hosts.has(act.machine) && needsRestart(play, act) && scene.maintenance.get(act.machine) !== "in")
    report(
      "maintenance",
      step.start,
      act.machine,
      `${told(step)}: ${act.machine} must restart for it, and is not in maintenance`,
    );
  checkWayBack(play, step, act);
}

function checkWayBack({ known, scene, report }: Play, step: Step, act: ActOf<"patch">): void {
  const say = (text: string) => report("undo", step.start, act.machine, `${told(step)}: ${text}`);
  const possible = known.machines.get(act.machine)?.pending.backOut.possible === true;
  if (step.undo === null) {
    if (possible) say("the facts know a way back, the plan has none");
    return;
  }
  for (const back of step.undo.acts) {
    if (back.do === "revert-snapshot" && !scene.snapshots.has(`${back.vm}@${back.name}`))
      say(`its way back is the snapshot ${back.name} of ${back.vm}, which is not there`);
    if (back.do === "revert-patches" && !possible)
      say("its way back takes patches back, and the facts say that this cannot be");
    if (back.do === "revert-patches" && sameText(back.patches) !== sameText(act.patches))
      say("its way back takes other patches back than it installs");
    const about = "machine" in back ? back.machine : "vm" in back ? back.vm : null;
    if (about !== act.machine) say(`its way back is about ${about ?? "a pool"}`);
  }
}

export function patchEnds(play: Play, step: Step, act: ActOf<"patch">): void {
  if (needsRestart(play, act)) play.scene.unstarted.set(act.machine, step);
  if (!isToldOnly(play, act)) play.scene.unproven.set(act.machine, step);
}

/** Only where the facts ask for it and the policy allows it; a pooled host empty and in maintenance. */
export function rebootBegins(play: Play, step: Step, { machine }: ActOf<"reboot">): void {
  const { known, scene, report } = play;
  const say = (text: string) => report("reboot", step.start, machine, `${told(step)}: ${text}`);
  if (known.cluster.policy.reboots === "never") say("the policy says that nothing is rebooted");
  if (!known.machines.get(machine)?.pending.reboot.needed) say(`${machine} needs no reboot`);
  checkReachable(play, step, machine);
  checkProven(play, step, machine);
  const host = known.hosts.get(machine);
  if (host) {
    if (scene.maintenance.get(machine) !== "in") say(`${machine} is not in maintenance`);
    const left = awakeOn(scene, machine).map(({ name }) => name);
    if (left.length > 0) say(`${left.join(", ")} would go down with ${machine}`);
    checkSwitches(play, step, host.pool.pool);
  }
  scene.rebooting.add(machine);
}

export function rebootEnds({ scene }: Play, step: Step, { machine }: ActOf<"reboot">): void {
  scene.rebooting.delete(machine);
  scene.unstarted.delete(machine);
  scene.unproven.set(machine, step);
}

export function healthBegins({ scene, report }: Play, step: Step, { machine }: ActOf<"check-health">): void {
  const vm = scene.vms.get(machine);
  if (vm && vm.power !== "on")
    report("health", step.start, machine, `${told(step)}: ${machine} does not run, so nothing can be asked`);
}

export function healthEnds({ scene }: Play, _step: Step, { machine }: ActOf<"check-health">): void {
  scene.unproven.delete(machine);
}
