import { expect, test } from "vitest";
import type { PoolSketch, VmSketch } from "../../support/builders.ts";
import { planOf, refusalOf, rulesOf, stepsOn, targets } from "./plans.ts";

const none = { patches: [] };
const one = (vm: Omit<VmSketch, "on">, pool: Partial<PoolSketch> = {}) => ({
  pools: { p: { hosts: { h1: {}, h2: {} }, ...pool, vms: { x: { on: "h1", ...vm } } } },
});

test.each([
  ["R71", "controller", "runs Tuesday"],
  ["R72", "management", "manages the pool"],
  ["R78", "slack-egress", "carries the Slack traffic"],
])("%s: a VM with the role %s is moved away before its host goes down, and the plan says so", (rule, role, words) => {
  const plan = planOf(one({ roles: [role], ...none }));

  expect(stepsOn(plan, "h1")[0]).toBe("migrate x h1>h2");
  expect(rulesOf(plan, "h1")).toContain(rule);
  expect(plan.stages[0]?.reasons.map((reason) => reason.text).join()).toContain(words);
});

test.each([
  ["R71", "controller"],
  ["R72", "management"],
  ["R78", "slack-egress"],
])("%s: refuses a plan when the VM with the role %s cannot be moved off a host that reboots", (_rule, role) => {
  const refusal = refusalOf(one({ roles: [role], stuck: true, ...none }));

  expect(refusal.reason).toBe("circular");
  expect(refusal.blockers).toEqual([
    expect.objectContaining({ where: "x → h1", next: expect.stringContaining("by hand") }),
  ]);
});

test.each(["controller", "management", "slack-egress"])(
  "a VM with the role %s that cannot move is no matter when its host needs no reboot",
  (role) => {
    const plan = planOf(one({ roles: [role], stuck: true, ...none }, { hosts: { h1: { reboot: false }, h2: {} } }));

    expect(stepsOn(plan, "h1")).toEqual(["patch h1", "check-health h1"]);
  },
);

test("refuses a plan when vCenter runs on the only host it manages", () => {
  const refusal = refusalOf(
    one({ roles: ["management"], manages: "p", ...none }, { family: "vsphere", hosts: { h1: {} } }),
  );

  expect(refusal.blockers?.[0]?.message).toBe("x manages the pool, runs on h1, which must reboot, and cannot be moved");
});

test("R71: Tuesday does not patch the VM it runs on, and says who can", () => {
  const plan = planOf(one({ roles: ["controller"] }));

  expect(targets(plan)).not.toContain("x");
  expect(plan.untouched).toEqual([{ machine: "x", why: expect.stringMatching(/R71.*by hand/) }]);
});

test("R73: a warning when all name and domain servers run in one pool", () => {
  const plan = planOf(one({ roles: ["dns"] }));

  expect(plan.decisions.find((reason) => reason.rule === "R73")?.text).toContain("(x) run in one pool");
});

test("R73 says nothing when they are in two pools, or when there are none", () => {
  const two = planOf({
    pools: {
      p: { hosts: { h1: {}, h2: {} }, vms: { x: { on: "h1", roles: ["dns"] } } },
      q: { hosts: { k1: none }, vms: { y: { on: "k1", roles: ["domain-controller"] } } },
    },
  });
  const nothing = planOf(one({}));

  for (const plan of [two, nothing]) expect(plan.decisions.map((reason) => reason.rule)).not.toContain("R73");
});

test.each([
  ["R74, a Windows failover cluster", "hyperv"],
  ["R75, a stretched cluster", "vsphere"],
])("refuses a plan when the witness runs on the cluster it serves (%s)", (_what, family) => {
  const refusal = refusalOf(one({ roles: ["witness"], manages: "p" }, { family }));

  expect(refusal.reason).toBe("circular");
  expect(refusal.blockers).toEqual([
    {
      reason: "circular",
      where: "x → p",
      message: "x is the witness of p and runs on p: both votes go down together",
      next: "move the witness x to a third site",
    },
  ]);
});

test("a witness that serves another cluster is a guest like any other", () => {
  const plan = planOf({
    pools: {
      p: { family: "hyperv", hosts: { h1: {}, h2: {} }, vms: { x: { on: "h1", roles: ["witness"], manages: "q" } } },
      q: { family: "hyperv", hosts: { k1: {} } },
    },
  });

  expect(targets(plan)).toContain("x");
});

test("R76: refuses to take down a host with a storage controller, and names the vendor's procedure", () => {
  const refusal = refusalOf(one({ roles: ["storage-controller"] }));

  expect(refusal.blockers?.[0]).toMatchObject({ where: "x → h1", next: expect.stringContaining("vendor's own") });
});

test("R76: a storage controller is not patched as a guest, even when its host stays up", () => {
  const plan = planOf(one({ roles: ["storage-controller"] }, { hosts: { h1: none, h2: {} } }));

  expect(plan.untouched).toContainEqual({ machine: "x", why: expect.stringMatching(/R76/) });
  expect(targets(plan)).toEqual(["h2"]);
});

test("R78: the VM that carries the Slack traffic is patched last", () => {
  const plan = planOf({
    pools: {
      p: {
        hosts: { h1: none },
        vms: { "a-proxy": { on: "h1", roles: ["slack-egress"] }, b: { on: "h1" }, c: { on: "h1" } },
      },
    },
  });

  expect(targets(plan)).toEqual(["b", "c", "a-proxy"]);
  expect(rulesOf(plan, "a-proxy")).toContain("R78");
  expect(rulesOf(plan, "b")).not.toContain("R71");
});

test("all circles are named at once", () => {
  const refusal = refusalOf({
    pools: {
      p: {
        hosts: { h1: {}, h2: {} },
        vms: {
          w: { on: "h1", roles: ["witness"], manages: "p" },
          s: { on: "h1", roles: ["storage-controller"] },
          t: { on: "h2", roles: ["controller"], stuck: true },
        },
      },
    },
  });

  expect(refusal.blockers?.map((blocker) => blocker.where).sort()).toEqual(["s → h1", "t → h2", "w → p"]);
});
