import { expect, test } from "vitest";
import type { VmSketch } from "../../support/builders.ts";
import { planOf, stepWords } from "./plans.ts";

const none = { patches: [] };
const starts = (plan: ReturnType<typeof planOf>) =>
  stepWords(plan)
    .filter((word) => word.startsWith("start-vm"))
    .map((word) => word.split(" ")[1]);
const single = (family: string, vms: Readonly<Record<string, VmSketch>>) => ({
  pools: { p: { family, liveMigration: false, hosts: { h1: {} }, vms } },
});

test("R53: on a single Hyper-V host domain controllers start first, then databases, then the rest", () => {
  const vms = {
    app: { on: "h1", gib: 8, ...none },
    dc: { on: "h1", gib: 1, roles: ["domain-controller"], ...none },
    sql: { on: "h1", gib: 4, roles: ["database"], ...none },
  };

  expect(starts(planOf(single("hyperv", vms)))).toEqual(["dc", "sql", "app"]);
  expect(starts(planOf(single("libvirt", vms)))).toEqual(["app", "sql", "dc"]);
});

test("what others depend on is started before them, on every platform", () => {
  const vms = {
    app: { on: "h1", gib: 8, dependsOn: ["sql"], ...none },
    dns: { on: "h1", gib: 1, ...none },
    sql: { on: "h1", gib: 4, dependsOn: ["dns"], ...none },
  };

  expect(starts(planOf(single("proxmox", vms)))).toEqual(["dns", "sql", "app"]);
});
