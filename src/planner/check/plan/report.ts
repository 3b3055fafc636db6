/** Every constraint of a plan that the checker looks at; each with the file that does. */
export const planRules = [
  "digest", // shape.ts
  "ids",
  "times",
  "steps-at-once",
  "one-at-a-time",
  "sequence", // order.ts
  "after",
  "stage-order",
  "facts", // made-for.ts
  "unknown-name",
  "shown", // shown.ts
  "schedule", // figures.ts
  "outages",
  "windows", // windows.ts
  "migration", // moves.ts
  "capacity", // room.ts
  "apart", // controllers.ts
  "controllers",
  "group", // groups.ts
  "pace", // pace.ts
  "maintenance", // service.ts
  "power", // power.ts
  "reboot", // work.ts
  "patches",
  "health",
  "untouched", // scope.ts
  "switch", // switches.ts
  "snapshot", // snapshots.ts
  "undo", // undo.ts
  "left-over", // ends.ts
] as const;
export type PlanRule = (typeof planRules)[number];

export interface PlanViolation {
  readonly rule: PlanRule;
  /** Second of the plan at which it is broken first; null when it is broken at no single instant. */
  readonly at: number | null;
  /** The machine, pool, group, step or stage. */
  readonly where: string;
  /** One sentence with names and figures. */
  readonly text: string;
}

export interface PlanCheckReport {
  readonly ok: boolean;
  /** The first 20 of every rule, so that every broken rule is seen; in the order of time. */
  readonly violations: readonly PlanViolation[];
  /** All violations, also those that are not listed. */
  readonly count: number;
}

export type PlanReport = (rule: PlanRule, at: number | null, where: string, text: string) => void;

const listedPerRule = 20;

export interface PlanFindings {
  readonly report: PlanReport;
  result(): PlanCheckReport;
}

export function planFindings(): PlanFindings {
  const listed: PlanViolation[] = [];
  const counts = new Map<PlanRule, number>();
  return {
    report(rule, at, where, text) {
      const count = (counts.get(rule) ?? 0) + 1;
      counts.set(rule, count);
      if (count <= listedPerRule) listed.push({ rule, at, where, text });
    },
    result() {
      const count = [...counts.values()].reduce((sum, one) => sum + one, 0);
      const violations = [...listed].sort((a, b) => (a.at ?? -1) - (b.at ?? -1));
      return { ok: count === 0, violations, count };
    },
  };
}
