import ssh2, { type Client } from "ssh2";
import type { SshConfig } from "./config.ts";
import { readCredentials } from "./credentials.ts";
import { connectFailure, hostKeyMismatch } from "./failures.ts";
import { algorithmsFor, isPinned } from "./host-key.ts";

/** Three silent intervals and the link counts as dead: noticed within 15 to 20 s. */
const keepaliveMs = 5_000;
const keepaliveCount = 3;

/** Opens one connection, or throws a `PatchError`. The host key is decided before anything of ours is sent. */
export async function openConnection(machine: string, config: SshConfig): Promise<Client> {
  const { privateKey, passphrase, pinned } = await readCredentials(machine, config);
  const client = new ssh2.Client();
  let stranger: Buffer | null = null;
  return new Promise((resolve, reject) => {
    client.once("ready", () => resolve(client));
    // Stays for the connection's whole life: without a listener a late error would end the process.
    client.on("error", (error) => {
      const where = { machine, config };
      reject(stranger === null ? connectFailure(where, error) : hostKeyMismatch(where, stranger, pinned));
    });
    client.once("close", () => reject(connectFailure({ machine, config }, new Error("closed before it was ready"))));
    client.connect({
      host: config.host,
      port: config.port,
      username: config.user,
      privateKey,
      ...(passphrase === undefined ? {} : { passphrase }),
      authHandler: ["publickey"],
      readyTimeout: config.connectTimeoutSeconds * 1000,
      keepaliveInterval: keepaliveMs,
      keepaliveCountMax: keepaliveCount,
      algorithms: { serverHostKey: algorithmsFor(pinned) as ssh2.ServerHostKeyAlgorithm[] },
      hostVerifier: (offered: Buffer) => {
        const known = isPinned(offered, pinned);
        if (!known) stranger = offered;
        return known;
      },
    });
  });
}
