import { describe, expect, test } from "vitest";
import { readWorld } from "../../../src/planner/world.ts";
import { scene } from "../../support/builders.ts";
import { planOf, refusalOf, rulesOf, targets } from "./plans.ts";

const none = { patches: [] };
const members = ["a", "b", "c", "d", "e"];

test.each([
  ["etcd", 3],
  ["mongodb", 3],
  ["rabbitmq", 3],
  ["quorum", 3],
  ["exchange-dag", 4],
  ["elasticsearch", 4],
  ["sql-availability-group", 4],
  ["sql-failover-cluster", 4],
  ["redundant", 1],
])("of five members of a group of the kind %s, %i stay up", (kind, need) => {
  const { cluster, facts } = scene({
    bare: Object.fromEntries(members.map((name) => [name, {}])),
    groups: { g: { kind, members } },
  });

  expect(readWorld("c", cluster, facts).groups[0]?.need).toBe(need);
});

const trio = (kind: string, a: object, more: object = {}) => ({
  bare: { a, b: {}, c: {} },
  groups: { g: { kind, members: ["a", "b", "c"], ...more } },
});

describe("fails closed when a member is out of service already", () => {
  test.each(["etcd", "rabbitmq", "quorum", "exchange-dag", "elasticsearch"])("by somebody's cordon (%s)", (kind) => {
    const refusal = refusalOf(trio(kind, { cordonedBy: "kured" }));

    expect(refusal.blockers?.map((one) => one.message).join("\n")).toMatch(
      /group g: a already down, 2 of 3 up, 2 needed/,
    );
  });

  test("by somebody's maintenance of a host, and the name of that somebody is told", () => {
    const refusal = refusalOf({
      pools: { p: { hosts: { h1: { maintenance: true, maintenanceBy: "vrops" }, h2: {}, h3: {} } } },
      groups: { g: { kind: "quorum", members: ["h1", "h2", "h3"] } },
    });

    const said = refusal.blockers?.map((one) => `${one.message}; ${one.next}`).join("\n");
    expect(said).toContain("h1 is already in maintenance: vrops is at work on it (rule R48); ask vrops");
    expect(said).toContain("group g: h1 already down");
  });
});

test("refuses a group of two with a primary of which nobody says who it is", () => {
  for (const [kind, rule] of [
    ["sql-availability-group", "R59"],
    ["sql-failover-cluster", "R60"],
    ["mongodb", "R62"],
  ] as const)
    expect(refusalOf(trio(kind, {})).message).toContain(
      `nobody says which of a, b, c is the primary of g: it must go last (rule ${rule})`,
    );
});

test("the primary as a driver sees it now wins over the one in the inventory", () => {
  const plan = planOf({
    bare: { a: {}, b: { primaryOf: ["g"] }, c: {} },
    groups: { g: { kind: "mongodb", members: ["a", "b", "c"], primary: "a" } },
  });

  expect(targets(plan)).toEqual(["a", "c", "b"]);
});

test("R66: over two hypervisors, a host with a member that cannot move and another member's reboot are kept apart", () => {
  const plan = planOf({
    pools: {
      p: { family: "proxmox", hosts: { h1: {}, h2: none }, vms: { a: { on: "h1", stuck: true, ...none } } },
      q: {
        family: "vsphere",
        hosts: { k1: {}, k2: none },
        vms: { b: { on: "k1", stuck: true, ...none }, c: { on: "k2" } },
      },
    },
    groups: { g: { kind: "quorum", members: ["a", "b", "c"] } },
  });

  expect(targets(plan)).toEqual(["h1", "k1", "c"]);
  expect(rulesOf(plan, "k1")).toContain("R66");
  expect(rulesOf(plan, "c")).toContain("R66");
});

test("R58: domain controllers that nobody put in a group are a group: both cannot go down with one host", () => {
  const dc = { roles: ["domain-controller"], stuck: true, ...none };
  const refusal = refusalOf({
    pools: { p: { hosts: { h1: {}, h2: {} }, vms: { dc1: { on: "h1", ...dc }, dc2: { on: "h1", ...dc } } } },
  });

  expect(refusal.message).toContain(
    "group domain controllers without a group: while dc2 is down, 0 of 2 members would be up",
  );
});

test("refuses a kubelet newer than its apiserver (rule R6), and lets the same version pass", () => {
  const estate = (to: string) => ({
    bare: {
      api1: { runs: [{ product: "kube-apiserver", version: "1.31.2" }] },
      api2: { runs: ["kube-apiserver"], patches: [{ name: "kube-apiserver", from: "1.30.1", to: "1.31.4" }] },
      node: { runs: ["kubelet"], patches: [{ name: "kubelet", from: "1.30.1", to }] },
    },
  });

  expect(refusalOf(estate("1.32.0")).message).toBe(
    "node would get kubelet 1.32.0, newer than an apiserver of 1.31 (rule R6)",
  );
  expect(rulesOf(planOf(estate("1.31.9")), "node")).toContain("R6");
});
