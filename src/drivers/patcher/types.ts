import type { z } from "zod";
import type { MachineFacts } from "../../domain/facts.ts";
import type { HealthCheck } from "../../domain/inventory.ts";
import type { Operations } from "../operation.ts";
import type { Transport } from "../transport/types.ts";

/** A driver's label: what it is called, what it needs, how to connect. */
export interface PatcherDriver<C = unknown> {
  readonly id: string;
  readonly displayName: string;
  readonly simulated: boolean;
  /** Does it need a transport (ssh …) to reach the machine? Then `connect` gets one. */
  readonly needsTransport: boolean;
  readonly configSchema: z.ZodType<C>;
  connect(options: {
    readonly machine: string;
    readonly config: C;
    readonly transport: Transport | null;
    readonly healthChecks: readonly HealthCheck[];
  }): PatcherConnection;
}

export interface PatcherConnection {
  /** What is installed, what is pending, what stands in the way. Refreshes package lists; installs nothing. */
  survey(signal: AbortSignal): Promise<MachineFacts>;
  readonly operations: Operations;
  close(): Promise<void>;
}
