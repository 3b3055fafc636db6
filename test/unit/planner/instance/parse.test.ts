import { describe, expect, test } from "vitest";
import { parseInstance } from "../../../../src/planner/instance/parse.ts";

type Loose = Record<string, unknown>;
interface Small extends Loose {
  limits: Loose;
  hosts: Loose[];
  vms: Loose[];
  groups: Loose[];
}

/** Two hosts, one VM on each, both in one group. A new one each time: tests change it. */
function small(): Small {
  return {
    format: "rolling-patch-instance/1",
    name: "small",
    limits: { migrationsPerHost: 2, migrationsGlobal: null, maintenancePerPool: null },
    hosts: [
      { id: "a", pool: "p", rack: "r", cpu: 8, memMb: 8, patch: { patchS: 10, rebootS: 5, evacuate: true } },
      { id: "b", pool: "p", cpu: 8, memMb: 8, patch: { patchS: 7, rebootS: 0, evacuate: false } },
    ],
    vms: [
      { id: "v1", host: "a", cpu: 2, memMb: 4, migratable: true, migS: 3, stopMs: 100, group: "g" },
      { id: "v2", host: "b", cpu: 2, memMb: 4, migS: 3, stopMs: 100, group: "g", dirtyMBps: 1.5 },
    ],
    groups: [{ id: "g", antiAffinity: true, minUp: 1, members: ["v1", "v2"] }],
  };
}

/** Every problem as `where: message`. */
function problemsOf(given: unknown): readonly string[] {
  const parsed = parseInstance(given);
  return parsed.ok ? [] : (parsed.blockers ?? []).map(({ where, message }) => `${where}: ${message}`);
}

function problemsAfter(change: (instance: Small) => void): readonly string[] {
  const instance = small();
  change(instance);
  return problemsOf(instance);
}

/** Sets one field of one item: `vms.0.cpu`. */
function set(path: string, value: unknown): (instance: Small) => void {
  return (instance) => {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let at: Loose = instance;
    for (const key of keys) at = at[key] as Loose;
    at[last] = value;
  };
}

test("a right instance is parsed, and what no plan needs is dropped", () => {
  const parsed = parseInstance(small());

  expect(parsed.ok && parsed.value.vms[1]).toEqual({
    id: "v2",
    host: "b",
    cpu: 2,
    memMb: 4,
    migS: 3,
    stopMs: 100,
    group: "g",
  });
});

test("a group of one is legal, also when its one member must be up", () => {
  const change = (instance: Small) => {
    instance.groups = [
      { id: "g", antiAffinity: true, minUp: 1, members: ["v1"] },
      { id: "h", antiAffinity: false, minUp: 0, members: [] },
    ];
    set("vms.1.group", null)(instance);
  };

  expect(problemsAfter(change)).toEqual([]);
});

test("groups and limits that bind nothing may be left out", () => {
  const change = (instance: Small) => {
    instance.limits = { migrationsPerHost: 2 };
    const { groups: _, ...rest } = instance;
    for (const vm of instance.vms) delete vm.group;
    return rest;
  };

  expect(problemsOf(change(small()))).toEqual([]);
});

test("a VM that never moves needs no migration time", () => {
  const change = set("vms.0", { id: "v1", host: "a", cpu: 1, memMb: 1, migratable: false, group: "g" });

  expect(problemsAfter(change)).toEqual([]);
});

describe("refuses", () => {
  test.each<[string, (instance: Small) => void, string]>([
    ["a host without a pool", set("hosts.0.pool", undefined), "host a: pool: is missing; add a text"],
    ["a negative size", set("vms.0.cpu", -1), "VM v1: cpu: must be at least 0"],
    ["half a vCPU", set("hosts.1.cpu", 2.5), "host b: cpu: must be a whole number"],
    ["a text for a number", set("vms.1.memMb", "4"), "VM v2: memMb: must be a number"],
    ["a host without an id", set("hosts.0.id", undefined), "hosts[0]: id: is missing; add a text"],
    ["K of zero", set("limits.migrationsPerHost", 0), "limits: migrationsPerHost: must be at least 1"],
    ["a negative K", set("limits.migrationsPerHost", -4), "limits: migrationsPerHost: must be at least 1"],
    [
      "a limit that nobody would keep",
      set("limits.maintenancePerRack", 1),
      'limits: maintenancePerRack: unknown key "maintenancePerRack"; remove it or correct its spelling',
    ],
    ["no limits", set("limits", undefined), "limits: is missing; add a map (key: value)"],
    ["hosts that are no list", set("hosts", {}), "hosts: must be a list ([a, b])"],
    ["VMs that are missing", set("vms", undefined), "vms: is missing; add a list"],
    [
      "a patch without evacuate",
      set("hosts.0.patch", { patchS: 1, rebootS: 1 }),
      "host a: patch.evacuate: is missing; add true or false",
    ],
    [
      "a patch of no length",
      set("hosts.0.patch", { patchS: 0, rebootS: 0, evacuate: true }),
      "host a: has a patch of 0 s; give patchS or rebootS, or remove the patch",
    ],
    [
      "a reboot under running VMs",
      set("hosts.1.patch.rebootS", 60),
      "host b: reboots for 60 s with its VMs on it; set patch.evacuate to true, or rebootS to 0",
    ],
    [
      "a host twice",
      (instance) => {
        instance.hosts.push({ ...instance.hosts[0] });
      },
      "host a: is there twice; remove or rename one of them",
    ],
    [
      "a VM on a host that is not there",
      set("vms.0.host", "nowhere"),
      "VM v1: is on the host nowhere, which is not in hosts; correct the name or add the host",
    ],
    [
      "a VM in a group that is not there",
      (instance) => {
        instance.vms.push({ id: "v3", host: "a", cpu: 1, memMb: 1, migS: 1, stopMs: 1, group: "none" });
      },
      "VM v3: is in the group none, which is not in groups; correct the name or add the group",
    ],
    [
      "a member whose own group is another",
      set("vms.1.group", null),
      "group g: has the member v2, whose own group is none; make vms and groups say the same",
    ],
    [
      "a member that the group does not name",
      (instance) => {
        set("groups.0.members", ["v1"])(instance);
      },
      "VM v2: is in the group g, which does not name it; make vms and groups say the same",
    ],
    [
      "a member that is no VM",
      set("groups.0.members", ["v1", "v2", "v9"]),
      "group g: has the member v9, which is not in vms; correct the name or add the VM",
    ],
    ["a member twice", set("groups.0.members", ["v1", "v2", "v2"]), "group g: has the member v2 twice; remove one"],
    [
      "more members up than there are",
      set("groups.0.minUp", 3),
      "group g: needs 3 members up and has 2; lower minUp or add members",
    ],
    [
      "a host that is too full at the start",
      set("vms.0.cpu", 9),
      "host a: holds more than it has at the start: cpu 9/8 memory 4/8; correct the sizes",
    ],
    [
      "two members on one host at the start",
      set("vms.1.host", "a"),
      "group g: has v1 and v2 both on a at the start, against its anti-affinity; move one of them first",
    ],
    [
      "a VM that moves in no time",
      set("vms.0.migS", 0),
      "VM v1: migS: must be at least 1 for a VM that can move; add its seconds, or migratable: false",
    ],
    ["a VM without its pause", set("vms.0.stopMs", undefined), "VM v1: stopMs: is missing; add a number"],
  ])("%s", (_what, change, problem) => {
    expect(problemsAfter(change)).toEqual([problem]);
  });

  test("a VM that is there twice", () => {
    const change = (instance: Small) => {
      instance.vms.push({ ...instance.vms[0], group: null });
    };

    expect(problemsAfter(change)).toEqual(["VM v1: is there twice; remove or rename one of them"]);
  });

  test.each([
    ["a list", []],
    ["nothing", null],
    ["a text", "instance"],
  ])("%s in place of the object", (_what, given) => {
    expect(problemsOf(given)).toEqual([
      "file: must be one JSON object with hosts, vms and groups; see planning.md 2.2 for the format",
    ]);
  });

  test("another format, and says nothing more about it", () => {
    expect(problemsOf({ format: "rolling-patch-instance/2" })).toEqual([
      'format: must be "rolling-patch-instance/1"; this is not an instance, or one of another version',
    ]);
  });

  test("an instance without hosts", () => {
    expect(problemsOf({ ...small(), hosts: [], vms: [], groups: [] })).toEqual(["hosts: is empty; add a host"]);
  });

  test("several things at once, and does not call a host unknown that is only wrong", () => {
    const change = (instance: Small) => {
      set("hosts.0.cpu", -8)(instance);
      set("vms.1.host", "z")(instance);
      set("limits.migrationsPerHost", 0)(instance);
    };

    expect(problemsAfter(change)).toEqual([
      "limits: migrationsPerHost: must be at least 1",
      "host a: cpu: must be at least 0",
      "VM v2: is on the host z, which is not in hosts; correct the name or add the host",
    ]);
  });

  test("a hundred wrong VMs with the count and the first twenty", () => {
    const instance = small();
    instance.vms = Array.from({ length: 100 }, (_, i) => ({
      id: `w${i}`,
      host: "nowhere",
      cpu: 1,
      memMb: 1,
      migS: 1,
      stopMs: 1,
    }));
    instance.groups = [];

    const parsed = parseInstance(instance);

    expect(parsed).toMatchObject({ ok: false, message: expect.stringContaining("100 problems; the first: VM w0:") });
    expect(!parsed.ok && parsed.blockers).toHaveLength(20);
  });
});

test("refuses ids that JavaScript treats in a special way only when they are wrong", () => {
  const change = (instance: Small) => {
    set("hosts.0.id", "__proto__")(instance);
    set("vms.0.host", "__proto__")(instance);
    set("vms.1.host", "constructor")(instance);
  };

  expect(problemsAfter(change)).toEqual([
    "VM v2: is on the host constructor, which is not in hosts; correct the name or add the host",
  ]);
});
