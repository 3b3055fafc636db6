import type { z } from "zod";
import type { PoolFacts } from "../../domain/facts.ts";
import type { Operations } from "../operation.ts";

/** A driver's label: what it is called, what it needs, how to connect. No I/O until `connect`'s result is used. */
export interface HypervisorDriver<C = unknown> {
  readonly id: string;
  readonly displayName: string;
  /** Simulated drivers are labelled on every card. Real drivers are refused on a Redis that forgets. */
  readonly simulated: boolean;
  readonly configSchema: z.ZodType<C>;
  connect(options: { readonly pool: string; readonly config: C }): HypervisorConnection;
}

export interface HypervisorConnection {
  discover(signal: AbortSignal): Promise<PoolFacts>;
  readonly operations: Operations;
  close(): Promise<void>;
}
