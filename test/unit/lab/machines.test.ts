import { expect, test } from "vitest";
import { machineView } from "../../../src/lab/views/machine.ts";
import { manualWorld } from "./manual-world.ts";
import { kernel, openssl, permanent, smallEstate } from "./small-estate.ts";

const patches = [openssl, kernel];

test("a patch changes what is installed; what runs changes with the reboot", () => {
  const { perform, world } = manualWorld();

  perform({ do: "patch", machine: "a", patches });
  const between = structuredClone(world.state().vms.a);
  const facts = machineView(world.state(), "a", 1);
  perform({ do: "reboot", machine: "a" });

  expect(between?.installed["linux-image"]).toBe(kernel.to);
  expect(between?.runs["linux-image"]).toBe(kernel.from);
  expect(facts.pending).toMatchObject({ patches: [], reboot: { needed: true } });
  expect(world.state().vms.a?.runs["linux-image"]).toBe(kernel.to);
});

test("a patch that needs no reboot runs at once and costs no outage", () => {
  const { perform, world } = manualWorld();
  perform({ do: "patch", machine: "big", patches: [openssl] });
  expect(world.state().vms.big).toMatchObject({ runs: { libssl3: openssl.to }, outages: [] });
});

test("a patched machine that is patched again has two acts in the log", () => {
  const { perform, world } = manualWorld();
  const act = { do: "patch", machine: "a", patches } as const;

  perform(act);
  const second = perform(act);

  expect(second.state).toBe("done");
  const begun = world.log().filter(({ event }) => event === "begun");
  expect(begun.map(({ act: what }) => what)).toEqual([act, act]);
});

test("the same tag twice begins two tasks; the second finds the first at work", () => {
  const { begin, pass, world } = manualWorld();
  const act = { do: "patch", machine: "a", patches } as const;

  begin(act, "run-1");
  const second = begin(act, "run-1");
  pass(1);

  expect(second.error).toMatchObject({ code: "conflict", message: expect.stringContaining("task-1") });
  expect(world.log().filter(({ event, tag }) => event === "begun" && tag === "run-1")).toHaveLength(2);
});

test("refuses a patch the machine is not offered", () => {
  const { perform } = manualWorld();
  const task = perform({ do: "patch", machine: "a", patches: [{ ...openssl, to: "9.9" }] });
  expect(task.error).toEqual({ code: "version-gone", message: "a is not offered libssl3 9.9." });
});

test("patches are taken back, all but those that are permanent", () => {
  const estate = { ...smallEstate, vms: { a: { pool: "p", host: "h1", patches: [openssl, permanent] } } };
  const { perform, world } = manualWorld(estate);
  const both = [openssl, permanent];

  perform({ do: "patch", machine: "a", patches: both });
  const task = perform({ do: "revert-patches", machine: "a", patches: both });

  expect(world.state().vms.a?.installed).toEqual({ libssl3: openssl.from, "servicing-stack": "2" });
  expect(task.outcome?.leftUndone).toEqual(["servicing-stack stays at 2: it cannot be taken back"]);
});

test("refuses to take patches back where there is no way back", () => {
  const backOut = { possible: false, why: "no way back for yum update" } as const;
  const { perform } = manualWorld({ ...smallEstate, hosts: { h1: { pool: "p", backOut } }, vms: {} });
  const task = perform({ do: "revert-patches", machine: "h1", patches: [] });
  expect(task.error?.message).toBe("No way back: no way back for yum update");
});

test("a host that reboots with VMs on it takes them down and up again, but starts none that was off", () => {
  const { perform, world } = manualWorld();

  const task = perform({ do: "reboot", machine: "h1" });

  expect(task.outcome?.downtimes).toEqual(["h1", "a", "tied"].map((machine) => ({ machine, seconds: 300 })));
  expect(world.state().vms.off).toMatchObject({ power: "off", outages: [] });
});

test("what is under way in a VM breaks off when its host reboots", () => {
  const { begin, pass } = manualWorld();
  const inside = begin({ do: "patch", machine: "a", patches });
  begin({ do: "reboot", machine: "h1" });
  pass(1);
  expect(inside).toMatchObject({ state: "failed", error: { code: "unreachable" } });
});

test("a reverted snapshot brings the old versions back and costs an outage", () => {
  const { perform, world } = manualWorld();

  perform({ do: "snapshot", pool: "p", vm: "a", name: "s" });
  perform({ do: "patch", machine: "a", patches });
  const task = perform({ do: "revert-snapshot", pool: "p", vm: "a", name: "s" });

  expect(world.state().vms.a).toMatchObject({ installed: { libssl3: openssl.from }, patches });
  expect(task.outcome?.downtimes).toEqual([{ machine: "a", seconds: 55 }]);
});
