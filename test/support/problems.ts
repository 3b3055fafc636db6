import type { Problem, ProblemHost, ProblemLimits, ProblemVm } from "../../src/domain/problem.ts";

/** A pending host of pool p0 with 10 vCPUs and 10 MiB, patched in 100 s. */
export function hostOf(id: string, over: Partial<ProblemHost> = {}): ProblemHost {
  return { id, pool: "p0", domain: null, cpu: 10, memory: 10, patchSeconds: 100, inPlaceSeconds: 0, ...over };
}

/** A movable VM of 1 vCPU and the memory given, moved in 10 s. */
export function vmOn(host: string, id: string, memory: number, over: Partial<ProblemVm> = {}): ProblemVm {
  const size = { cpu: 1, memory, migratable: true, migrateSeconds: 10, pauseMs: 200, group: null };
  return { id, host, ...size, ...over };
}

/** No limits but 4 migrations per host. */
export function problemOf(
  parts: Pick<Problem, "hosts" | "vms"> & Partial<Omit<Problem, "limits">> & { limits?: Partial<ProblemLimits> },
): Problem {
  const limits = {
    migrationsPerHost: 4,
    migrationsGlobal: null,
    maintenancePerPool: null,
    maintenancePerDomain: null,
    ...parts.limits,
  };
  return { groups: [], precedes: [], newerOnly: [], reserve: {}, ...parts, limits };
}
