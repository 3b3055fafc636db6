import type { Act } from "../../../../src/domain/act.ts";
import { simulatedHypervisor } from "../../../../src/drivers/hypervisor/simulated/index.ts";
import type { Operation, Operations } from "../../../../src/drivers/operation.ts";
import { simulatedPatcher } from "../../../../src/drivers/patcher/simulated/index.ts";
import { type EstateInput, startEstate } from "../../../../src/lab/index.ts";
import { operationOf } from "../../../contract/hypervisor.contract.ts";
import { smallEstate } from "../../lab/small-estate.ts";

export const live = () => new AbortController().signal;
export const watch = () => ({ signal: live(), progress: () => {} });

/** The small estate at speed, with both drivers connected to it. */
export async function openStage(options: { estate?: EstateInput; rate?: number } = {}) {
  const estate = await startEstate({ rate: 1200, estate: smallEstate, ...options });
  const config = { url: estate.url };
  const pool = simulatedHypervisor.connect({ pool: "p", config });
  const machine = (name: string) =>
    simulatedPatcher.connect({ machine: name, config, transport: null, healthChecks: [] });
  const operationFor = (act: Act): Operation<Act["do"]> => {
    const operations: Operations = "machine" in act ? machine(act.machine).operations : pool.operations;
    return operationOf(operations, act.do);
  };
  return {
    ...estate,
    pool,
    machine,
    operationFor,
    look: async (act: Act) => (await operationFor(act).look(act, live())).blockers,
    perform: async (act: Act, tag = "run-1") => {
      const operation = operationFor(act);
      const { before } = await operation.look(act, live());
      const handle = await operation.start(act, tag, before, live());
      return operation.follow(act, handle, before, watch());
    },
  };
}
export type Stage = Awaited<ReturnType<typeof openStage>>;
