import type { Run } from "../domain/run.ts";

/** A run in its first state: asked for, nothing read yet. */
export function newRun(asked: {
  readonly id: string;
  readonly cluster: string;
  readonly user: string;
  readonly channel: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}): Run {
  return {
    head: {
      format: 1,
      id: asked.id,
      cluster: asked.cluster,
      state: "planning",
      requestedBy: asked.user,
      requestedAt: asked.now,
      channel: asked.channel,
      epoch: 0,
      digest: null,
      checked: null,
      draftedAt: null,
      approvals: [],
      pauseWanted: false,
      abortWanted: false,
      warned: {},
      prompt: null,
      undo: [],
      endAs: null,
      startedAt: null,
      endedAt: null,
      note: "reading the facts",
      supersededBy: null,
      refusal: null,
    },
    steps: {},
    ledger: [],
  };
}

/** Id of the run that replaces this one: `r7k` → `r7k-2` → `r7k-3`. Derived, so that doing it twice makes one run. */
export function successorId(id: string): string {
  const [, stem = id, n = "1"] = /^(.*?)(?:-(\d+))?$/.exec(id) ?? [];
  return `${stem}-${Number(n) + 1}`;
}
