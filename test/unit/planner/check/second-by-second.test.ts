import fc from "fast-check";
import { expect, test } from "vitest";
import type { MigrateAction, PatchAction, Problem, ProblemAction } from "../../../../src/domain/problem.ts";
import { type CheckRule, checkActions, checkRules } from "../../../../src/planner/check.ts";

/** No draw has anything after this. */
const lastSecond = 32;

type Broken = Map<CheckRule, number>;

/** Looks at every single second and asks every rule, without any cleverness. Chains of VMs must be unbroken. */
function naive(problem: Problem, actions: readonly ProblemAction[]): Broken {
  const broken: Broken = new Map();
  const note = (rule: CheckRule, at: number) => {
    if (!broken.has(rule)) broken.set(rule, at);
  };
  const moves = actions.filter((one): one is MigrateAction => one.type === "migrate");
  const patches = actions.filter((one): one is PatchAction => one.type === "patch");
  const hostOf = (id: string) => problem.hosts.find((one) => one.id === id);
  const inPatch = (id: string, t: number) => patches.some((p) => p.host === id && p.start <= t && t < p.end);
  const places = (id: string, t: number): readonly string[] => {
    const vm = problem.vms.find((one) => one.id === id);
    const own = vm?.migratable ? moves.filter((m) => m.vm === id && m.start <= t) : [];
    const last = own.sort((a, b) => a.start - b.start)[own.length - 1];
    if (!last) return [vm?.host ?? ""];
    return t < last.end ? [last.src, last.dst] : [last.dst];
  };
  const { limits } = problem;
  for (let t = 0; t <= lastSecond; t += 1) {
    const placed = problem.vms.map((vm) => ({ vm, at: places(vm.id, t) }));
    const on = (id: string) => placed.filter(({ at }) => at.includes(id)).map(({ vm }) => vm);
    let free: Record<string, { cpu: number; memory: number }> = {};
    for (const host of problem.hosts) {
      const here = on(host.id);
      const cpu = here.reduce((sum, vm) => sum + vm.cpu, 0);
      const memory = here.reduce((sum, vm) => sum + vm.memory, 0);
      if (cpu > host.cpu || memory > host.memory) note("capacity", t);
      if (inPatch(host.id, t) && here.some((vm) => vm.migratable)) note("empty-host", t);
      const flying = moves.filter((m) => m.start <= t && t < m.end);
      const touching = flying.filter((m) => m.src === host.id || m.dst === host.id);
      if (touching.length > limits.migrationsPerHost) note("slots", t);
      if (limits.migrationsGlobal !== null && flying.length > limits.migrationsGlobal) note("migrations-global", t);
      const pool = free[host.pool] ?? { cpu: 0, memory: 0 };
      const room = inPatch(host.id, t) ? { cpu: 0, memory: 0 } : { cpu: host.cpu - cpu, memory: host.memory - memory };
      free = { ...free, [host.pool]: { cpu: pool.cpu + room.cpu, memory: pool.memory + room.memory } };
      const down = problem.hosts.filter((one) => inPatch(one.id, t));
      const ofPool = down.filter((one) => one.pool === host.pool).length;
      const ofDomain = down.filter((one) => one.domain !== null && one.domain === host.domain).length;
      if (limits.maintenancePerPool !== null && ofPool > limits.maintenancePerPool) note("maintenance-per-pool", t);
      if (limits.maintenancePerDomain !== null && ofDomain > limits.maintenancePerDomain)
        note("maintenance-per-domain", t);
    }
    for (const [pool, reserve] of Object.entries(problem.reserve)) {
      const room = free[pool];
      if (room && (room.cpu < reserve.cpu || room.memory < reserve.memory)) note("reserve", t);
    }
    for (const group of problem.groups) {
      const members = problem.vms.filter((vm) => group.members.includes(vm.id));
      for (const host of problem.hosts)
        if (group.antiAffinity && on(host.id).filter((vm) => members.includes(vm)).length > 1) note("anti-affinity", t);
      const up = members.filter((vm) => vm.migratable || !inPatch(vm.host, t));
      if (up.length < group.minUp) note("min-up", t);
    }
    for (const m of moves) {
      if (m.start !== t) continue;
      const [src, dst, vm] = [hostOf(m.src), hostOf(m.dst), problem.vms.find((one) => one.id === m.vm)];
      if (!src || !dst || !vm) throw new Error("the generator knows no unknown ids");
      if (!vm.migratable) note("not-migratable", t);
      else if (m.end - m.start < vm.migrateSeconds) note("migration-length", t);
      if (src.pool !== dst.pool) note("pool", t);
      const done = src.patchSeconds === null || patches.some((p) => p.host === src.id && p.end <= t);
      const begun = dst.patchSeconds === null || patches.some((p) => p.host === dst.id && p.start <= t);
      if (problem.newerOnly.includes(dst.pool) && done && !begun) note("newer-only", t);
    }
    for (const p of patches) {
      if (p.start !== t) continue;
      const seconds = hostOf(p.host)?.patchSeconds ?? null;
      if (seconds === null) note("patch-not-needed", t);
      else if (p.end - p.start < seconds) note("patch-length", t);
      for (const [before, after] of problem.precedes) {
        const running = patches.some((one) => one.host === before && one.end > t);
        if (after === p.host && (running || (hostOf(before)?.inPlaceSeconds ?? 0) > t)) note("precedes", t);
      }
    }
  }
  for (const host of problem.hosts)
    if (host.patchSeconds !== null && patches.filter((p) => p.host === host.id).length !== 1) note("patched-once", 0);
  return broken;
}

const hostIds = ["a", "b", "c", "d"];
const vmIds = ["u", "v", "w", "x", "y"];
const one = fc.constant(1);
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 2 });
const hosts = fc.tuple(
  ...hostIds.map((id) =>
    fc
      .record({
        pool: fc.constantFrom("p", "p", "p", "q"),
        domain: fc.constantFrom("r", "s", null),
        cpu: fc.integer({ min: 4, max: 12 }),
        memory: fc.integer({ min: 4, max: 12 }),
        patchSeconds: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
      })
      .chain((host) =>
        (host.patchSeconds === null ? fc.integer({ min: 0, max: 3 }) : fc.constant(0)).map((inPlaceSeconds) => ({
          id,
          ...host,
          inPlaceSeconds,
        })),
      ),
  ),
);
const vms = fc.tuple(
  ...vmIds.map((id) =>
    fc.record({
      id: fc.constant(id),
      host: fc.constantFrom(...hostIds),
      cpu: fc.nat(2),
      memory: fc.nat(2),
      migratable: fc.constantFrom(true, true, true, false),
      migrateSeconds: fc.integer({ min: 1, max: 3 }),
      pauseMs: one,
      group: fc.constantFrom("g", "h", null, null),
    }),
  ),
);
const problems: fc.Arbitrary<Problem> = fc
  .record({
    hosts,
    vms,
    apart: fc.tuple(fc.boolean(), fc.boolean()),
    minUp: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })),
    limits: fc.record({
      migrationsPerHost: fc.integer({ min: 1, max: 3 }),
      migrationsGlobal: sometimes(fc.integer({ min: 1, max: 3 })),
      maintenancePerPool: sometimes(one),
      maintenancePerDomain: sometimes(one),
    }),
    precedes: fc.array(fc.tuple(fc.constantFrom(...hostIds), fc.constantFrom(...hostIds)), { maxLength: 1 }),
    newerOnly: fc.subarray(["p", "q"]),
    reserve: fc.dictionary(fc.constantFrom("p", "q"), fc.record({ cpu: fc.nat(8), memory: fc.nat(8) }), { maxKeys: 1 }),
  })
  .map(({ apart, minUp, ...rest }) => ({
    ...rest,
    groups: ["g", "h"].map((id, i) => {
      const members = rest.vms.filter((vm) => vm.group === id).map((vm) => vm.id);
      return { id, antiAffinity: apart[i] ?? true, minUp: Math.min(minUp[i] ?? 0, members.length), members };
    }),
    precedes: rest.precedes.filter(([before, after]) => before !== after),
  }));

const hops = fc.array(
  fc.record({ to: fc.constantFrom(...hostIds), wait: fc.nat(9), extra: fc.integer({ min: -1, max: 2 }) }),
  { maxLength: 2 },
);
const works = fc.array(fc.record({ start: fc.nat(25), extra: fc.integer({ min: -1, max: 1 }) }), { maxLength: 2 });

/** One pool, two VMs, no groups: such a plan may break nothing at all. */
function calmed(problem: Problem): Problem {
  const vms = problem.vms.slice(0, 2).map((vm) => ({ ...vm, migratable: true, group: null }));
  return { ...problem, hosts: problem.hosts.map((host) => ({ ...host, pool: "p" })), vms, groups: [], reserve: {} };
}

/** Chains that hold together; everything else as it comes, often just right. */
const cases = fc
  .record({
    calm: fc.boolean(),
    problem: problems,
    hops: fc.tuple(...vmIds.map(() => hops)),
    works: fc.tuple(...hostIds.map(() => works)),
  })
  .map(({ calm, problem: wild, ...drawn }) => {
    const problem = calm ? calmed(wild) : wild;
    const least = calm ? 0 : -1;
    const actions: ProblemAction[] = [];
    problem.vms.forEach((vm, i) => {
      let [src, free] = [vm.host, 0];
      for (const { to, wait, extra } of drawn.hops[i] ?? []) {
        if (to === src) continue;
        const start = free + wait;
        free = start + Math.max(1, vm.migrateSeconds + Math.max(least, extra));
        actions.push({ type: "migrate", vm: vm.id, src, dst: to, start, end: free });
        src = to;
      }
    });
    problem.hosts.forEach((host, i) => {
      const own = drawn.works[i] ?? [];
      // Mostly what is needed: a host patched twice says nothing about the other rules.
      const wanted = host.patchSeconds === null ? [] : own.slice(0, 1);
      for (const { start, extra } of own.length > 1 && (own[1]?.start ?? 0) < 3 ? own : wanted)
        actions.push({
          type: "patch",
          host: host.id,
          start,
          end: start + Math.max(1, (host.patchSeconds ?? 2) + Math.max(least, extra)),
        });
    });
    return { problem, actions };
  });

test("the checker finds what a replay second by second finds, and the same first second", () => {
  const seen = new Set<CheckRule | "nothing">();
  const timeless: readonly CheckRule[] = ["patched-once"];

  fc.assert(
    fc.property(cases, ({ problem, actions }) => {
      const wanted = naive(problem, actions);
      const report = checkActions(problem, actions);
      const found: Broken = new Map();
      for (const { rule, at } of report.violations)
        found.set(rule, Math.min(found.get(rule) ?? Number.POSITIVE_INFINITY, at ?? 0));
      for (const rule of timeless) if (found.has(rule)) found.set(rule, 0);
      for (const rule of wanted.keys()) seen.add(rule);
      if (wanted.size === 0) seen.add("nothing");

      expect(new Map([...found].sort())).toEqual(new Map([...wanted].sort()));
      expect(report.ok).toBe(wanted.size === 0);
    }),
    { numRuns: 700, seed: 20_261_122 },
  );

  // The comparison is worth something only when the draws break every rule, and sometimes none.
  const never: readonly CheckRule[] = ["entry", "times", "chain"];
  expect([...seen].sort()).toEqual([...checkRules.filter((rule) => !never.includes(rule)), "nothing"].sort());
}, 30_000);

test("the checker never throws, whatever the list holds", () => {
  const id = fc.constantFrom("a", "b", "u", "v", "", "__proto__", "constructor");
  const time = fc.oneof(fc.integer({ min: -5, max: 30 }), fc.double(), fc.constant("12"));
  const entry = fc.record(
    { type: fc.constantFrom("migrate", "patch", "stop"), vm: id, src: id, dst: id, host: id, start: time, end: time },
    { requiredKeys: ["type"] },
  );

  fc.assert(
    fc.property(problems, fc.array(fc.oneof(entry, fc.anything()), { maxLength: 8 }), (problem, entries) => {
      const report = checkActions(problem, entries as readonly ProblemAction[]);

      expect(report.ok).toBe(report.count === 0);
    }),
    { numRuns: 500, seed: 1 },
  );
});
