import { aptPatcher } from "./apt/index.ts";
import { simulatedPatcher } from "./simulated/index.ts";
import type { PatcherDriver } from "./types.ts";

/** All patchers by id. One import and one entry a driver. */
export const patchers: ReadonlyMap<string, PatcherDriver> = new Map<string, PatcherDriver>([
  [aptPatcher.id, aptPatcher],
  [simulatedPatcher.id, simulatedPatcher],
]);
