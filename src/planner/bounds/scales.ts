import { type Claim, noClaim } from "./claim.ts";
import { showAmount, showSpare } from "./figures-text.ts";
import { type Amount, type PoolFigures, type Resource, resources } from "./pool-figures.ts";

/**
 * A way to weigh VMs and hosts under which VMs that fit a host together never weigh more than the host: the amount
 * itself, or the whole steps in it, ⌊amount / step⌋, for which ⌊a⌋ + ⌊b⌋ ≤ ⌊a + b⌋.
 *
 * So at any instant the hosts in patch and the second copies of VMs in flight weigh no more than `spare` = all hosts −
 * all VMs, less a reserve: hosts not in patch hold every VM, those in flight twice. Steps tell what B of planning.md 3 cannot see: the
 * part of a host that no whole VM fills is of no use.
 */
export interface Scale {
  readonly resource: Resource;
  /** In units of the resource; 0: the amount itself. */
  readonly step: number;
  readonly spare: number;
  /** Σ P · weight of the hosts to be emptied, and Σ t · weight of the movable VMs that start on them. */
  readonly patches: number;
  readonly flights: number;
}

export function weigh({ resource, step }: Pick<Scale, "resource" | "step">, amount: Amount): number {
  const size = Math.max(0, amount[resource]);
  return step === 0 ? size : Math.floor(size / step);
}

/** By cpu, by memory, and in steps of every size of a VM. They hang on the VMs alone, see listPrices in mixed-sizes. */
export function measureScales(pool: PoolFigures): readonly Scale[] {
  return resources.flatMap((resource) => {
    const groups = groupSizes(pool, resource);
    const steps = groups.vms.map(({ size }) => size).filter((size) => size > 1);
    return [0, ...steps].map((step) => measureScale(pool, resource, step, groups));
  });
}

interface SizeGroup {
  readonly size: number;
  count: number;
  /** Σ P of the hosts to be emptied, or Σ t of the VMs that start on them. */
  seconds: number;
}

interface SizeGroups {
  readonly hosts: readonly SizeGroup[];
  readonly vms: readonly SizeGroup[];
}

/** Equal sizes together, smallest first: pools have thousands of VMs and few sizes. */
function groupSizes(pool: PoolFigures, resource: Resource): SizeGroups {
  const hosts = new Map<number, SizeGroup>();
  const vms = new Map<number, SizeGroup>();
  const groupOf = (groups: Map<number, SizeGroup>, size: number): SizeGroup => {
    const known = groups.get(size) ?? { size, count: 0, seconds: 0 };
    groups.set(size, known);
    return known;
  };
  for (const room of pool.rooms) groupOf(hosts, Math.max(0, room[resource])).count++;
  for (const vm of pool.movable) groupOf(vms, vm[resource]).count++;
  for (const one of pool.pending) {
    groupOf(hosts, Math.max(0, one.room[resource])).seconds += one.seconds;
    for (const vm of one.vms) groupOf(vms, vm[resource]).seconds += vm.migrateSeconds;
  }
  const sorted = (groups: Map<number, SizeGroup>) => [...groups.values()].sort((a, b) => a.size - b.size);
  return { hosts: sorted(hosts), vms: sorted(vms) };
}

function measureScale(pool: PoolFigures, resource: Resource, step: number, { hosts, vms }: SizeGroups): Scale {
  // A reserve may lie scattered over the hosts: in steps it may be nothing.
  let spare = step === 0 ? -pool.reserve[resource] : 0;
  let patches = 0;
  let flights = 0;
  const weightOf = (size: number) => (step === 0 ? size : Math.floor(size / step));
  for (const { size, count, seconds } of hosts) {
    spare += count * weightOf(size);
    patches += seconds * weightOf(size);
  }
  for (const { size, count, seconds } of vms) {
    spare -= count * weightOf(size);
    flights += seconds * weightOf(size);
  }
  return { resource, step, spare, patches, flights };
}

/** Capacity × time as boundCapacityTime, in steps; the same proof. */
export function boundSteps(pool: PoolFigures, scales: readonly Scale[]): Claim {
  let best: Claim = noClaim;
  for (const scale of scales) {
    const { step, spare, patches, flights } = scale;
    if (step === 0 || spare <= 0) continue;
    const seconds = Math.max(Math.ceil((patches + flights) / spare), pool.firstEvacuation + Math.ceil(patches / spare));
    if (seconds > best.seconds) best = { seconds, explain: () => explainSteps(pool, scale) };
  }
  return best;
}

function explainSteps(pool: PoolFigures, { resource, step }: Scale): string {
  return `capacity: pool ${pool.pool} has ${showSpare(pool, resource)}, and VMs of ${showAmount(resource, step)} and more cannot use the rest that is left on each host`;
}
