import { afterEach, beforeEach, expect, test } from "vitest";
import type { Act } from "../../../../src/domain/act.ts";
import { kernel, openssl, smallEstate } from "../../lab/small-estate.ts";
import { openStage, type Stage } from "./stage.ts";

const pool = "p";
const patch: Act = { do: "patch", machine: "a", patches: [openssl, kernel] };
const move = (vm: string, from: string, to: string): Act => ({ do: "migrate", pool, vm, from, to });

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

async function reasons(act: Act) {
  return (await stage.look(act)).map(({ reason, where }) => `${reason} ${where}`);
}

test("refuses to migrate a VM that is no longer where the plan says", async () => {
  expect(await stage.look(move("a", "h2", "h1"))).toEqual([
    { reason: "facts-changed", where: "a", message: "a is on h1, not on h2.", next: "Ask for a new plan." },
  ]);
});

test("refuses to migrate to a host without room, in maintenance or gone, with every blocker at once", async () => {
  stage.world.inject({ kind: "capacity", match: { machine: "h2" }, memoryMiB: 4000 });
  stage.world.inject({ kind: "busy", match: { machine: pool } });
  expect(await reasons(move("tied", "h2", "h2"))).toEqual(["facts-changed tied", "blocked tied", "blocked p"]);
  expect(await reasons(move("a", "h1", "h2"))).toEqual(["no-capacity h2", "blocked p"]);
  expect(await reasons(move("a", "h1", "h9"))).toEqual(["facts-changed h9", "blocked p"]);
});

test("refuses maintenance on a host that somebody else has in maintenance", async () => {
  await stage.perform(move("big", "h2", "h1"));
  await stage.perform({ do: "enter-maintenance", pool, host: "h2" }, "somebody-else");
  expect(await reasons({ do: "enter-maintenance", pool, host: "h2" })).toEqual(["facts-changed h2"]);
});

test("refuses maintenance while VMs run on the host, each by name", async () => {
  expect(await reasons({ do: "enter-maintenance", pool, host: "h1" })).toEqual([
    "facts-changed a",
    "facts-changed tied",
  ]);
});

test("refuses to switch off while somebody else's task runs in the pool, but never to put back", async () => {
  stage.world.inject({ kind: "busy", match: { machine: pool }, with: "storage rescan" });
  expect(await reasons({ do: "set-switch", pool, name: "ha", on: false })).toEqual(["blocked p"]);
  expect(await reasons({ do: "set-switch", pool, name: "ha", on: true })).toEqual([]);
  expect(await reasons({ do: "start-vm", pool, vm: "off", host: "h1" })).toEqual([]);
});

test("refuses to patch when another patch has appeared since the approval", async () => {
  stage.world.inject({ kind: "new-patch", match: { machine: "a" } });
  const [blocker] = await stage.look(patch);
  expect(blocker).toMatchObject({ reason: "facts-changed", where: "a" });
  expect(blocker?.message).toContain("new: late-fix 1.0-1 -> 1.0-2");
});

test("refuses to patch a machine that is busy or down", async () => {
  stage.world.inject({ kind: "busy", match: { machine: "a" }, with: "unattended-upgrades" });
  stage.world.inject({ kind: "never-back", match: { machine: "a" } });
  stage.world.begin("somebody-else", { do: "reboot", machine: "a" });
  expect(await reasons(patch)).toEqual(["machine-unreachable a", "blocked a"]);
});

test("refuses to reboot a host that carries VMs", async () => {
  const [blocker] = await stage.look({ do: "reboot", machine: "h1" });
  expect(blocker?.message).toBe("VMs still run on h1: a, tied.");
});

test("refuses to take patches back over a version somebody else installed", async () => {
  const foreign = {
    ...smallEstate.vms?.a,
    pool,
    host: "h1",
    patches: [],
    installed: { libssl3: "3.1", "linux-image": kernel.to },
  };
  const other = await openStage({ estate: { ...smallEstate, vms: { a: foreign } } });
  const blockers = await other.look({ do: "revert-patches", machine: "a", patches: [openssl, kernel] });
  await other.close();
  expect(blockers.map(({ message }) => message)).toEqual(["a has libssl3 3.1, neither 3.0.16-1 nor 3.0.17-1."]);
});

test("fails closed when the machine to survey is down", async () => {
  stage.world.inject({ kind: "never-back", match: { machine: "a" } });
  stage.world.begin("somebody-else", { do: "reboot", machine: "a" });
  const survey = stage.machine("a").survey(new AbortController().signal);
  await expect(survey).rejects.toMatchObject({ code: "unreachable", message: "a is down." });
});
