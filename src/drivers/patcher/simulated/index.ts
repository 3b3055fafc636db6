import { PatchError } from "../../../domain/errors.ts";
import { MachineFacts } from "../../../domain/facts.ts";
import { EstateConfig, estateClient } from "../../transport/estate-http.ts";
import type { PatcherDriver } from "../types.ts";
import { MachineAnswer } from "./facts.ts";
import { machineOperations } from "./operations.ts";

/** Machines of the estate simulator (docs/lab.md). Health is the simulator's; commands of the inventory are not run. */
export const simulatedPatcher: PatcherDriver<EstateConfig> = {
  id: "simulated",
  displayName: "Simulated machine",
  simulated: true,
  needsTransport: false,
  configSchema: EstateConfig,
  connect: ({ machine, config }) => {
    const client = estateClient(config);
    return {
      survey: async (signal) => {
        const answer = await client.get(`/machines/${encodeURIComponent(machine)}`, MachineAnswer, signal);
        if (!answer.up) throw down(machine);
        return MachineFacts.parse(answer);
      },
      operations: machineOperations(client, machine),
      close: async () => {},
    };
  },
};

function down(machine: string): PatchError {
  const next = "Look at the machine's console and power it on, then ask again.";
  return new PatchError({ code: "unreachable", retry: "later", message: `${machine} is down.`, next });
}
