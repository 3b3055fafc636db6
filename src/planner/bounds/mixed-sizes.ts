import type { ProblemVm } from "../../domain/problem.ts";
import { type Claim, noClaim } from "./claim.ts";
import { showAmount } from "./figures-text.ts";
import { at } from "./machines.ts";
import { type PoolFigures, type Resource, sumOf } from "./pool-figures.ts";

/** More thresholds or prices prove little more and cost time. */
const mostThresholds = 8;
const priceSteps = [1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48];

/** Weights under which the VMs of a pool fill its hosts, see measureMixes. */
export interface Mix {
  /** Of VMs of this size on in `scarce` … */
  readonly threshold: number;
  readonly scarce: Resource;
  /** Hosts that can be empty at once, at most. */
  readonly hosts: number;
  /** Σ π − Σ weights of all movable VMs: what patches and second copies may take at any instant. */
  readonly spare: number;
  /** Σ P·π over the hosts to be emptied, and Σ t·weight over the movable VMs that start on them. */
  readonly patches: number;
  readonly flights: number;
}

/**
 * What VMs tell that need much of one resource and little of the other: beside them the rest cannot fill a host. It
 * stands in for the exact packing (v) of planning.md 3, C, without a solver.
 *
 * Call VMs "big" from a size on in `scarce`; let β ≥ 0 be a price, and the weight of a VM its size in `filled`, and β
 * on top if it is big. For host h let π = max over j ≥ 0 of (what VMs on h can take of `filled`, j of them big) + β·j.
 * Then no set of VMs that fits h weighs more than π. So at any instant π of the hosts in patch + the weight of second
 * copies ≤ Σ π − the weight of all VMs. k hosts are empty at once only if the k smallest π fit into that, and
 * integration over time gives the same bound as for capacity (boundCapacityTime).
 * With j big VMs on h, the rest take at most what a knapsack filled by fractions holds in the room left in `scarce`;
 * the j big ones are taken with the j smallest sizes there and the j largest sizes here. Proof: each step only adds.
 */
export function measureMixes(pool: PoolFigures, filled: Resource, scarce: Resource): readonly Mix[] {
  const mixes: Mix[] = [];
  const sizes = [...new Set(pool.movable.map((vm) => vm[scarce]))].sort((a, b) => b - a).slice(0, mostThresholds);
  const index = new Map(pool.hosts.map((host, i) => [host.id, i]));
  const pending = pool.pending.map(({ host }) => index.get(host.id) ?? 0);
  const demand = sumOf(pool.movable, filled);
  const prices = listPrices(pool, filled);
  for (const threshold of sizes) {
    const big = pool.movable.filter((vm) => vm[scarce] >= threshold);
    // When most VMs are big there is no rest that they could keep out.
    if (threshold <= 0 || 2 * big.length > pool.movable.length) break;
    const tables = fillTables(pool, big, threshold, filled, scarce);
    let [sizeFlights, bigFlights] = [0, 0];
    for (const { vms } of pool.pending)
      for (const vm of vms) {
        sizeFlights += vm.migrateSeconds * vm[filled];
        if (vm[scarce] >= threshold) bigFlights += vm.migrateSeconds;
      }
    for (const price of prices) {
      let spare = -demand - price * big.length;
      // Plain loops: `Float64Array.from` with a function takes several times as long.
      const values = new Float64Array(tables.length);
      for (let i = 0; i < tables.length; i++) {
        values[i] = weighMost(tables[i] ?? [], price);
        spare += at(values, i);
      }
      const own = new Float64Array(pending.length);
      let patches = 0;
      for (let i = 0; i < pending.length; i++) {
        own[i] = at(values, pending[i] ?? 0);
        patches += at(own, i) * (pool.pending[i]?.seconds ?? 0);
      }
      const hosts = countFitting(own.sort(), spare);
      mixes.push({ threshold, scarce, hosts, spare, patches, flights: sizeFlights + price * bigFlights });
    }
  }
  return mixes;
}

/** Capacity × time with the weights of a mix; a millionth is left for the rounding of fractions. */
export function boundMixes(pool: PoolFigures, mixes: readonly Mix[]): Claim {
  let best: Claim = noClaim;
  for (const mix of mixes) {
    if (mix.spare <= 0) continue;
    const room = mix.spare * (1 + 1e-6) + 1e-6;
    const seconds = Math.max(
      Math.ceil((mix.patches + mix.flights) / room - 1e-6),
      pool.firstEvacuation + Math.ceil(mix.patches / room - 1e-6),
    );
    if (seconds > best.seconds) best = { seconds, explain: () => explainMix(pool, mix) };
  }
  return best;
}

export function explainMix(pool: PoolFigures, { threshold, scarce }: Mix): string {
  const other = scarce === "memory" ? "vCPUs" : "memory";
  return `big VMs: beside those of ${showAmount(scarce, threshold)} and more the rest of pool ${pool.pool} cannot use all ${other} of a host, which leaves less room for hosts out of service`;
}

/** Sums of fractions may be off in the last digits: rather one host too many than one too few. */
function countFitting(values: Float64Array, room: number): number {
  const slack = 1e-6 * (1 + Math.abs(room));
  let sum = 0;
  let count = 0;
  for (const value of values) {
    sum += value;
    if (sum > room + slack) break;
    count++;
  }
  return count;
}

/** Per host: at j, the most that its VMs can take of `filled` with j big ones among them. Alike hosts share a table. */
function fillTables(
  pool: PoolFigures,
  big: readonly ProblemVm[],
  threshold: number,
  filled: Resource,
  scarce: Resource,
): readonly (readonly number[])[] {
  const rest = pool.movable.filter((vm) => vm[scarce] < threshold);
  const knapsack = prepareKnapsack(rest, filled, scarce);
  const here = Float64Array.from(big, (vm) => vm[filled])
    .sort()
    .reverse();
  const there = Float64Array.from(big, (vm) => vm[scarce]).sort();
  const known = new Map<string, readonly number[]>();
  return pool.rooms.map((room) => {
    const name = `${room.cpu} ${room.memory}`;
    const table = known.get(name) ?? [];
    if (known.has(name)) return table;
    const own: number[] = [];
    let [taken, used] = [0, 0];
    for (let j = 0; j <= big.length; j++) {
      if (j > 0) [taken, used] = [taken + at(here, j - 1), used + at(there, j - 1)];
      if (used > room[scarce]) break;
      own.push(Math.min(room[filled], taken + fillKnapsack(knapsack, room[scarce] - used)));
    }
    known.set(name, own);
    return own;
  });
}

type Knapsack = readonly { readonly filled: number; readonly scarce: number }[];

/** The VMs that bring most of `filled` for least of `scarce` first, equal ones together. */
function prepareKnapsack(vms: readonly ProblemVm[], filled: Resource, scarce: Resource): Knapsack {
  const classes = new Map<number, { filled: number; scarce: number; ratio: number }>();
  for (const vm of vms) {
    if (vm[filled] <= 0) continue;
    const ratio = vm[scarce] / vm[filled];
    const own = classes.get(ratio) ?? { filled: 0, scarce: 0, ratio };
    own.filled += vm[filled];
    own.scarce += vm[scarce];
    classes.set(ratio, own);
  }
  return [...classes.values()].sort((a, b) => a.ratio - b.ratio);
}

function fillKnapsack(knapsack: Knapsack, room: number): number {
  let left = room;
  let value = 0;
  for (const { filled, scarce } of knapsack) {
    if (scarce > left) return value + (filled * left) / scarce;
    left -= scarce;
    value += filled;
  }
  return value;
}

/**
 * Prices to try. They hang on the VMs alone, not on the hosts: with the price fixed, more room never raises a bound,
 * and with other prices to choose from it might.
 */
function listPrices(pool: PoolFigures, filled: Resource): readonly number[] {
  let unit = Number.POSITIVE_INFINITY;
  for (const vm of pool.movable) if (vm[filled] > 0) unit = Math.min(unit, vm[filled]);
  return unit === Number.POSITIVE_INFINITY ? [] : priceSteps.map((step) => step * unit);
}

function weighMost(table: readonly number[], price: number): number {
  let value = 0;
  for (let j = 0; j < table.length; j++) value = Math.max(value, (table[j] ?? 0) + price * j);
  return value;
}
