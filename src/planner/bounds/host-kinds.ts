import { at } from "./machines.ts";
import type { PendingHost } from "./pool-figures.ts";

/** Sets of hosts that may be in patch at once: the weights of its hosts stay within the limit. */
export interface Rule {
  readonly weightOf: (host: PendingHost) => number;
  readonly limit: number;
}

/** Hosts that are treated as equals: each weighs by every rule what the lightest of them does. */
export interface HostKind {
  readonly hosts: readonly PendingHost[];
  readonly weights: Float64Array;
}

/** More kinds prove little more and cost time. */
const mostKinds = 12;
/** Steps of the search for sets before kinds are put together. */
const mostSteps = 1_000;

/**
 * Kinds of hosts, and for each set of hosts that keeps the rules one of those listed that has as many of each kind or
 * more. A host alone always counts as such a set, so that the limits say nothing about a problem without a plan.
 *
 * Hosts with equal room and patches of equal length are one kind. Where the sets are too many, kinds that differ least
 * are put together with the smaller weights of both: then more sets keep the rules, never fewer, and what is proved
 * with them still holds. But with kinds put together, more room for a host may raise what is proved, by a little.
 * `width`: hosts in a set, at most.
 */
export function listHostSets(
  pending: readonly PendingHost[],
  rules: readonly Rule[],
  width: number,
): { readonly kinds: readonly HostKind[]; readonly sets: readonly Float64Array[] } {
  let kinds = groupHosts(pending, rules);
  const promising = countPromising(width);
  while (kinds.length > promising) kinds = joinNearest(kinds, rules);
  for (;;) {
    const sets = searchSets(kinds, rules);
    if (sets) return { kinds, sets };
    kinds = joinNearest(kinds, rules);
  }
}

/** So many kinds that the search may well come to an end: there are (width + kinds over kinds) ways to fill sets. */
function countPromising(width: number): number {
  let kinds = 1;
  let ways = width + 1;
  while (kinds < mostKinds && ways <= 4 * mostSteps) {
    kinds++;
    ways = (ways * (width + kinds)) / kinds;
  }
  return kinds;
}

function groupHosts(pending: readonly PendingHost[], rules: readonly Rule[]): readonly HostKind[] {
  const alike = new Map<string, PendingHost[]>();
  for (const one of pending) {
    const name = `${one.room.cpu} ${one.room.memory} ${one.seconds}`;
    const list = alike.get(name);
    if (list) list.push(one);
    else alike.set(name, [one]);
  }
  const kinds = [...alike.values()].map((hosts) => {
    const [first] = hosts;
    const weights = new Float64Array(rules.length);
    if (first) for (const [i, rule] of rules.entries()) weights[i] = Math.max(0, rule.weightOf(first));
    let size = 0;
    for (const [i, { limit }] of rules.entries()) size += at(weights, i) / Math.max(1, limit);
    return { hosts, weights, size, first };
  });
  return kinds.sort((a, b) => b.size - a.size || compareHosts(b.first, a.first));
}

function compareHosts(a: PendingHost | undefined, b: PendingHost | undefined): number {
  if (!a || !b) return 0;
  return a.room.memory - b.room.memory || a.room.cpu - b.room.cpu || a.seconds - b.seconds;
}

/** Of neighbours in the list, those two that lose least. */
function joinNearest(kinds: readonly HostKind[], rules: readonly Rule[]): readonly HostKind[] {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 1 < kinds.length; i++) {
    const [a, b] = [kinds[i], kinds[i + 1]];
    if (!a || !b) continue;
    let loss = 0;
    for (const [rule, { limit }] of rules.entries()) {
      const difference = at(a.weights, rule) - at(b.weights, rule);
      loss += (Math.abs(difference) * (difference > 0 ? a : b).hosts.length) / Math.max(1, limit);
    }
    if (loss < least) [nearest, least] = [i, loss];
  }
  const [a, b] = [kinds[nearest], kinds[nearest + 1]];
  if (!a || !b) return kinds;
  const weights = a.weights.map((weight, rule) => Math.min(weight, at(b.weights, rule)));
  return [...kinds.slice(0, nearest), { hosts: [...a.hosts, ...b.hosts], weights }, ...kinds.slice(nearest + 2)];
}

/** Null: too many. The last kind is always taken as often as it goes; the others as often or less. */
function searchSets(kinds: readonly HostKind[], rules: readonly Rule[]): readonly Float64Array[] | null {
  const sets: Float64Array[] = [];
  const counts = new Float64Array(kinds.length);
  // Sums of fractions may be off in the last digits: rather one set too many than one too few.
  const left = Float64Array.from(rules, ({ limit }) => limit + 1e-9 * (1 + Math.abs(limit)));
  let steps = 0;
  const search = (index: number): boolean => {
    const kind = kinds[index];
    if (!kind) return sets.push(counts.slice()) > 0;
    let most = kind.hosts.length;
    for (let rule = 0; rule < left.length; rule++) {
      const weight = at(kind.weights, rule);
      if (weight * most > at(left, rule)) most = Math.max(0, Math.floor(at(left, rule) / weight));
    }
    const fewest = index === kinds.length - 1 ? most : 0;
    for (let count = most; count >= fewest; count--) {
      if (steps++ > mostSteps && kinds.length > 1) return false;
      counts[index] = count;
      takeFrom(left, kind.weights, count);
      const done = search(index + 1);
      takeFrom(left, kind.weights, -count);
      if (!done) return false;
    }
    counts[index] = 0;
    return true;
  };
  if (!search(0)) return null;
  for (let kind = 0; kind < kinds.length; kind++)
    if (!sets.some((set) => at(set, kind) > 0)) sets.push(Float64Array.from(kinds, (_, i) => (i === kind ? 1 : 0)));
  return sets;
}

function takeFrom(left: Float64Array, weights: Float64Array, count: number): void {
  for (let rule = 0; rule < left.length; rule++) left[rule] = at(left, rule) - count * at(weights, rule);
}
