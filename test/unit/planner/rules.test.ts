import { describe, expect, test } from "vitest";
import { strengths } from "../../../src/domain/plan.ts";
import { reasonFor } from "../../../src/planner/rules/apply.ts";
import { rules } from "../../../src/planner/rules/index.ts";
import { notEdges } from "../../../src/planner/rules/not-edges.ts";
import { planOf, refusalOf, rulesOf, stepsOn, targets } from "./plans.ts";

const none = { patches: [] };

test("every rule has a scope, a strength, a sentence, a source and a date, and no id is there twice", () => {
  for (const rule of rules) {
    expect(rule.id).toMatch(/^[RT]\d+[a-z]?$/);
    expect(strengths).toContain(rule.strength);
    expect([rule.id, rule.scope.words !== "" && rule.text.endsWith(".") && rule.source !== ""]).toEqual([
      rule.id,
      true,
    ]);
    expect([rule.id, rule.checked]).toEqual([rule.id, rule.id.startsWith("T") ? "" : "2026-11"]);
  }
  expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
});

test("R1 to R78 are each either a rule or in the list of those that are none, with the reason", () => {
  const known = Array.from({ length: 78 }, (_, i) => `R${i + 1}`);
  const asRules = rules.map(({ id }) => id).filter((id) => /^R\d+$/.test(id));

  expect([...asRules, ...notEdges.map(({ id }) => id)].sort()).toEqual([...known].sort());
  for (const { why, kept } of notEdges) expect([why.length > 20, kept.length > 20]).toEqual([true, true]);
});

test("a second scope of a rule belongs to a rule", () => {
  const ids = rules.map(({ id }) => id);

  for (const id of ids.filter((one) => /[a-z]$/.test(one))) expect(ids).toContain(id.slice(0, -1));
});

test("a rule that is not in the table is a bug, not a reason", () => {
  expect(() => reasonFor("R999", "because")).toThrow(/bug: no rule R999/);
});

describe("between layers", () => {
  const managed = (family: string) => ({
    pools: {
      p: {
        family,
        hosts: { h1: {}, h2: {} },
        vms: { zmanager: { on: "h1", roles: ["management"], manages: "p" }, app: { on: "h2" } },
      },
    },
  });

  test("R1: the manager of a pool goes before its hosts", () => {
    const plan = planOf(managed("xapi"));

    expect(targets(plan).slice(0, 2)).toEqual(["zmanager", "h1"]);
    expect(rulesOf(plan, "h1")).toContain("R1");
    expect(rulesOf(plan, "h1")).not.toContain("R2");
  });

  test("R2: on vSphere it is vCenter before ESXi, with VMware's own source", () => {
    const plan = planOf(managed("vsphere"));

    expect(targets(plan)[0]).toBe("zmanager");
    expect(rulesOf(plan, "h1")).toContain("R2");
    expect(rulesOf(plan, "h1")).not.toContain("R1");
  });

  test("R1 and R2 say nothing about the hosts of a pool that nobody manages", () => {
    const plan = planOf({
      pools: {
        p: { hosts: { h1: {}, h2: {} }, vms: { m: { on: "h1", roles: ["management"], manages: "p" } } },
        q: { hosts: { k1: {} } },
      },
    });

    expect(rulesOf(plan, "k1")).not.toContain("R1");
  });

  test("R49: a Linux host with a hypervisor is patched in one transaction with one reboot", () => {
    const plan = planOf({ pools: { p: { family: "proxmox", hosts: { h1: {} } } } });

    expect(rulesOf(plan, "h1")).toContain("R49");
    expect(stepsOn(plan, "h1").filter((word) => /patch|reboot/.test(word))).toEqual(["patch h1", "reboot h1"]);
  });

  test("R49 says nothing about ESXi, nor about a Linux host without a hypervisor", () => {
    const plan = planOf({ pools: { p: { family: "vsphere", hosts: { h1: {} } } }, bare: { nas: {} } });

    expect([...rulesOf(plan, "h1"), ...rulesOf(plan, "nas")]).not.toContain("R49");
  });

  test("R68 and R69: guests after all hosts, over all pools, and the plan says why", () => {
    const plan = planOf({
      pools: { p: { hosts: { h1: {}, h2: {} }, vms: { a: { on: "h1" } } }, q: { hosts: { z1: {} } } },
      bare: { zz: {} },
    });

    expect(targets(plan)).toEqual(["h1", "h2", "z1", "zz", "a"]);
    expect(rulesOf(plan, "a")).toContain("R68");
    expect(plan.decisions.map((reason) => reason.rule)).toContain("R69");
  });

  test("R68 and R69 say nothing when no host is patched", () => {
    const plan = planOf({ pools: { p: { hosts: { h1: none }, vms: { a: { on: "h1" }, b: { on: "h1" } } } } });

    expect([...rulesOf(plan, "a")].sort()).toEqual(["R36", "T1"]);
    expect(plan.decisions.map((reason) => reason.rule)).not.toContain("R69");
  });
});

describe("inside a pool", () => {
  const master = (family: string) => ({ pools: { p: { family, hosts: { h1: {}, h2: {}, h3: { master: true } } } } });

  test("R19: the pool master goes first", () => {
    const plan = planOf(master("xapi"));

    expect(targets(plan)).toEqual(["h3", "h1", "h2"]);
    expect(rulesOf(plan, "h1")).toContain("R19");
  });

  test("R19 is a rule of XCP-ng: elsewhere hosts go by name", () => {
    const plan = planOf(master("proxmox"));

    expect(targets(plan)).toEqual(["h1", "h2", "h3"]);
    expect(rulesOf(plan, "h1")).not.toContain("R19");
  });

  test("R19 has nothing to say when the master is up to date already", () => {
    const plan = planOf({ pools: { p: { hosts: { h1: {}, h2: { master: true, ...none } } } } });

    expect(rulesOf(plan, "h1")).not.toContain("R19");
  });

  test("R20: switches go off before the first host and on again after the last", () => {
    const plan = planOf({ pools: { p: { switches: ["ha", "drs"], hosts: { h1: {}, h2: {} } } } });

    expect(plan.stages.map((stage) => stage.id)).toEqual([
      "hypervisor/p/prepare",
      "hypervisor/h1",
      "hypervisor/h2",
      "hypervisor/p/restore",
    ]);
    expect(stepsOn(plan, "p")).toEqual(["drs off p", "ha off p", "drs on p", "ha on p"]);
    expect(rulesOf(plan, "h1")).toContain("R20");
  });

  test("R20 leaves switches alone in a pool in which only guests are patched", () => {
    const plan = planOf({ pools: { p: { switches: ["ha"], hosts: { h1: none }, vms: { a: { on: "h1" } } } } });

    expect(plan.steps.some((step) => step.act.do === "set-switch")).toBe(false);
  });

  test("R24: the plan says that a host counts as back only by a fact; without a reboot there is nothing to say", () => {
    const rebooted = planOf({ bare: { h1: {} } });
    const not = planOf({ bare: { h1: { reboot: false } } });

    expect(rebooted.decisions.map((reason) => reason.rule)).toContain("R24");
    expect(not.decisions.map((reason) => reason.rule)).not.toContain("R24");
  });

  test("R25: on Proxmox VE one node after another; elsewhere, and for a single node, it says nothing", () => {
    const pool = (family: string) => ({ pools: { p: { family, hosts: { h1: {}, h2: {} } } } });
    const two = planOf(pool("proxmox"));
    const one = planOf({ pools: { p: { family: "proxmox", hosts: { h1: {} } } } });

    expect(two.decisions.map((reason) => reason.rule)).toContain("R25");
    expect(rulesOf(two, "h2")).toContain("R25");
    for (const plan of [one, planOf(pool("xapi"))])
      expect([...plan.decisions.map((reason) => reason.rule), ...rulesOf(plan, "h2")]).not.toContain("R25");
  });

  test("R36: the patch is asked whether it needs a reboot, and the answer is shown", () => {
    const plan = planOf({ bare: { h1: {}, h2: { reboot: false } } });

    const texts = plan.stages.flatMap((stage) => stage.reasons.filter((reason) => reason.rule === "R36"));
    expect(texts.map((reason) => reason.text)).toEqual([
      "reboot needed: new kernel",
      "no reboot: no kernel among the patches",
    ]);
    expect(stepsOn(plan, "h2")).toEqual(["patch h2", "check-health h2"]);
  });
});

describe("groups and dependencies", () => {
  const pair = (kind: string) => ({
    pools: { p: { hosts: { h1: none }, vms: { a: { on: "h1" }, b: { on: "h1" } } } },
    groups: { g: { kind, members: ["b", "a"] } },
  });

  test("R58: domain controllers go one after the other, never both at once", () => {
    const plan = planOf(pair("domain-controllers"));

    expect(targets(plan)).toEqual(["a", "b"]);
    expect(rulesOf(plan, "b")).toContain("R58");
    expect(rulesOf(plan, "b")).not.toContain("R66");
  });

  test("R66: members of a redundant group go one after the other, with the number that stays up", () => {
    const plan = planOf(pair("redundant"));

    expect(rulesOf(plan, "b")).toContain("R66");
    expect(plan.stages[1]?.reasons.map((reason) => reason.text)).toContain(
      "g keeps 1 of 2 up: a is back and healthy first",
    );
    expect(rulesOf(plan, "b")).not.toContain("R58");
  });

  test("R58 and R66 say nothing about machines in no group", () => {
    const plan = planOf({ pools: { p: { hosts: { h1: none }, vms: { a: { on: "h1" }, b: { on: "h1" } } } } });

    expect([...rulesOf(plan, "a"), ...rulesOf(plan, "b")]).not.toContain("R66");
  });

  test("a group has no opinion on who is first: dependsOn and the Slack proxy decide, and no circle is seen", () => {
    const plan = planOf({
      pools: {
        p: {
          hosts: { h1: none },
          vms: {
            a: { on: "h1", dependsOn: ["b"] },
            b: { on: "h1" },
            c: { on: "h1", roles: ["slack-egress"] },
            d: { on: "h1" },
          },
        },
      },
      groups: { g: { kind: "redundant", members: ["a", "b"] }, proxies: { kind: "redundant", members: ["c", "d"] } },
    });

    expect(targets(plan)).toEqual(["b", "a", "d", "c"]);
  });

  test("a group over layers follows the layers", () => {
    const plan = planOf({
      pools: {
        p: {
          hosts: { h1: {}, h2: {} },
          vms: { a: { on: "h1" }, m: { on: "h1", roles: ["management"], manages: "p" } },
        },
      },
      bare: { z: {} },
      groups: { g: { kind: "redundant", members: ["a", "m", "z"] } },
    });

    expect(targets(plan)).toEqual(["m", "h1", "h2", "z", "a"]);
  });

  test("T2: what others depend on goes before them", () => {
    const plan = planOf({
      pools: { p: { hosts: { h1: none }, vms: { app: { on: "h1", dependsOn: ["zdb"] }, zdb: { on: "h1" } } } },
    });

    expect(targets(plan)).toEqual(["zdb", "app"]);
    expect(rulesOf(plan, "app")).toContain("T2");
  });

  test("T2: a host that depends on a guest is not kept waiting for it, and the plan says so", () => {
    const plan = planOf({
      pools: {
        p: {
          hosts: { h1: { dependsOn: ["dns"] }, h2: none },
          vms: { dns: { on: "h1" } },
        },
        q: { hosts: { k1: none } },
      },
    });

    expect(targets(plan)).toEqual(["h1", "dns"]);
    expect(rulesOf(plan, "h1")).toContain("T2");
  });

  test("T2 says nothing about a dependency that is not patched in this plan", () => {
    const plan = planOf({
      pools: { p: { hosts: { h1: none }, vms: { app: { on: "h1", dependsOn: ["zdb"] }, zdb: { on: "h1", ...none } } } },
    });

    expect(rulesOf(plan, "app")).not.toContain("T2");
  });

  test("refuses dependencies in a circle, naming the members and the rule", () => {
    const refusal = refusalOf({
      pools: {
        p: {
          hosts: { h1: none },
          vms: {
            a: { on: "h1", dependsOn: ["b"] },
            b: { on: "h1", dependsOn: ["c"] },
            c: { on: "h1", dependsOn: ["a"] },
            outside: { on: "h1", dependsOn: ["a"] },
          },
        },
      },
    });

    expect(refusal.reason).toBe("circular");
    expect(refusal.message).toMatch(/^These wait for each other: .* \(rules T2\)\.$/);
    const ring = /: (.*) \(/.exec(refusal.message)?.[1]?.split(" → ") ?? [];
    expect([...ring.slice(1)].sort()).toEqual(["a", "b", "c"]);
    expect(ring[0]).toBe(ring.at(-1));
    expect(refusal.next).toMatch(/remove one of the dependencies/);
  });

  test("refuses a dependency against the rules, naming both rules", () => {
    const refusal = refusalOf({
      pools: { p: { hosts: { h1: { master: true, dependsOn: ["h2"] }, h2: {} } } },
    });

    expect(refusal.reason).toBe("circular");
    expect(refusal.message).toMatch(/rules (R19, T2|T2, R19)/);
    expect(refusal.message).toMatch(/h1.*h2/);
  });

  test("T1: where no rule decides, by layer, then by pool, then by name with numbers as numbers", () => {
    const plan = planOf({
      bare: { "h-10": {}, "h-9": {}, "a-1": {} },
      pools: { p: { family: "hyperv", hosts: { z: {} } } },
    });

    expect(targets(plan)).toEqual(["z", "a-1", "h-9", "h-10"]);
    expect(rulesOf(plan, "h-9")).toContain("T1");
  });
});
