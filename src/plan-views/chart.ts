/** What a bar stands for. `down`: a VM is not up; all others are work on the machine of the row. */
export const barKinds = ["drain", "maintenance", "patch", "reboot", "check", "prepare", "down"] as const;
export type BarKind = (typeof barKinds)[number];

/** How kinds are called in legends. */
export const kindWords: Readonly<Record<BarKind, string>> = {
  drain: "VMs move away",
  maintenance: "maintenance on/off",
  patch: "patch",
  reboot: "reboot",
  check: "health check",
  prepare: "switch, snapshot, stop, start",
  down: "VM is down",
};

/** Something that takes time on a row; seconds from the start. */
export interface Bar {
  readonly kind: BarKind;
  readonly start: number;
  readonly end: number;
  /** Short, to stand inside the bar where there is room. */
  readonly label: string;
  /** In full, for tooltips. */
  readonly text: string;
}

export interface Row {
  readonly id: string;
  readonly name: string;
  /** True for a row that belongs to the one above it: VMs that go down with their host. */
  readonly under: boolean;
  readonly bars: readonly Bar[];
}

export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** A live migration: from one row to another. */
export interface Tie {
  readonly from: string;
  readonly to: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A stretch in which nothing may run, with the reason. */
export interface Pause {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Rows, bars and ties over time: all that a drawing of a plan or of a solution needs. */
export interface Chart {
  readonly title: string;
  /** Shown as a mark beside the title. */
  readonly simulated: boolean;
  /** One line each, under the title. */
  readonly facts: readonly string[];
  readonly seconds: number;
  readonly sections: readonly Section[];
  readonly ties: readonly Tie[];
  readonly pauses: readonly Pause[];
}

/** Bars of one kind that touch or overlap become one: fifty moves are one stretch of emptying. */
export function joinBars(bars: readonly Bar[], words: (parts: readonly Bar[]) => Pick<Bar, "label" | "text">): Bar[] {
  const groups: Bar[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const bar of [...bars].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = groups.at(-1);
    if (last && bar.start <= end) last.push(bar);
    else groups.push([bar]);
    end = last && bar.start <= end ? Math.max(end, bar.end) : bar.end;
  }
  return groups.flatMap((parts) => {
    const [first] = parts;
    if (!first) return [];
    return [{ ...first, end: Math.max(...parts.map((part) => part.end)), ...words(parts) }];
  });
}
