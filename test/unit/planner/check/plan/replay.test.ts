import { describe, expect, test } from "vitest";
import { scene } from "../../../../support/builders.ts";
import { changed, moved, valid, violationsOf, without, withSteps, withTimes } from "./broken.ts";
import { at, type Case, expectBroken, host, pool, to, vm } from "./cases.ts";

const cases: readonly Case[] = [
  // Migrations
  [
    "a VM that is not where the plan says",
    without(valid, at("migrate", "dc1")),
    ["migration", "maintenance", "reboot", "apart"],
    /dc1 is on h1, not on h3/,
  ],
  [
    "a VM that cannot be moved by now",
    valid,
    ["migration"],
    /calm cannot be moved: a GPU is passed through/,
    vm("calm", { stuck: true }),
  ],
  [
    "a pool that cannot move VMs by now",
    valid,
    ["migration"],
    /p cannot move VMs: no shared storage/,
    pool({ liveMigration: false }),
  ],
  ["a VM that is switched off by now", valid, ["migration"], /calm does not run/, vm("calm", { running: false })],
  [
    "a VM that carries the storage of its host by now",
    valid,
    ["migration"],
    /serves the disks of its host \(rule R76\)/,
    vm("calm", { roles: ["storage-controller"] }),
  ],
  [
    "a migration to where the VM is",
    changed(valid, at("migrate", "web"), to("h2")),
    ["migration", "maintenance", "reboot"],
    /it goes nowhere/,
  ],
  [
    "a migration to a host that is out of service",
    changed(moved(valid, at("migrate", "web"), at("patch", "h1")), at("patch", "h1"), to("h1")),
    ["migration", "stage-order", "reboot"],
    /h1 is not in service/,
  ],
  [
    "a host that is offline by now",
    valid,
    ["migration", "maintenance", "power"],
    /h3 is not in service/,
    host("h3", { online: false }),
  ],
  // Room
  [
    "a host with less memory by now",
    valid,
    ["capacity"],
    /h2 would carry 1[0-9]+ MiB and has 12288 MiB/,
    host("h2", { gib: 12 }),
  ],
  // Maintenance
  [
    "a host that is not emptied",
    without(valid, at("migrate", "web")),
    ["maintenance", "reboot"],
    /web still runs on h2/,
  ],
  [
    "patch and reboot of a host that is in service",
    without(without(valid, at("enter-maintenance", "h1")), at("leave-maintenance", "h1") - 1),
    ["maintenance", "reboot"],
    /h1 is not in maintenance/,
  ],
  [
    "a host that stays in maintenance",
    without(valid, at("leave-maintenance", "h1")),
    ["undo", "migration", "pace", "switch", "left-over"],
    /h1 is still in maintenance/,
  ],
  [
    "a host that somebody else works on by now",
    valid,
    ["migration", "maintenance", "power"],
    /bob has h3 in maintenance \(rule R48\)/,
    host("h3", { maintenance: true, maintenanceBy: "bob" }),
  ],
  // Power
  [
    "a VM that is stopped for ever",
    without(valid, at("start-vm", "gpu")),
    ["undo", "left-over", "patches", "health"],
    /gpu is switched off, and ran before/,
  ],
  [
    "a VM that starts on a host in maintenance",
    moved(valid, at("start-vm", "gpu"), at("leave-maintenance", "h3")),
    ["power"],
    /h3 is not in service/,
  ],
  [
    "a VM tied to its host that starts on another",
    changed(valid, at("start-vm", "gpu"), ({ act }) => (act.do === "start-vm" ? { act: { ...act, host: "h1" } } : {})),
    ["power", "shown"],
    /gpu was stopped on h3 and cannot be moved to h1/,
  ],
  [
    "Tuesday's own machine",
    valid,
    ["power", "patches"],
    /gpu runs Tuesday itself \(rule R71\)/,
    vm("gpu", { roles: ["controller"] }),
  ],
];

test("the plan that all cases break has nothing wrong", () => {
  expect(violationsOf(valid)).toEqual([]);
});

describe("refuses", () => {
  test.each(cases.map((one) => ({ what: one[0], one })))("$what", ({ one }) => expectBroken(one));
});

test("two steps that overlap are judged as they overlap: a VM that migrates fills both hosts", () => {
  const small = scene(host("h2", { gib: 12 }));
  const first = at("migrate", "calm");
  const steps = valid.steps
    .slice(0, first + 3)
    .map((step, i) => (i > first ? { ...step, start: 5, end: 65, after: ["s001"] } : step));
  const plan = withTimes(valid, steps, { stepsAtOnce: 3 });

  expect(
    violationsOf(plan, small)
      .filter(({ rule }) => rule === "pace")
      .map(({ at: when, where }) => [when, where]),
  ).toEqual([[5, "h1"]]);
});

test("every objection tells when, where and what, in a sentence", () => {
  const [first] = violationsOf(without(valid, at("migrate", "web")));

  expect(first).toEqual({
    rule: "maintenance",
    at: 740,
    where: "h2",
    text: "s014 (put h2 in maintenance): web still runs on h2",
  });
  expect(violationsOf(withSteps(valid, [])).length).toBeGreaterThan(5);
});
