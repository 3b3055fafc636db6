import { expect, test } from "vitest";
import { toProblem } from "../../../../src/planner/instance/to-problem.ts";

test("an instance becomes a problem: racks are domains, only an evacuation has patch seconds", () => {
  const problem = toProblem({
    name: "small",
    limits: { migrationsPerHost: 2, maintenancePerPool: 3 },
    hosts: [
      { id: "a", pool: "p", rack: "r", cpu: 8, memMb: 16, patch: { patchS: 10, rebootS: 5, evacuate: true } },
      { id: "b", pool: "p", cpu: 8, memMb: 16, patch: { patchS: 7, rebootS: 0, evacuate: false } },
      { id: "c", pool: "p", rack: null, cpu: 8, memMb: 16 },
    ],
    vms: [
      { id: "v", host: "a", cpu: 1, memMb: 2, migS: 3, stopMs: 400, group: "g" },
      { id: "w", host: "a", cpu: 1, memMb: 2, migratable: false },
    ],
    groups: [{ id: "g", antiAffinity: true, minUp: 1, members: ["v"] }],
  });

  const size = { pool: "p", cpu: 8, memory: 16 };
  expect(problem).toEqual({
    hosts: [
      { id: "a", ...size, domain: "r", patchSeconds: 15, inPlaceSeconds: 0 },
      { id: "b", ...size, domain: null, patchSeconds: null, inPlaceSeconds: 7 },
      { id: "c", ...size, domain: null, patchSeconds: null, inPlaceSeconds: 0 },
    ],
    vms: [
      { id: "v", host: "a", cpu: 1, memory: 2, migratable: true, migrateSeconds: 3, pauseMs: 400, group: "g" },
      { id: "w", host: "a", cpu: 1, memory: 2, migratable: false, migrateSeconds: 0, pauseMs: 0, group: null },
    ],
    groups: [{ id: "g", antiAffinity: true, minUp: 1, members: ["v"] }],
    limits: { migrationsPerHost: 2, migrationsGlobal: null, maintenancePerPool: 3, maintenancePerDomain: null },
    precedes: [],
    newerOnly: [],
    reserve: {},
  });
});
