import { expect, test } from "vitest";
import { compareNames, readWorld, willReboot } from "../../../src/planner/world.ts";
import { machineFacts, scene } from "../../support/builders.ts";
import { dice } from "./random.ts";

test("numbers inside names count as numbers", () => {
  const names = ["xen-10", "xen-2", "db-1", "xen-1", "a", "xen-2b", "10", "9"];

  expect([...names].sort(compareNames)).toEqual(["9", "10", "a", "db-1", "xen-1", "xen-2", "xen-2b", "xen-10"]);
});

test("no two different names are equal, so that no list depends on the order it was read in", () => {
  const names = ["xen-1", "xen-01", "xen-001", "a1b2", "a01b2", "9007199254740993", "9007199254740992"];
  const sorted = [...names].sort(compareNames);

  for (let seed = 0; seed < 20; seed += 1) expect(dice(seed).shuffled(names).sort(compareNames)).toEqual(sorted);
});

test("a majority of a quorum must stay up, one of anything else, or what minUp says", () => {
  const members = ["a", "b", "c", "d", "e"];
  const { cluster, facts } = scene({
    bare: Object.fromEntries(members.map((name) => [name, {}])),
    groups: {
      q: { kind: "quorum", members },
      r: { kind: "redundant", members },
      s: { kind: "quorum", members, minUp: 4 },
      four: { kind: "quorum", members: members.slice(0, 4) },
    },
  });

  const { groups } = readWorld("c", cluster, facts);

  expect(groups.map((group) => [group.name, group.need])).toEqual([
    ["four", 3],
    ["q", 3],
    ["r", 1],
    ["s", 4],
  ]);
});

test("a machine reboots when its patches ask for it and the policy allows it", () => {
  const worldWith = (reboots: string) => {
    const { cluster, facts } = scene({ bare: { a: {} }, policy: { reboots } });
    return readWorld("c", cluster, facts);
  };

  expect(willReboot(worldWith("when-needed"), machineFacts("a"))).toBe(true);
  expect(willReboot(worldWith("when-needed"), machineFacts("a", { reboot: false }))).toBe(false);
  expect(willReboot(worldWith("never"), machineFacts("a"))).toBe(false);
  expect(willReboot(worldWith("when-needed"), null)).toBe(false);
});
