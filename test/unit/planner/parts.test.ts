import { describe, expect, test } from "vitest";
import type { PoolSketch } from "../../support/builders.ts";
import { scene } from "../../support/builders.ts";
import { planOf, stepsOn, stepWords } from "./plans.ts";
import { replay } from "./replay.ts";

const none = { patches: [] };
const bios = { name: "bios", component: "firmware" as const };
const ids = (plan: ReturnType<typeof planOf>) => plan.stages.map(({ id }) => id);

describe("firmware", () => {
  const hosts = (bundle?: string, count = 2) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `h${i + 1}`,
        {
          patches: [
            { name: "os", ...(bundle ? { bundle } : {}) },
            { ...bios, ...(bundle ? { bundle } : {}) },
          ],
        },
      ]),
    );
  const pool = (more: Partial<PoolSketch>) => ({ pools: { p: { hosts: hosts(), ...more } } });

  test("without a bundle it is a stage of its own, with its own reboot", () => {
    const given = pool({ product: "vsphere", version: "8.0" });
    const plan = planOf(given);

    expect(ids(plan)).toEqual(["firmware/h1", "firmware/h2", "hypervisor/h1", "hypervisor/h2"]);
    expect(stepsOn(plan, "h1").filter((word) => word === "reboot h1")).toHaveLength(2);
    expect(replay(scene(given), plan)).toEqual([]);
  });

  test("above 16 nodes Azure Local updates it apart, up to 16 together (rule R13)", () => {
    const of = (count: number) =>
      planOf(pool({ product: "azure-local", version: "23H2", hosts: hosts("SBE 2411", count) }));

    expect(ids(of(16)).filter((id) => id.startsWith("firmware/"))).toEqual([]);
    expect(ids(of(17)).filter((id) => id.startsWith("firmware/"))).toHaveLength(17);
  });

  test("of a host without a hypervisor it is a stage as well", () => {
    const plan = planOf({ bare: { nas: { patches: ["os", bios] } } });

    expect(ids(plan)).toEqual(["firmware/nas", "host-os/nas"]);
    expect(stepWords(plan)).toEqual([
      "patch nas",
      "reboot nas",
      "check-health nas",
      "patch nas",
      "reboot nas",
      "check-health nas",
    ]);
  });

  test("alone on a host it is the only stage, and the host is emptied for it", () => {
    const given = {
      pools: {
        p: { family: "proxmox", hosts: { h1: { patches: [bios] }, h2: none }, vms: { a: { on: "h1", ...none } } },
      },
    };
    const plan = planOf(given);

    expect(ids(plan)).toEqual(["firmware/h1"]);
    expect(stepWords(plan)[0]).toBe("migrate a h1>h2");
    expect(replay(scene(given), plan)).toEqual([]);
  });
});

test("every patch of a machine is in exactly one of its stages, and the time is shared out", () => {
  const plan = planOf({
    pools: {
      p: {
        product: "vsphere",
        version: "8.0",
        hosts: { h1: none },
        vms: {
          a: {
            on: "h1",
            os: "Windows Server 2022",
            patches: [
              "kb1",
              "kb2",
              { name: "tools", component: "guest-tools" },
              { name: "vmx", component: "virtual-hardware" },
            ],
          },
        },
      },
    },
  });

  expect(plan.stages.map(({ id, patches }) => [id, patches.map(({ name }) => name)])).toEqual([
    ["guest-os/a", ["kb1", "kb2"]],
    ["guest-tools/a", ["tools"]],
    ["virtual-hardware/a", ["vmx"]],
  ]);
  expect(plan.steps.filter(({ act }) => act.do === "patch").map(({ seconds }) => seconds)).toEqual([50, 25, 25]);
});

test("virtual hardware changes while the VM is off, and the VM is on again afterwards", () => {
  const given = {
    pools: {
      p: {
        hosts: { h1: none },
        vms: { a: { on: "h1", patches: [{ name: "vmx", component: "virtual-hardware" as const }] } },
      },
    },
  };
  const plan = planOf(given);

  expect(stepsOn(plan, "a")).toEqual(["patch a", "stop-vm a", "start-vm a h1", "check-health a"]);
  expect(replay(scene(given), plan)).toEqual([]);
});

test("LINSTOR satellites go in on all hosts without a reboot, elsewhere they are part of the host's packages", () => {
  const pool = (kind: string) => ({
    pools: {
      p: {
        product: "xcp-ng" as const,
        version: "8.3",
        storage: { kind },
        hosts: { h1: { patches: ["xen", { name: "satellite", component: "storage-agent" as const }] } },
      },
    },
  });

  expect(ids(planOf(pool("linstor")))).toEqual(["storage/h1/storage-agent", "hypervisor/h1"]);
  expect(stepsOn(planOf(pool("linstor")), "h1").slice(0, 2)).toEqual(["patch h1", "check-health h1"]);
  expect(ids(planOf(pool("ceph")))).toEqual(["hypervisor/h1"]);
});
