import { PoolFacts } from "../../../domain/facts.ts";
import { EstateConfig, estateClient } from "../../transport/estate-http.ts";
import type { HypervisorDriver } from "../types.ts";
import { PoolAnswer } from "./facts.ts";
import { poolOperations } from "./operations.ts";

/** Pools of the estate simulator (docs/lab.md). */
export const simulatedHypervisor: HypervisorDriver<EstateConfig> = {
  id: "simulated",
  displayName: "Simulated estate",
  simulated: true,
  configSchema: EstateConfig,
  connect: ({ pool, config }) => {
    const client = estateClient(config);
    return {
      discover: async (signal) =>
        PoolFacts.parse(await client.get(`/pools/${encodeURIComponent(pool)}`, PoolAnswer, signal)),
      operations: poolOperations(client, pool),
      close: async () => {},
    };
  },
};
