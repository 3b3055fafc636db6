/**
 * Seconds that jobs need at least on a number of equal machines, each doing one job at a time
 * (Pm of planning.md 3): the largest of
 * - the longest job;
 * - all the work shared evenly;
 * - for q = 1, 2, …: the q + 1 smallest of the q·machines + 1 largest jobs.
 * Proof of the third: of q·machines + 1 jobs some machine gets q + 1, which take no less than the q + 1 smallest.
 *
 * Intervals of which never more than `machines` overlap are such a schedule as well: hand each, in order of start,
 * to a machine that is free.
 */
export function boundMachines(jobs: readonly number[], machines: number): number {
  if (jobs.length === 0) return 0;
  const sorted = Float64Array.from(jobs).sort().reverse();
  const sums = new Float64Array(sorted.length + 1);
  for (let i = 0; i < sorted.length; i++) sums[i + 1] = at(sums, i) + at(sorted, i);
  let bound = Math.max(at(sorted, 0), Math.ceil(at(sums, sorted.length) / machines));
  for (let last = machines, q = 1; last < sorted.length; last += machines, q++)
    bound = Math.max(bound, at(sums, last + 1) - at(sums, last - q));
  return bound;
}

/** An entry that is known to be there. */
export function at(list: Float64Array, index: number): number {
  return list[index] ?? 0;
}
