import { expect, test } from "vitest";
import type { Act } from "../../../src/domain/act.ts";
import { manualWorld } from "./manual-world.ts";
import { smallEstate } from "./small-estate.ts";

const pool = "p";
const move = (vm: string, from: string, to: string): Act => ({ do: "migrate", pool, vm, from, to });

test("a VM moves after its time, with a pause as its only outage", () => {
  const { begin, pass } = manualWorld();

  const task = begin(move("a", "h1", "h2"));

  expect(pass(30).vms.a?.host).toBe("h1");
  expect(task.state).toBe("running");
  expect(pass(60).vms.a?.host).toBe("h2");
  expect(task.outcome?.downtimes).toEqual([{ machine: "a", seconds: 0.3 }]);
});

test("a VM under way counts on both hosts, so a second one finds no room", () => {
  const { begin, pass, world } = manualWorld();
  world.inject({ kind: "capacity", match: { machine: "h1" }, memoryMiB: 2000, vm: "foreign" });

  begin(move("a", "h1", "h2"));
  const second = begin(move("foreign", "h1", "h2"));
  pass(1);

  expect(second.error).toMatchObject({ code: "migration-failed", message: expect.stringContaining("1000 MiB free") });
});

test.each([
  ["is already there", move("a", "h1", "h1"), "already on h1"],
  ["is somewhere else", move("a", "h2", "h1"), "already on h1"],
  ["is tied to its host", move("tied", "h1", "h2"), "cannot move: GPU"],
  ["is off", move("off", "h1", "h2"), "not running"],
])("refuses to move a VM that %s", (_why, act, message) => {
  const { perform } = manualWorld();
  const task = perform(act);
  expect([task.state, task.error?.message]).toEqual(["failed", expect.stringContaining(message)]);
});

test("refuses to move a VM to a host in maintenance", () => {
  const { perform } = manualWorld();
  perform(move("big", "h2", "h1"));
  perform({ do: "enter-maintenance", pool, host: "h2" });

  const task = perform(move("big", "h1", "h2"));

  expect(task.error?.message).toContain("in maintenance");
});

test("refuses to move a VM with a snapshot only where the pool is of that kind", () => {
  const strict = { ...smallEstate, pools: { p: { snapshotBlocksMigration: true } } };
  const states = [smallEstate, strict].map((estate) => {
    const { perform } = manualWorld(estate);
    perform({ do: "snapshot", pool, vm: "a", name: "s" });
    return perform(move("a", "h1", "h2")).state;
  });
  expect(states).toEqual(["done", "failed"]);
});

test("refuses maintenance while VMs run on the host, and names them", () => {
  const { perform } = manualWorld();
  const task = perform({ do: "enter-maintenance", pool, host: "h1" });
  expect(task.error).toEqual({ code: "conflict", message: "VMs still run on h1: a, tied." });
});

test("a stopped VM is down until it is started, and starts only where there is room", () => {
  const { perform, world } = manualWorld();

  perform({ do: "stop-vm", pool, vm: "a" });
  world.inject({ kind: "capacity", match: { machine: "h1" }, memoryMiB: 8000, vm: "foreign" });
  const tooTight = perform({ do: "start-vm", pool, vm: "a", host: "h1" });
  const elsewhere = perform({ do: "start-vm", pool, vm: "a", host: "h2" });

  expect(tooTight.error?.message).toContain("MiB free");
  expect(elsewhere.outcome?.downtimes).toEqual([{ machine: "a", seconds: 2 * 3600 + 45 }]);
  expect(world.state().vms.a).toMatchObject({ host: "h2", power: "on" });
});

test("refuses a pool act on a switch that is not there", () => {
  const { perform } = manualWorld();
  expect(perform({ do: "set-switch", pool, name: "drs", on: false }).state).toBe("failed");
});
