import { describe, expect, test } from "vitest";
import type { PoolSketch, VmSketch } from "../../support/builders.ts";
import { scene } from "../../support/builders.ts";
import { planOf, stepsOn, stepWords, targets } from "./plans.ts";
import { replay } from "./replay.ts";

const cve = { class: "cpu-vulnerability" as const, cves: ["CVE-2017-5715"] };
const fix = { name: "kernel", ...cve };
const microcode = { name: "microcode", component: "firmware" as const, ...cve };
const none = { patches: [] };

const estate = (family: string, vms: Readonly<Record<string, VmSketch>>, more: Partial<PoolSketch> = {}) => ({
  pools: { p: { family, hosts: { h1: { patches: [fix] }, h2: { patches: [fix] } }, vms, ...more } },
});
const decisions = (plan: ReturnType<typeof planOf>) => plan.decisions.map((reason) => reason.text).join("\n");

test("hosts, then the guest's patch without a reboot, then off and on again: a reboot gives no new CPU bits", () => {
  const given = estate("vsphere", { a: { on: "h1", patches: [fix], snapshot: false } });
  const plan = planOf(given);

  expect(plan.stages.map(({ id }) => id)).toEqual([
    "hypervisor/h1",
    "hypervisor/h2",
    "guest-os/a",
    "guest-os/a/power-cycle",
  ]);
  expect(stepsOn(plan, "a")).toEqual([
    "patch a",
    "check-health a",
    "stop-vm a",
    `start-vm a ${lastSeat(plan, "a")}`,
    "check-health a",
  ]);
  expect(replay(scene(given), plan)).toEqual([]);
});

function lastSeat(plan: ReturnType<typeof planOf>, vm: string): string {
  const move = plan.steps.findLast(({ act }) => act.do === "migrate" && act.vm === vm)?.act;
  return move?.do === "migrate" ? move.to : "";
}

test("the CVE is not fixed before the last power cycle, and the plan names all that must be done", () => {
  const plan = planOf(estate("vsphere", { a: { on: "h1", patches: [fix] } }));

  expect(decisions(plan)).toContain(
    "CVE-2017-5715 counts as fixed only after hypervisor/h1, hypervisor/h2, guest-os/a, guest-os/a/power-cycle: one change for all of it",
  );
});

test("a guest with nothing pending is switched off and on as well, after its hosts", () => {
  const plan = planOf(estate("proxmox", { a: { on: "h1", ...none } }));

  expect(targets(plan)).toEqual(["h1", "h2", "a"]);
  expect(stepsOn(plan, "a")[0]).toBe("stop-vm a");
  expect(plan.untouched).toEqual([]);
});

test("a guest that Tuesday does not patch is left to its owner by name; a stopped one needs nothing", () => {
  const plan = planOf(estate("vsphere", { a: { on: "h1", patcher: false }, b: { on: "h1", running: false, ...none } }));

  expect(decisions(plan)).toMatch(/; a must be switched off and on by hand and stay vulnerable until then/);
  expect(stepWords(plan).some((word) => word.startsWith("stop-vm"))).toBe(false);
});

test("with reboots forbidden nothing is switched off, and the plan says what stays vulnerable", () => {
  const plan = planOf({ ...estate("vsphere", { a: { on: "h1", patches: [fix] } }), policy: { reboots: "never" } });

  expect(stepWords(plan).some((word) => word.startsWith("stop-vm"))).toBe(false);
  expect(decisions(plan)).toContain("a must be switched off and on by hand");
});

test("an ordinary patch needs no power cycle", () => {
  const plan = planOf({ pools: { p: { family: "vsphere", hosts: { h1: {}, h2: {} }, vms: { a: { on: "h1" } } } } });

  expect(targets(plan)).toEqual(["h1", "h2", "a"]);
  expect(decisions(plan)).not.toContain("CVE");
});

describe("microcode with a reboot of its own", () => {
  const hosts = { h1: { patches: [fix, microcode] }, h2: { patches: [fix, microcode] } };

  test("on Hyper-V the host OS goes before the firmware, and both before the guests", () => {
    const given = estate("hyperv", { a: { on: "h1", patches: [fix] } }, { hosts });
    const plan = planOf(given);

    const ids = plan.stages.map(({ id }) => id);
    for (const host of ["h1", "h2"])
      expect(ids.indexOf(`hypervisor/${host}`)).toBeLessThan(ids.indexOf(`firmware/${host}`));
    expect(ids.slice(-2)).toEqual(["guest-os/a", "guest-os/a/power-cycle"]);
    expect(replay(scene(given), plan)).toEqual([]);
  });

  test("elsewhere firmware goes first, by layer; the host is emptied for each reboot", () => {
    const given = estate("proxmox", { a: { on: "h1", patches: [fix] } }, { hosts });
    const plan = planOf(given);

    expect(plan.stages.map(({ id }) => id).slice(0, 4)).toEqual([
      "firmware/h1",
      "firmware/h2",
      "hypervisor/h1",
      "hypervisor/h2",
    ]);
    expect(stepWords(plan).filter((word) => word === "reboot h1")).toHaveLength(2);
    expect(replay(scene(given), plan)).toEqual([]);
  });

  test("in one vendor bundle both share one reboot", () => {
    const bundled = {
      patches: [
        { ...fix, bundle: "image 3" },
        { ...microcode, bundle: "image 3" },
      ],
    };
    const plan = planOf(
      estate("vsphere", {}, { product: "vsphere", version: "8.0", hosts: { h1: bundled, h2: bundled } }),
    );

    expect(plan.stages.map(({ id }) => id)).toEqual(["hypervisor/h1", "hypervisor/h2"]);
    expect(stepWords(plan).filter((word) => word === "reboot h1")).toHaveLength(1);
  });
});

test("members of a quorum are switched off one after the other, each back before the next", () => {
  const given = {
    ...estate("vsphere", {
      a: { on: "h1", patches: [fix] },
      b: { on: "h1", patches: [fix] },
      c: { on: "h2", patches: [fix] },
    }),
    groups: { g: { kind: "etcd", members: ["a", "b", "c"] } },
  };
  const plan = planOf(given);

  expect(replay(scene(given), plan)).toEqual([]);
  const words = stepWords(plan)
    .filter((word) => /^(stop|start)-vm/.test(word))
    .map((word) => word.split(" ").slice(0, 2).join(" "));
  expect(words).toEqual(["stop-vm a", "start-vm a", "stop-vm b", "start-vm b", "stop-vm c", "start-vm c"]);
});
