import { describe, test } from "vitest";
import type { Step } from "../../../../../src/domain/plan.ts";
import { patch } from "../../../../support/builders.ts";
import { changed, indexOf, inserted, moved, sketch, valid, without } from "./broken.ts";
import { at, type Case, expectBroken, installing, pool, switchedOff, to, vm } from "./cases.ts";

const cases: readonly Case[] = [
  // Reboots and patches
  [
    "a reboot that the facts do not ask for",
    valid,
    ["reboot"],
    /bare1 needs no reboot/,
    { ...sketch, bare: { bare1: { reboot: false } } },
  ],
  [
    "a reboot that the policy forbids",
    valid,
    ["reboot"],
    /nothing is rebooted/,
    { ...sketch, policy: { reboots: "never" } },
  ],
  [
    "a reboot that is left out",
    without(valid, at("reboot", "bare1")),
    ["reboot"],
    /bare1 must restart for what .* installs, and never does/,
  ],
  [
    "a patch that is not pending",
    installing("bare1", (old) => [...old, patch("sudo")]),
    ["patches", "undo"],
    /sudo 1.0 → 1.1 is not pending on bare1/,
  ],
  [
    "a patch that is left out",
    valid,
    ["patches"],
    /curl of bare1 is pending and never installed/,
    { ...sketch, bare: { bare1: { patches: ["openssl", "curl"] } } },
  ],
  [
    "a patch that is installed twice",
    inserted(valid, at("reboot", "bare1"), { ...valid.steps[at("patch", "bare1")], id: "again" } as Step),
    ["patches"],
    /openssl is installed on bare1 twice/,
  ],
  [
    "a machine that is never looked at",
    without(valid, at("check-health", "bare1")),
    ["health"],
    /nobody looks at the health of bare1 after/,
  ],
  [
    "a host that goes back into service unseen",
    moved(valid, at("check-health", "h1"), at("leave-maintenance", "h1") + 1),
    ["health"],
    /goes back into service, and nobody has looked at its health/,
  ],
  [
    "a snapshot that goes before the machine is looked at",
    moved(valid, at("remove-snapshot", "q1"), at("check-health", "q1")),
    ["health"],
    /the way back of q1 goes/,
  ],
  [
    "a patch without the way back that the facts know",
    changed(valid, at("patch", "bare1"), () => ({ undo: null })),
    ["undo"],
    /the facts know a way back, the plan has none/,
  ],
  [
    "a way back that is not there by now",
    valid,
    ["undo"],
    /takes patches back, and the facts say that this cannot be/,
    { ...sketch, bare: { bare1: { backOut: false } } },
  ],
  [
    "a way back to a snapshot that is not there",
    without(without(valid, at("snapshot", "q1")), at("remove-snapshot", "q1") - 1),
    ["undo"],
    /is the snapshot tuesday-before-patch of q1, which is not there/,
  ],
  // Groups
  [
    "a quorum of which one is down already",
    valid,
    ["migration", "group", "patches", "health"],
    /group db: 1 of 3 members are up, 2 must be \(q1: it reboots; q3: it is switched off\)/,
    vm("q3", { running: false }),
  ],
  [
    "two controllers down at once",
    valid,
    ["controllers", "group"],
    /domain controllers are never down two at once \(dc1: it reboots; dc2: taken out of service by ops\) \(rule R58\)/,
    vm("dc2", { cordonedBy: "ops" }),
  ],
  [
    "two controllers that nobody grouped",
    valid,
    ["controllers"],
    /domain controllers without a group: .*\(dc1: it reboots; dc2: taken out/,
    { ...vm("dc2", { cordonedBy: "ops" }), groups: {} },
  ],
  [
    "controllers that come together though they need not",
    changed(valid, at("migrate", "dc1"), to("h2")),
    ["apart", "migration", "maintenance", "reboot"],
    /dc1 comes to h2, where dc2 of the same domain is; h3 has room and none of them \(rule R58\)/,
  ],
  // Switches
  [
    "a switch that stays off",
    without(
      valid,
      indexOf(valid, "set-switch", ({ on }) => on),
    ),
    ["undo", "left-over"],
    /ha of p is still off/,
  ],
  [
    "a switch that is on while a host goes down",
    without(valid, 0),
    ["switch", "undo"],
    /ha of p is still on: it fences/,
  ],
  [
    "a switch that is back before the last host",
    moved(
      valid,
      indexOf(valid, "set-switch", ({ on }) => on),
      at("enter-maintenance", "h3"),
    ),
    ["switch", "stage-order", "outages"],
    /still works on a host of p/,
  ],
  [
    "a switch that somebody switched off by now",
    valid,
    ["switch"],
    /ha was off before the plan, and stays so/,
    switchedOff(),
  ],
  // Snapshots
  [
    "a snapshot that stays",
    without(valid, at("remove-snapshot", "q1")),
    ["undo", "left-over"],
    /q1 still has the snapshot tuesday-before-patch/,
  ],
  [
    "a snapshot of a machine that must have none",
    valid,
    ["snapshot"],
    /q1 must have no snapshot: it is a member of a quorum/,
    vm("q1", { snapshot: false }),
  ],
  [
    "a snapshot that the policy forbids",
    valid,
    ["snapshot"],
    /no snapshots are taken/,
    { ...sketch, policy: { snapshots: "never" } },
  ],
  [
    "a pool that cannot take snapshots by now",
    valid,
    ["snapshot"],
    /p cannot take snapshots/,
    pool({ snapshots: false }),
  ],
  // Way back
  [
    "a step out of service without its way back",
    changed(valid, at("enter-maintenance", "h1"), () => ({ undo: null })),
    ["undo"],
    /its way back \(take h1 out of maintenance\) is not in the plan/,
  ],
  [
    "a way back that nothing takes",
    changed(valid, at("leave-maintenance", "h1"), () => ({ closes: null })),
    ["undo"],
    /no later step puts it back/,
  ],
  [
    "a step that closes another one",
    changed(valid, at("leave-maintenance", "h1"), () => ({ closes: "s001" })),
    ["undo"],
    /it is not the way back of s001/,
  ],
  [
    "a back-out as a step",
    inserted(valid, at("check-health", "bare1"), {
      act: { do: "revert-patches", machine: "bare1", patches: [patch("openssl")] },
      stage: "host-os/bare1",
    }),
    ["undo"],
    /is a way back and no step of a plan/,
  ],
];

describe("refuses", () => {
  test.each(cases.map((one) => ({ what: one[0], one })))("$what", ({ one }) => expectBroken(one));
});
