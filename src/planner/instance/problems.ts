/** One thing that is wrong with an instance. */
export interface InstanceProblem {
  /** The key, host, VM or group: `host h3`, `limits.migrationsPerHost`. */
  readonly where: string;
  /** What is wrong, and after a semicolon what to do. */
  readonly message: string;
}

/** More are counted, not kept: a file with 100,000 wrong VMs has one cause, not 100,000. */
export const mostListed = 20;

export interface ProblemList {
  add(where: string, message: string): void;
  count(): number;
  listed(): readonly InstanceProblem[];
}

export function problemList(): ProblemList {
  const kept: InstanceProblem[] = [];
  let count = 0;
  return {
    add(where, message) {
      count += 1;
      if (kept.length < mostListed) kept.push({ where, message });
    },
    count: () => count,
    listed: () => kept,
  };
}
