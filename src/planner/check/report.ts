/** Every rule of planning.md 2.1 and 2.3, by what is tested. */
export const checkRules = [
  "entry", // P1, P13: known kind, known ids
  "times", // P2
  "patched-once", // P3
  "patch-length", // P4
  "patch-not-needed", // P5
  "not-migratable", // P6
  "migration-length", // P7
  "chain", // P8
  "pool", // P8, 2.1 rule 9
  "empty-host", // P9
  "capacity", // P10
  "anti-affinity", // P11
  "slots", // P12
  "migrations-global", // P17, 2.1 rule 5
  "min-up", // P16
  "maintenance-per-pool", // P17, 2.1 rule 9
  "maintenance-per-domain", // P17
  "precedes", // problem.ts
  "newer-only", // problem.ts
  "reserve", // problem.ts
] as const;
export type CheckRule = (typeof checkRules)[number];

export interface Violation {
  readonly rule: CheckRule;
  /** Second at which it is broken first; null when it is broken at no single instant. */
  readonly at: number | null;
  /** The VM, host, pool, domain or group. */
  readonly where: string;
  readonly text: string;
}

export interface CheckReport {
  /** No rule is broken, minUp of groups included. */
  readonly ok: boolean;
  /** The first 20 of every rule, so that every broken rule is seen. */
  readonly violations: readonly Violation[];
  /** All violations, also those that are not listed. */
  readonly count: number;
  /** Seconds: the largest end of any entry, or the longest patch in place where that lasts longer (P5). */
  readonly makespan: number;
  /** Entries of the kind `migrate`. */
  readonly migrations: number;
  /** Instants at which a group falls below its minUp; contained in `count`. */
  readonly groupViolations: number;
}

export type Report = (rule: CheckRule, at: number | null, where: string, text: string) => void;

const listedPerRule = 20;

export interface ViolationList {
  readonly report: Report;
  readonly listed: readonly Violation[];
  count(rule?: CheckRule): number;
}

export function violationList(): ViolationList {
  const listed: Violation[] = [];
  const counts = new Map<CheckRule, number>();
  return {
    listed,
    report(rule, at, where, text) {
      const count = (counts.get(rule) ?? 0) + 1;
      counts.set(rule, count);
      if (count <= listedPerRule) listed.push({ rule, at, where, text });
    },
    count: (rule) => (rule ? (counts.get(rule) ?? 0) : [...counts.values()].reduce((sum, one) => sum + one, 0)),
  };
}
