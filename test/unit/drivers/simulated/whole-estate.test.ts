import { expect, test } from "vitest";
import type { Act } from "../../../../src/domain/act.ts";
import { simulatedHypervisor } from "../../../../src/drivers/hypervisor/simulated/index.ts";
import type { HypervisorDriver } from "../../../../src/drivers/hypervisor/types.ts";
import { simulatedPatcher } from "../../../../src/drivers/patcher/simulated/index.ts";
import type { PatcherDriver } from "../../../../src/drivers/patcher/types.ts";
import { type RunningEstate, startEstate } from "../../../../src/lab/index.ts";
import { operationOf } from "../../../contract/hypervisor.contract.ts";
import { live, watch } from "./stage.ts";

const hypervisor: HypervisorDriver = simulatedHypervisor;
const patcher: PatcherDriver = simulatedPatcher;

/** Looks, begins and follows; anything in the way fails the test. */
function performer({ url }: RunningEstate) {
  const config = { url };
  let steps = 0;
  return async (act: Act) => {
    const connection =
      "pool" in act
        ? hypervisor.connect({ pool: act.pool, config })
        : patcher.connect({ machine: act.machine, config, transport: null, healthChecks: [] });
    const operation = operationOf(connection.operations, act.do);
    const { blockers, before } = await operation.look(act, live());
    expect(blockers).toEqual([]);
    steps += 1;
    const handle = await operation.start(act, `run-1-step-${steps}`, before, live());
    return operation.follow(act, handle, before, watch());
  };
}

/** The other hosts of the pool take the VMs; what cannot move is stopped and started again. */
async function patchHost(estate: RunningEstate, perform: (act: Act) => Promise<unknown>, host: string, spare: string) {
  const { hosts, vms } = estate.world.state();
  const pool = hosts[host]?.pool ?? "";
  const there = Object.entries(vms).filter(([, vm]) => vm.host === host && vm.power === "on");
  const stuck = there.filter(([, vm]) => !vm.migratable.ok).map(([vm]) => vm);
  for (const [vm] of there) {
    await perform(
      stuck.includes(vm) ? { do: "stop-vm", pool, vm } : { do: "migrate", pool, vm, from: host, to: spare },
    );
  }
  await perform({ do: "enter-maintenance", pool, host });
  await perform({ do: "patch", machine: host, patches: hosts[host]?.patches ?? [] });
  await perform({ do: "reboot", machine: host });
  await perform({ do: "check-health", machine: host });
  await perform({ do: "leave-maintenance", pool, host });
  for (const vm of stuck) await perform({ do: "start-vm", pool, vm, host });
}

test("the whole of cluster-a can be patched host by host, and nothing is done twice", { timeout: 60_000 }, async () => {
  const estate = await startEstate({ rate: 30_000 });
  const perform = performer(estate);

  const order = [
    ["xen-1", "xen-2"],
    ["xen-2", "xen-1"],
    ["xen-3", "xen-2"],
    ["esx-1", "esx-2"],
    ["esx-2", "esx-1"],
  ];
  for (const [host = "", spare = ""] of order) await patchHost(estate, perform, host, spare);
  for (const [machine, { patches, needsReboot }] of Object.entries(estate.world.state().vms)) {
    if (patches.length === 0) continue;
    await perform({ do: "patch", machine, patches });
    if (needsReboot.needed) await perform({ do: "reboot", machine });
  }

  const { hosts, vms, log } = estate.world.state();
  await estate.close();
  const machines = Object.entries({ ...hosts, ...vms });
  expect(machines.filter(([, { patches }]) => patches.length > 0)).toEqual([]);
  expect(machines.filter(([, { runs, installed }]) => JSON.stringify(runs) !== JSON.stringify(installed))).toEqual([]);
  const begun = log.filter(({ event }) => event === "begun").map(({ act }) => JSON.stringify(act));
  expect(new Set(begun).size).toBe(begun.length);
  expect(vms["web-2"]?.outages.every(({ why }) => why === "pause of a live migration")).toBe(true);
});
