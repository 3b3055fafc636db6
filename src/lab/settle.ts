import { actTarget } from "../domain/act.ts";
import { isTrouble } from "./acts/deed.ts";
import { deedOf } from "./acts/index.ts";
import { sceneOf, write } from "./scene.ts";
import type { Task, Trouble, Truth } from "./truth.ts";

/**
 * Lets everything happen that is due until `now`, in the order of time, each at its own moment: so
 * outages are exact however seldom somebody looks. Returns whether a task ended.
 */
export function settle(truth: Truth, now: number): boolean {
  let ended = false;
  for (let next = nextDue(truth, now); next; next = nextDue(truth, now)) {
    truth.now = Math.max(truth.now, next.dueAt ?? now);
    end(truth, next);
    ended = true;
  }
  truth.now = Math.max(truth.now, now);
  return ended;
}

function nextDue(truth: Truth, now: number): Task | undefined {
  let first: Task | undefined;
  for (const task of truth.tasks) {
    if (task.state !== "running" || task.dueAt === null || task.dueAt > now) continue;
    if (first?.dueAt == null || task.dueAt < first.dueAt) first = task;
  }
  return first;
}

function end(truth: Truth, task: Task): void {
  const deed = deedOf(task.act);
  const scene = sceneOf(truth, task);
  task.endedAt = truth.now;
  if (task.doom) {
    if (task.doom.share > 0) deed.broken?.(scene, task.doom.share);
    fail(truth, task, task.doom.trouble);
    return;
  }
  const result = deed.end(scene);
  if (isTrouble(result)) {
    fail(truth, task, result);
    return;
  }
  task.state = "done";
  task.outcome = result;
  note(truth, task, "done", result.summary);
}

function fail(truth: Truth, task: Task, trouble: Trouble): void {
  task.state = "failed";
  task.error = trouble;
  note(truth, task, "failed", `${trouble.code}: ${trouble.message}`);
}

function note(truth: Truth, task: Task, event: "done" | "failed", text: string): void {
  write(truth, { event, task: task.id, tag: task.tag, act: task.act, machine: actTarget(task.act), text });
}
