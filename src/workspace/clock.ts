/**
 * The workspace's own time: real time plus an offset that tests may push forward.
 * Everything that expires (ack windows, triggers, response URLs, buckets, event retries) asks this
 * clock, so half an hour can pass in a test without anybody waiting.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `task` once `ms` have passed on this clock; the returned function calls it off. */
  after(ms: number, task: () => void): () => void;
  /** Moves the clock forward and runs, in order, what has fallen due. */
  advance(ms: number): void;
  /** Forgets everything waiting. */
  close(): void;
}

interface Alarm {
  readonly due: number;
  readonly task: () => void;
  timer: NodeJS.Timeout;
}

export function createClock(): Clock {
  const alarms = new Set<Alarm>();
  let offset = 0;
  const now = (): number => Date.now() + offset;

  function ring(alarm: Alarm): void {
    clearTimeout(alarm.timer);
    if (alarms.delete(alarm)) alarm.task();
  }

  function after(ms: number, task: () => void): () => void {
    const timer = setTimeout(() => ring(alarm), ms);
    const alarm: Alarm = { due: now() + ms, task, timer };
    alarms.add(alarm);
    return () => {
      clearTimeout(alarm.timer);
      alarms.delete(alarm);
    };
  }

  function advance(ms: number): void {
    offset += ms;
    const due = [...alarms].filter((alarm) => alarm.due <= now()).sort((a, b) => a.due - b.due);
    for (const alarm of due) ring(alarm);
    // What is still waiting must ring earlier in real time than first planned.
    for (const alarm of alarms) {
      clearTimeout(alarm.timer);
      alarm.timer = setTimeout(() => ring(alarm), Math.max(0, alarm.due - now()));
    }
  }

  function close(): void {
    for (const alarm of alarms) clearTimeout(alarm.timer);
    alarms.clear();
  }

  return { now, after, advance, close };
}
