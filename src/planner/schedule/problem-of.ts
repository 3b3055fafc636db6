import type { HostFacts, PoolFacts, VmFacts } from "../../domain/facts.ts";
import type { Blocker } from "../../domain/outcome.ts";
import type { Problem, ProblemGroup, ProblemHost, ProblemVm } from "../../domain/problem.ts";
import type { Draft } from "../draft.ts";
import { whyFixed } from "../drain.ts";
import type { RuledEdge } from "../order.ts";
import { poolInScope } from "../rules/scope.ts";
import { needsEmptying } from "../stage-steps.ts";
import { hypervisorSteps } from "../steps.ts";
import { compareNames, isDown, type World } from "../world.ts";
import { hostsAtOnce } from "./limits.ts";
import { paceOf } from "./pace-edges.ts";
import { laterThan } from "./stage-graph.ts";

/** The hosts of one pool that must be emptied, as a problem of planning.md 2.1, and their stages by host. */
export interface PoolProblem {
  readonly pool: PoolFacts;
  readonly problem: Problem;
  readonly stageOf: ReadonlyMap<string, string>;
}

export interface ProblemTerms {
  readonly stepsAtOnce: number;
  /** Keep members of a group on different hosts where they are so now. */
  readonly apart: boolean;
}

/** Where VMs only move to hosts of the same or a newer version (rules R22, R26, R29). */
const newerOnly = {
  words: "XenServer, Proxmox VE, oVirt, RHV",
  products: ["xenserver", "proxmox-ve", "ovirt", "rhv"],
} as const;

/** Problems of all pools with hosts to be emptied. A host that is emptied twice (firmware apart) has none: its pool is left out. */
export function problemsOf(
  world: World,
  drafts: readonly Draft[],
  edges: readonly RuledEdge[],
  terms: ProblemTerms,
): readonly PoolProblem[] {
  return world.pools.flatMap((pool): readonly PoolProblem[] => {
    const stages = drafts.filter((draft) => draft.pool === pool.pool && needsEmptying(world, draft));
    const stageOf = new Map(stages.map((draft) => [draft.target, draft.id]));
    if (stages.length === 0 || stageOf.size < stages.length) return [];
    return [{ pool, stageOf, problem: problemOf(world, pool, stages, edges, terms) }];
  });
}

function problemOf(
  world: World,
  pool: PoolFacts,
  stages: readonly Draft[],
  edges: readonly RuledEdge[],
  { stepsAtOnce, apart }: ProblemTerms,
): Problem {
  const pace = paceOf(world);
  const up = pool.hosts.filter((host) => host.online && !host.maintenance);
  const names = new Set(up.map(({ host }) => host));
  const vms = pool.vms.filter((vm) => vm.running && names.has(vm.host));
  const cpuCounts = knowsCpu(up, vms);
  const most = pace.migrationsPerPool ?? stepsAtOnce;
  const reserve = reserveOf(world, up, cpuCounts);
  return {
    hosts: up.map((host) => hostOf(world, pool, host, vms, stages, cpuCounts)),
    vms: vms.map((vm) => vmOf(world, pool, vm, cpuCounts)),
    groups: groupsOf(world, vms, apart),
    limits: {
      migrationsPerHost: Math.min(pace.migrationsPerHost, stepsAtOnce),
      migrationsGlobal: Math.min(most, stepsAtOnce),
      maintenancePerPool: Math.min(hostsAtOnce(world, pool.pool), stepsAtOnce),
      maintenancePerDomain: null,
    },
    precedes: precedesOf(stages, edges),
    newerOnly: poolInScope(newerOnly, world, pool) ? [pool.pool] : [],
    reserve: reserve === null ? {} : { [pool.pool]: reserve },
  };
}

/** vCPUs are shared: where a host carries more than it has, or somebody does not tell, they set no limit. */
function knowsCpu(hosts: readonly HostFacts[], vms: readonly VmFacts[]): boolean {
  return hosts.every(({ host, cpus }) => {
    const own = vms.filter((vm) => vm.host === host);
    const used = own.reduce((sum, vm) => sum + (vm.cpus ?? Number.POSITIVE_INFINITY), 0);
    return cpus !== null && cpus !== undefined && used <= cpus;
  });
}

function hostOf(
  world: World,
  pool: PoolFacts,
  { host, memoryMiB, cpus, domain }: HostFacts,
  vms: readonly VmFacts[],
  stages: readonly Draft[],
  cpuCounts: boolean,
): ProblemHost {
  const stage = stages.find(({ target }) => target === host);
  const own = vms.filter((vm) => vm.host === host);
  const pending = stage?.machine?.pending;
  const stops = own.flatMap((vm) => (whyFixed(world, pool, vm) === null ? [] : [{ vm, why: "" }]));
  const cycle = pending ? hypervisorSteps(pool, host, pending, { moves: [], stops, blockers: [] }) : [];
  return {
    id: host,
    pool: pool.pool,
    domain: domain ?? null,
    // 1 of which nobody takes anything: no limit.
    cpu: cpuCounts ? (cpus ?? 0) : 1,
    // Memory that is overbooked already is no reason to plan nothing: the host takes no more, that is all.
    memory: Math.max(
      memoryMiB,
      own.reduce((sum, vm) => sum + vm.memoryMiB, 0),
    ),
    patchSeconds: stage ? cycle.reduce((sum, one) => sum + Math.ceil(one.seconds), 0) : null,
    inPlaceSeconds: 0,
  };
}

function vmOf(world: World, pool: PoolFacts, vm: VmFacts, cpuCounts: boolean): ProblemVm {
  return {
    id: vm.vm,
    host: vm.host,
    cpu: cpuCounts ? (vm.cpus ?? 0) : 0,
    memory: vm.memoryMiB,
    migratable: whyFixed(world, pool, vm) === null,
    migrateSeconds: Math.max(1, Math.ceil(pool.estimate.migrateSeconds)),
    pauseMs: pool.estimate.migratePauseSeconds * 1000,
    group: world.groups.find((group) => group.members.includes(vm.vm))?.name ?? null,
  };
}

/** Members that are down already are counted as needed on top: only the others can be spared. */
function groupsOf(world: World, vms: readonly VmFacts[], apart: boolean): readonly ProblemGroup[] {
  return world.groups.map(({ name, members, need }) => {
    const seats = vms.filter((vm) => members.includes(vm.vm)).map((vm) => vm.host);
    const down = members.filter((member) => isDown(world, member)).length;
    return { id: name, antiAffinity: apart && new Set(seats).size === seats.length, minUp: need + down, members };
  });
}

/** Pairs of hosts that rules order, also by way of guests and milestones between them. */
function precedesOf(stages: readonly Draft[], edges: readonly RuledEdge[]): Problem["precedes"] {
  return stages.flatMap((before) => {
    const later = laterThan([before.id], edges);
    return stages.filter(({ id }) => later.has(id)).map(({ target }) => [before.target, target] as const);
  });
}

/** Room that stays free while hosts are away: that of the largest host, or a share of all. */
export function reserveOf(
  world: World,
  hosts: readonly HostFacts[],
  cpuCounts: boolean,
): { readonly cpu: number; readonly memory: number } | null {
  const { reserve } = paceOf(world);
  const share = reserve.share ?? 0;
  const memory = hosts.map((host) => host.memoryMiB);
  const cpu = hosts.map((host) => (cpuCounts ? (host.cpus ?? 0) : 0));
  const of = (sizes: readonly number[]) =>
    reserve.hosts === 1 ? Math.max(0, ...sizes) : Math.ceil(share * sizes.reduce((sum, one) => sum + one, 0));
  return reserve.hosts === 1 || share > 0 ? { cpu: of(cpu), memory: of(memory) } : null;
}

/** Pools in which the room of one host is more than what may be missing while the reserve stays free. */
export function reserveShort(problems: readonly PoolProblem[]): readonly Blocker[] {
  return problems.flatMap(({ pool: { pool }, problem }): readonly Blocker[] => {
    const reserve = problem.reserve[pool];
    if (!reserve) return [];
    const spare =
      problem.hosts.reduce((sum, host) => sum + host.memory, 0) - problem.vms.reduce((sum, vm) => sum + vm.memory, 0);
    const short = problem.hosts.filter(
      ({ patchSeconds, memory }) => patchSeconds !== null && spare - memory < reserve.memory,
    );
    const [largest] = short.sort((a, b) => b.memory - a.memory || compareNames(a.id, b.id));
    if (!largest) return [];
    const left = Math.floor((spare - largest.memory) / 1024);
    return [
      {
        reason: "no-capacity",
        where: pool,
        message: `${pool}: while ${largest.id} is away ${Math.max(0, left)} GiB would be free, and the policy keeps ${Math.ceil(reserve.memory / 1024)} GiB in reserve`,
        next: "lower policy.pace.reserve, free memory, or add a host; then ask for a new plan",
      },
    ];
  });
}
