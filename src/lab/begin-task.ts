import { type Act, actTarget } from "../domain/act.ts";
import { type Deed, firstTrouble } from "./acts/deed.ts";
import { deedOf } from "./acts/index.ts";
import { machinesOf } from "./acts/machines-of.ts";
import { wearOut } from "./faults.ts";
import { sceneOf, write } from "./scene.ts";
import type { Task, Trouble, Truth } from "./truth.ts";

/**
 * Begins an act, always: the same tag or the same act a second time begins a second task. What breaks
 * a rule of the world becomes a failed task. Throws `NotInEstate` for unknown names; then nothing began.
 */
export function beginTask(truth: Truth, tag: string, act: Act): Task {
  const deed = deedOf(act);
  const trouble = deed.check(truth) ?? atWork(truth, act);
  const task = newTask(truth, tag, act);
  truth.tasks.push(task);
  write(truth, { event: "begun", task: task.id, tag, act, machine: actTarget(act), text: act.do });
  const doom = trouble ? { trouble, share: 0 } : doomOf(truth, act);
  if (doom?.share === 0) {
    task.doom = doom;
    task.dueAt = truth.now;
    return task;
  }
  schedule(truth, task, deed, doom);
  deed.begin?.(sceneOf(truth, task));
  return task;
}

function schedule(truth: Truth, task: Task, deed: Deed, doom: Task["doom"]): void {
  const slow = wearOut(truth, "slow", task.act)?.what;
  const factor = slow?.kind === "slow" ? slow.factor : 1;
  const stuck = task.act.do === "reboot" ? wearOut(truth, "never-back", task.act) : undefined;
  task.doom = doom;
  task.stuckBy = stuck?.id ?? null;
  task.dueAt = stuck ? null : truth.now + Math.round(deed.seconds(truth) * 1000 * factor * (doom?.share ?? 1));
}

function doomOf(truth: Truth, act: Act): Task["doom"] {
  const fault = wearOut(truth, "fail-task", act)?.what;
  if (fault?.kind !== "fail-task") return null;
  return { trouble: { code: fault.code, message: fault.message }, share: fault.afterShare };
}

/** One task at a time works on a machine. */
function atWork(truth: Truth, act: Act): Trouble | null {
  const wanted = machinesOf(act);
  const other = truth.tasks.find(
    (task) => task.state === "running" && machinesOf(task.act).some((name) => wanted.includes(name)),
  );
  return firstTrouble([
    [
      other !== undefined,
      "conflict",
      `${other?.id} (${other?.act.do}, tag ${other?.tag}) is at work on ${actTarget(act)}.`,
    ],
  ]);
}

function newTask(truth: Truth, tag: string, act: Act): Task {
  return {
    id: `task-${truth.tasks.length + 1}`,
    tag,
    act,
    state: "running",
    startedAt: truth.now,
    dueAt: null,
    endedAt: null,
    doom: null,
    stuckBy: null,
    error: null,
    outcome: null,
  };
}
