import type { ActOf } from "../../../domain/act.ts";
import type { Step } from "../../../domain/plan.ts";
import { type Play, told } from "./scene.ts";

/** Only where pool, VM and policy allow one, and under a name that is free. */
export function snapshotBegins({ known, scene, report }: Play, step: Step, act: ActOf<"snapshot">): void {
  const found = known.vms.get(act.vm);
  if (!found) return;
  const say = (text: string) => report("snapshot", step.start, act.vm, `${told(step)}: ${text}`);
  const { snapshot } = found.pool.capabilities;
  if (known.cluster.policy.snapshots === "never") say("the policy says that no snapshots are taken");
  if (!snapshot.ok) say(`${act.pool} cannot take snapshots: ${snapshot.why}`);
  if (!found.seen.snapshotable.ok) say(`${act.vm} must have no snapshot: ${found.seen.snapshotable.why}`);
  if (scene.snapshots.has(`${act.vm}@${act.name}`)) say(`${act.vm} has a snapshot ${act.name} already`);
}

export function snapshotEnds({ scene }: Play, _step: Step, act: ActOf<"snapshot">): void {
  scene.snapshots.add(`${act.vm}@${act.name}`);
}

/** Only what the plan has taken itself, and not before the machine is found healthy. */
export function removalBegins({ known, scene, report }: Play, step: Step, act: ActOf<"remove-snapshot">): void {
  const say = (text: string) => report("snapshot", step.start, act.vm, `${told(step)}: ${text}`);
  if (!scene.snapshots.has(`${act.vm}@${act.name}`)) say(`${act.vm} has no snapshot ${act.name}`);
  if (known.vms.get(act.vm)?.seen.snapshots.includes(act.name)) say(`somebody else took ${act.name} of ${act.vm}`);
  const unproven = scene.unproven.get(act.vm);
  if (unproven) {
    const text = `the way back of ${act.vm} goes, and nobody has looked at its health since ${told(unproven)}`;
    report("health", step.start, act.vm, `${told(step)}: ${text}`);
  }
}

export function removalEnds({ scene }: Play, _step: Step, act: ActOf<"remove-snapshot">): void {
  scene.snapshots.delete(`${act.vm}@${act.name}`);
}
