import type { z } from "zod";
import { SshConfig } from "./ssh/config.ts";
import { SshSession } from "./ssh/session.ts";
import type { Transport } from "./types.ts";

/** A transport's label: what it is called, what it needs, how to connect. */
export interface TransportDriver<C = unknown> {
  readonly id: string;
  readonly configSchema: z.ZodType<C>;
  /** No I/O until the transport is used. */
  connect(options: { readonly machine: string; readonly config: C }): Transport;
}

/** Commands over SSH with a key pair, to a machine whose host key is known beforehand. */
export const sshTransport: TransportDriver<SshConfig> = {
  id: "ssh",
  configSchema: SshConfig,
  connect: ({ machine, config }) => new SshSession(machine, config),
};
