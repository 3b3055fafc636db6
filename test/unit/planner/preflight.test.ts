import { expect, test } from "vitest";
import { type Scene, scene } from "../../support/builders.ts";
import { planOf, refusalOf } from "./plans.ts";

const two = { pools: { p: { hosts: { h1: {}, h2: {} }, vms: { a: { on: "h1" }, b: { on: "h2" } } } } };

function withFacts(given: Scene, change: (facts: Scene["facts"]) => Partial<Scene["facts"]>): Scene {
  return { ...given, facts: { ...given.facts, ...change(given.facts) } };
}

const gap = (where: string, code: string) => ({ where, code, message: `${where}: ${code}`, next: `look at ${where}` });

test("fails closed when a machine could not be read, with the driver's own words", () => {
  const refusal = refusalOf(withFacts(scene(two), () => ({ unread: [gap("a", "unreachable")] })));

  expect(refusal).toMatchObject({ reason: "machine-unreachable", message: "a: unreachable", next: "look at a" });
});

test("fails closed when a host's key is another one", () => {
  const refusal = refusalOf(withFacts(scene(two), () => ({ unread: [gap("h1", "host-key-mismatch")] })));

  expect(refusal.reason).toBe("host-key-mismatch");
});

test("fails closed when the platform does not know a host or a VM of the inventory", () => {
  const refusal = refusalOf(
    withFacts(scene(two), ({ pools }) => ({
      pools: pools.map((pool) => ({
        ...pool,
        hosts: pool.hosts.filter((host) => host.host !== "h2"),
        vms: pool.vms.filter((vm) => vm.vm !== "a"),
      })),
    })),
  );

  expect(refusal.blockers?.map((blocker) => blocker.message)).toEqual([
    "h2 is in the inventory, but p does not know it",
    "a is in the inventory, but p does not know it",
  ]);
});

test("an unread pool is told once, not once more for each of its VMs", () => {
  const refusal = refusalOf(withFacts(scene(two), () => ({ pools: [], unread: [gap("p", "unreachable")] })));

  expect(refusal.blockers?.map((blocker) => blocker.where)).toEqual(["p"]);
});

test("refuses to plan while a host is offline", () => {
  const refusal = refusalOf({ pools: { p: { hosts: { h1: { online: false }, h2: {} } } } });

  expect(refusal).toMatchObject({ reason: "machine-unreachable", message: "h1 is offline" });
});

test("refuses to plan while somebody else has a host in maintenance", () => {
  const refusal = refusalOf({ pools: { p: { hosts: { h1: { maintenance: true }, h2: {} } } } });

  expect(refusal.message).toBe("h1 is already in maintenance: somebody else is at work on it (rule R48)");
});

test("R77: refuses to plan while a backup runs in a pool or on a machine; an idle pool has no such blocker", () => {
  const pool = { hosts: { h1: {}, h2: {} } };

  const refusal = refusalOf({
    pools: { p: { ...pool, busyWith: ["nightly backup"] } },
    bare: { n: { busyWith: ["apt"] } },
  });

  expect(refusal.blockers?.map((blocker) => blocker.message)).toEqual([
    "p is busy: nightly backup (rules R48, R77)",
    "n is busy: apt (rules R48, R77)",
  ]);
  expect(planOf({ pools: { p: pool }, bare: { n: {} } }).steps.length).toBeGreaterThan(0);
});

const trio = (downMembers: number, kind = "quorum") => ({
  pools: {
    p: {
      hosts: { h1: { patches: [] } },
      vms: {
        a: { on: "h1", running: downMembers < 1 },
        b: { on: "h1", running: downMembers < 2 },
        c: { on: "h1" },
      },
    },
  },
  groups: { g: { kind, members: ["a", "b", "c"] } },
});

test("R66: refuses to take a member from a quorum that has lost one already", () => {
  const refusal = refusalOf(trio(1));

  expect(refusal.blockers).toEqual([
    {
      reason: "blocked",
      where: "g",
      message: "group g: a already down, 2 of 3 up, 2 needed (rule R66)",
      next: "start a first",
    },
  ]);
});

test("R66: a redundant group of three may have lost one, but not two", () => {
  expect(planOf(trio(1, "redundant")).steps.length).toBeGreaterThan(0);
  expect(refusalOf(trio(2, "redundant")).message).toContain("a, b already down, 1 of 3 up, 1 needed");
});

test("every blocker is named at once, with its machine and what to do", () => {
  const given = scene({
    pools: {
      p: {
        busyWith: ["backup"],
        hosts: { h1: { online: false }, h2: { maintenance: true } },
        vms: { a: { on: "h1", running: false }, b: { on: "h2" } },
      },
    },
    groups: { g: { kind: "redundant", members: ["a", "b"] } },
  });

  const refusal = refusalOf(withFacts(given, () => ({ unread: [gap("b", "timeout")] })));

  expect(refusal.reason).toBe("blocked");
  expect(refusal.message).toBe("c cannot be planned: 5 things stand in the way.");
  expect(refusal.blockers?.map((blocker) => blocker.where)).toEqual(["b", "h1", "h2", "p", "g"]);
  for (const blocker of refusal.blockers ?? []) expect(blocker.next).not.toBe("");
});

test("a cluster with nothing pending is told so; that is no plan", () => {
  const refusal = refusalOf({ bare: { h1: { patches: [] }, h2: { patcher: false } } });

  expect(refusal).toMatchObject({ reason: "nothing-to-do", message: "Nothing is pending in c." });
});
