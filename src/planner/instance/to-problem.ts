import type { Problem, ProblemGroup, ProblemHost, ProblemVm } from "../../domain/problem.ts";
import type { Instance, InstanceGroup, InstanceHost, InstanceVm } from "./schema.ts";

/** The instance in the words of the domain. What the format does not know (order, reserve, domains) is unlimited. */
export function toProblem(instance: Instance): Problem {
  const { limits } = instance;
  return {
    hosts: instance.hosts.map(hostOf),
    vms: instance.vms.map(vmOf),
    groups: instance.groups.map(groupOf),
    limits: {
      migrationsPerHost: limits.migrationsPerHost,
      migrationsGlobal: limits.migrationsGlobal ?? null,
      maintenancePerPool: limits.maintenancePerPool ?? null,
      maintenancePerDomain: null,
    },
    precedes: [],
    newerOnly: [],
    reserve: {},
  };
}

function hostOf({ id, pool, rack, cpu, memMb, patch }: InstanceHost): ProblemHost {
  return {
    id,
    pool,
    domain: rack ?? null,
    cpu,
    memory: memMb,
    patchSeconds: patch?.evacuate ? patch.patchS + patch.rebootS : null,
    inPlaceSeconds: patch && !patch.evacuate ? patch.patchS : 0,
  };
}

function vmOf({ id, host, cpu, memMb, migratable, migS, stopMs, group }: InstanceVm): ProblemVm {
  return {
    id,
    host,
    cpu,
    memory: memMb,
    migratable: migratable ?? true,
    migrateSeconds: migS ?? 0,
    pauseMs: stopMs ?? 0,
    group: group ?? null,
  };
}

function groupOf({ id, antiAffinity, minUp, members }: InstanceGroup): ProblemGroup {
  return { id, antiAffinity, minUp, members };
}
