import type { PatcherDriver } from "../types.ts";
import { AptConfig } from "./config.ts";
import { survey } from "./facts.ts";
import { machineBehind } from "./machine.ts";
import { aptOperations } from "./operations.ts";

/** Debian and its relatives, by apt, as root. See readme.md. */
export const aptPatcher: PatcherDriver<AptConfig> = {
  id: "apt",
  displayName: "Debian packages (apt)",
  simulated: false,
  needsTransport: true,
  configSchema: AptConfig,
  connect: ({ machine: name, config, transport, healthChecks }) => {
    if (transport === null) throw new TypeError("apt needs a transport");
    const machine = machineBehind({ name, config, transport });
    return {
      survey: (signal) => survey(machine, signal),
      operations: aptOperations(machine, healthChecks),
      close: () => transport.close(),
    };
  },
};
