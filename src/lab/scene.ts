import type { Scene } from "./acts/deed.ts";
import type { LogEntry, Task, Truth } from "./truth.ts";

/** Appends a line to the log, at the moment `truth.now`. */
export function write(truth: Truth, entry: Omit<LogEntry, "seq" | "at">): void {
  truth.log.push({ seq: truth.log.length + 1, at: new Date(truth.now).toISOString(), ...entry });
}

/** The stage on which a task acts. */
export function sceneOf(truth: Truth, task: Task): Scene {
  return {
    truth,
    taskId: task.id,
    startedAt: task.startedAt,
    log: (event, machine, text) => write(truth, { event, task: task.id, tag: task.tag, machine, text }),
  };
}
