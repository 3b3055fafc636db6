import fc from "fast-check";
import type { Problem, ProblemHost, ProblemVm } from "../../src/domain/problem.ts";

export interface Size {
  readonly hosts: number;
  readonly vms: number;
  /** Limits, order, reserve and minUp too, not only room and anti-affinity. */
  readonly rules: boolean;
}

/** Tiny problems whose start breaks no rule of room or anti-affinity: hosts are as large as their load and some room. */
export function randomProblem({ hosts: most, vms: mostVms, rules }: Size): fc.Arbitrary<Problem> {
  const host = fc.record({
    cpuGap: fc.integer({ min: 0, max: 6 }),
    memoryGap: fc.integer({ min: 0, max: 7 }),
    patch: fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 1, max: 3 }) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    inPlace: fc.constantFrom(0, 0, 4),
    domain: fc.constantFrom(null, "r0", "r1"),
    pool: fc.constantFrom("p0", "p0", "p0", "p0", "p0", "p0", "p0", "p1"),
  });
  const vm = fc.record({
    host: fc.nat(most - 1),
    cpu: fc.integer({ min: 0, max: 3 }),
    memory: fc.integer({ min: 1, max: 4 }),
    movable: fc.constantFrom(true, true, true, true, false),
    seconds: fc.integer({ min: 1, max: 2 }),
    group: fc.constantFrom(null, null, "g0", "g1"),
  });
  const nullOr = (...values: number[]) => fc.constantFrom(null, null, ...values);
  const policy = fc.record({
    perHost: fc.constantFrom(1, 2),
    overall: nullOr(1, 2),
    perPool: nullOr(1),
    perDomain: nullOr(1),
    minUp: fc.constantFrom(0, 0, 1),
    precedes: fc.array(fc.tuple(fc.nat(most - 1), fc.nat(most - 1)), { maxLength: 1 }),
    reserve: fc.constantFrom(0, 0, 1, 2),
    newerOnly: fc.constantFrom(false, false, true),
  });
  return fc
    .record({
      hosts: fc.array(host, { minLength: 2, maxLength: most }),
      vms: fc.array(vm, { minLength: 1, maxLength: mostVms }),
      policy,
    })
    .map((drawn) => build(drawn.hosts, drawn.vms, rules ? drawn.policy : null));
}

interface DrawnHost {
  readonly cpuGap: number;
  readonly memoryGap: number;
  readonly patch: number | null;
  readonly inPlace: number;
  readonly domain: string | null;
  readonly pool: string;
}

interface DrawnVm {
  readonly host: number;
  readonly cpu: number;
  readonly memory: number;
  readonly movable: boolean;
  readonly seconds: number;
  readonly group: string | null;
}

interface DrawnPolicy {
  readonly perHost: number;
  readonly overall: number | null;
  readonly perPool: number | null;
  readonly perDomain: number | null;
  readonly minUp: number;
  readonly precedes: readonly (readonly [number, number])[];
  readonly reserve: number;
  readonly newerOnly: boolean;
}

function build(drawn: readonly DrawnHost[], drawnVms: readonly DrawnVm[], policy: DrawnPolicy | null): Problem {
  const taken = new Set<string>();
  const vms = drawnVms.map(({ host, cpu, memory, movable, seconds, group }, i): ProblemVm => {
    const on = `h${host % drawn.length}`;
    const alone = group === null || taken.has(`${group} ${on}`) ? null : group;
    taken.add(`${group} ${on}`);
    const own = { cpu, memory, migratable: movable, migrateSeconds: seconds, pauseMs: 100, group: alone };
    return { id: `v${i}`, host: on, ...own };
  });
  const hosts = drawn.map(({ cpuGap, memoryGap, patch, inPlace, domain, pool }, i): ProblemHost => {
    let [cpu, memory] = [cpuGap, memoryGap];
    for (const vm of vms.filter((one) => one.host === `h${i}`)) [cpu, memory] = [cpu + vm.cpu, memory + vm.memory];
    const patches = { patchSeconds: patch, inPlaceSeconds: patch === null && policy ? inPlace : 0 };
    return { id: `h${i}`, pool: policy ? pool : "p0", domain: policy ? domain : null, cpu, memory, ...patches };
  });
  const groups = ["g0", "g1"].map((id) => {
    const members = vms.filter((vm) => vm.group === id).map((vm) => vm.id);
    return { id, antiAffinity: true, minUp: Math.min(policy?.minUp ?? 0, members.length), members };
  });
  const names = (at: number) => `h${at % drawn.length}`;
  return {
    hosts,
    vms,
    groups,
    limits: {
      migrationsPerHost: policy?.perHost ?? 2,
      migrationsGlobal: policy?.overall ?? null,
      maintenancePerPool: policy?.perPool ?? null,
      maintenancePerDomain: policy?.perDomain ?? null,
    },
    precedes: (policy?.precedes ?? []).map(([a, b]) => [names(a), names(b)] as const),
    newerOnly: policy?.newerOnly ? ["p0", "p1"] : [],
    reserve: policy && policy.reserve > 0 ? { p0: { cpu: 0, memory: policy.reserve } } : {},
  };
}
