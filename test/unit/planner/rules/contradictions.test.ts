import { expect, test } from "vitest";
import { planOf, refusalOf, targets } from "../plans.ts";
import { none, pool } from "./cases/case.ts";
import { stretched } from "./cases/storage.ts";

test("refuses a stretched vSAN of unknown version: witness last (R14) and witness first (R15) cannot both hold", () => {
  const refusal = refusalOf(stretched(undefined));

  expect(refusal.reason).toBe("circular");
  expect(refusal.message).toMatch(/These wait for each other: .*wit.*R14/);
  expect(refusal.message).toContain("R15");
  const said = (refusal.blockers ?? []).map((one) => one.message).join("\n");
  expect(said).toMatch(/R14: .*before the witness of p \(holds for: stretched vSAN 6\.x\)/);
  expect(said).toMatch(/R15: the witness \(wit\) before the hosts of p \(holds for: vSAN of VCF 9\)/);
  expect(refusal.next).toContain("which product and version");
});

test("refuses it as well when people say vSphere and no version", () => {
  expect(refusalOf(stretched(undefined, null)).message).toMatch(/R14.*R15|R15.*R14/);
});

test.each([
  ["6.7", ["h2", "h1", "wit", "h1"]],
  ["8.0", ["wit", "h2", "h1", "h1"]],
  ["9.0", ["wit", "h1", "h2", "h1"]],
])("with the version %s the contradiction is gone", (version, order) => {
  expect(targets(planOf(stretched(version)))).toEqual(order);
});

test("a version written in the inventory counts where the driver tells none; the driver's word wins", () => {
  const sketch = stretched(undefined);
  const { p, q } = sketch.pools ?? {};
  if (!p || !q) throw new Error("no pools");
  const told = (version: string) => ({ ...sketch, pools: { p: { ...p, storage: { ...p.storage, version } }, q } });

  expect(targets(planOf(told("6.7"))).indexOf("wit")).toBe(2);
  expect(targets(planOf(told("9.0"))).indexOf("wit")).toBe(0);
});

test("two general rules that say the same are no contradiction", () => {
  const plan = planOf(
    pool("xcp-ng", "8.3", { switches: ["ha"], vms: { m: { on: "h1", roles: ["management"], manages: "p" } } }),
  );

  expect(targets(plan)).toEqual(["m", "h1", "h2"]);
});

test("a default gives way: a SQL primary on bare metal waits for its secondary in the guest wave, and the plan says so", () => {
  const plan = planOf({
    pools: {
      p: { family: "proxmox", hosts: { h1: {}, h2: none }, vms: { app: { on: "h1", ...none }, sql2: { on: "h1" } } },
    },
    bare: { sql1: {} },
    groups: { ag: { kind: "sql-availability-group", members: ["sql1", "sql2"], primary: "sql1" } },
  });

  expect(targets(plan)).toEqual(["h1", "sql2", "sql1"]);
  expect(plan.stages[1]?.reasons.map((reason) => `${reason.rule}: ${reason.text}`)).toContain(
    "R68: gives way here to R59: ag: local secondaries before the old primary sql1",
  );
});

test("a default gives way for the one guest only, even in a large pool", () => {
  const vms = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`v${i}`, { on: "h1", gib: 1 }]));
  const plan = planOf({
    pools: { p: { family: "proxmox", hosts: { h1: {}, h2: {}, h3: none }, vms: { ...vms, zsql2: { on: "h1" } } } },
    bare: { sql1: {} },
    groups: { ag: { kind: "sql-availability-group", members: ["sql1", "zsql2"], primary: "sql1" } },
  });

  const order = targets(plan);
  expect(order.slice(0, 4)).toEqual(["h1", "h2", "zsql2", "sql1"]);
  expect(order.indexOf("v0")).toBe(4);
});
