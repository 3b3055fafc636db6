import { z } from "zod";
import { parseHostKey } from "./host-key.ts";

const HostKey = z
  .string()
  .refine((text) => parseHostKey(text) !== null, 'use the public host key as sshd prints it: "ssh-ed25519 AAAA…"');

/**
 * How to reach a machine by SSH. The host key is pinned: one of `hostKey`, `hostKeys` and
 * `knownHostsFile` must be there, and nothing is ever learned from the network.
 */
export const SshConfig = z
  .strictObject({
    driver: z.literal("ssh").optional(),
    host: z.string().min(1),
    port: z.number().int().min(1).max(65535).default(22),
    user: z.string().min(1).default("root"),
    /** Path of the private key file; its content never appears in the configuration. */
    identityFile: z.string().min(1),
    /** Path of a file whose first line is the private key's passphrase. */
    passphraseFile: z.string().min(1).optional(),
    hostKey: HostKey.optional(),
    hostKeys: z.array(HostKey).min(1).optional(),
    knownHostsFile: z.string().min(1).optional(),
    connectTimeoutSeconds: z.number().positive().max(120).default(10),
  })
  .refine(
    (config) => (config.hostKey ?? config.hostKeys ?? config.knownHostsFile) !== undefined,
    "pin the machine: give hostKey, hostKeys or knownHostsFile; an unknown host key is never accepted",
  );
export type SshConfig = z.infer<typeof SshConfig>;
