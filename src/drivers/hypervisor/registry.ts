import { simulatedHypervisor } from "./simulated/index.ts";
import type { HypervisorDriver } from "./types.ts";

/** All hypervisor drivers by id. One import and one entry a driver. */
export const hypervisors: ReadonlyMap<string, HypervisorDriver> = new Map<string, HypervisorDriver>([
  [simulatedHypervisor.id, simulatedHypervisor],
]);
