import { expect, test } from "vitest";
import { manualWorld } from "./manual-world.ts";
import { kernel, openssl } from "./small-estate.ts";

const patches = [openssl, kernel];
const patch = { do: "patch", machine: "a", patches } as const;
const check = { do: "check-health", machine: "a" } as const;

test("a task that fails after half of its work leaves half of the patches installed", () => {
  const { begin, pass, world } = manualWorld();
  world.inject({ kind: "fail-task", match: { do: "patch" }, code: "disk-full", message: "full", afterShare: 0.5 });

  const task = begin(patch);

  expect(pass(80) && task.state).toBe("running");
  expect(pass(20) && task.error).toEqual({ code: "disk-full", message: "full" });
  expect(world.state().vms.a?.installed).toEqual({ libssl3: openssl.to, "linux-image": kernel.from });
});

test("a fault with a count wears out", () => {
  const { perform, world } = manualWorld();
  world.inject({ kind: "fail-task", match: { machine: "a" }, count: 2 });
  expect([1, 2, 3].map(() => perform({ do: "reboot", machine: "a" }).state)).toEqual(["failed", "failed", "done"]);
});

test("a machine that never comes back stays down until somebody helps", () => {
  const { perform, pass, world } = manualWorld();
  world.inject({ kind: "never-back", match: { machine: "a" } });

  const task = perform({ do: "reboot", machine: "a" });
  expect(task.state).toBe("running");

  world.clearFaults({ kind: "never-back" });
  pass(1);
  expect(task.outcome?.downtimes).toEqual([{ machine: "a", seconds: 3600 }]);
});

test("a machine that falls ill of a patch is well until then and after the patch is taken back", () => {
  const { perform, world } = manualWorld();
  world.inject({ kind: "unhealthy", match: { machine: "a" }, after: "patch" });

  const states = [check, patch, check, { ...patch, do: "revert-patches" } as const, check].map((a) => perform(a).state);

  expect(states).toEqual(["done", "done", "failed", "done", "done"]);
});

test("an illness without a patch stays until the fault is cleared", () => {
  const { perform, world } = manualWorld();
  world.inject({ kind: "unhealthy", match: { machine: "a" } });
  expect(perform(check).error?.code).toBe("unhealthy");
  world.clearFaults();
  expect(perform(check).state).toBe("done");
});

test("a slow task takes its factor", () => {
  const { begin, pass, world } = manualWorld();
  world.inject({ kind: "slow", match: { do: "patch" }, factor: 3 });
  const task = begin(patch);
  expect(pass(539) && task.state).toBe("running");
  expect(pass(1) && task.state).toBe("done");
});

test("a full disk and a held package lock stop a patch", () => {
  const { perform, world } = manualWorld();
  world.inject({ kind: "disk-full", match: { machine: "a" } });
  expect(perform(patch).error?.code).toBe("disk-full");
  world.clearFaults();
  world.inject({ kind: "busy", match: { machine: "a" }, with: "unattended-upgrades", forSeconds: 5000 });
  expect(perform(patch).error?.message).toBe("The package lock of a is held by unattended-upgrades.");
  expect(perform(patch).state).toBe("failed");
  expect(perform(patch).state).toBe("done");
});

test("a patch that appears late is one more pending patch", () => {
  const { world } = manualWorld();
  world.inject({ kind: "new-patch", match: { machine: "a" } });
  expect(world.state().vms.a?.patches.map(({ name }) => name)).toEqual(["libssl3", "linux-image", "late-fix"]);
});

test("refuses faults that are not well-formed or name nobody", () => {
  const { world } = manualWorld();
  expect(() => world.inject({ kind: "busy", match: { machine: "nobody" } })).toThrow("no machine nobody");
  expect(() => world.inject(JSON.parse('{"kind":"earthquake"}'))).toThrow();
  expect(world.state().faults).toEqual([]);
});
