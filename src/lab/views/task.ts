import type { Task, Truth } from "../truth.ts";

export interface TaskView {
  readonly task: string;
  readonly tag: string;
  readonly act: Task["act"];
  readonly state: Task["state"];
  /** 0 to 1. */
  readonly progress: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly now: string;
  readonly clockRate: number;
  readonly error: Task["error"];
  readonly outcome: Task["outcome"];
}

export function taskView(truth: Truth, task: Task, rate: number): TaskView {
  return {
    task: task.id,
    tag: task.tag,
    act: task.act,
    state: task.state,
    progress: progressOf(truth, task),
    startedAt: new Date(task.startedAt).toISOString(),
    endedAt: task.endedAt === null ? null : new Date(task.endedAt).toISOString(),
    now: new Date(truth.now).toISOString(),
    clockRate: rate,
    error: task.error,
    outcome: task.outcome,
  };
}

function progressOf(truth: Truth, task: Task): number {
  if (task.state === "done") return 1;
  const until = task.dueAt ?? Number.POSITIVE_INFINITY;
  const share = (Math.min(truth.now, task.endedAt ?? until) - task.startedAt) / (until - task.startedAt || 1);
  return Math.round(Math.min(1, share) * (task.doom?.share ?? 1) * 100) / 100;
}
