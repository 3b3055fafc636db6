import type { ActOutcome } from "../../domain/act.ts";
import { isUp, machineOf } from "../read.ts";
import type { Scene } from "./deed.ts";
import { machinesOf } from "./machines-of.ts";

/** The machine stops answering. What other tasks did inside it breaks off. */
export function goDown(scene: Scene, name: string, why: string): void {
  const machine = machineOf(scene.truth, name);
  if (!isUp(machine)) return;
  machine.outages.push({ from: scene.truth.now, to: null, why });
  scene.log("down", name, why);
  for (const task of scene.truth.tasks) {
    if (task.id === scene.taskId || task.state !== "running" || !machinesOf(task.act).includes(name)) continue;
    task.state = "failed";
    task.endedAt = scene.truth.now;
    task.error = { code: "unreachable", message: `${name} went down meanwhile: ${why}.` };
    scene.log("failed", name, `${task.id} (${task.act.do}) broke off: ${why}`);
  }
}

/** The machine answers again, booted afresh: installed code becomes running code. */
export function comeUp(scene: Scene, name: string): void {
  const machine = machineOf(scene.truth, name);
  const outage = machine.outages.at(-1);
  if (outage?.to === null) outage.to = scene.truth.now;
  machine.bootedAt = scene.truth.now;
  machine.boots += 1;
  machine.runs = { ...machine.installed };
  scene.log("up", name, outage ? `down for ${seconds(outage.from, scene.truth.now)} s` : "started");
}

/** Outages of the machines that ended since the task began, in seconds. */
export function downtimes(scene: Scene, names: readonly string[]): ActOutcome["downtimes"] {
  return names.flatMap((machine) =>
    machineOf(scene.truth, machine).outages.flatMap(({ from, to }) =>
      to === null || to < scene.startedAt ? [] : [{ machine, seconds: seconds(from, to) }],
    ),
  );
}

function seconds(from: number, to: number): number {
  return Math.round((to - from) / 100) / 10;
}
