import { readFile } from "node:fs/promises";
import ssh2 from "ssh2";
import { PatchError } from "../../../domain/errors.ts";
import type { SshConfig } from "./config.ts";
import { type HostKey, keysInKnownHosts, parseHostKey } from "./host-key.ts";

export interface Credentials {
  readonly privateKey: Buffer;
  readonly passphrase: string | undefined;
  readonly pinned: readonly HostKey[];
}

/** Reads key files anew for every connection: a replaced key counts without a restart. */
export async function readCredentials(machine: string, config: SshConfig): Promise<Credentials> {
  const pinned = await readPinned(machine, config);
  const privateKey = await readOrFail(machine, config.identityFile, "private key");
  const passphrase =
    config.passphraseFile === undefined
      ? undefined
      : (await readOrFail(machine, config.passphraseFile, "passphrase")).toString("utf8").split("\n")[0];
  checkKey({ machine, path: config.identityFile, privateKey, passphrase });
  return { privateKey, passphrase, pinned };
}

async function readPinned(machine: string, config: SshConfig): Promise<HostKey[]> {
  const texts = [...(config.hostKey === undefined ? [] : [config.hostKey]), ...(config.hostKeys ?? [])];
  const pinned = texts.flatMap((text) => parseHostKey(text) ?? []);
  if (config.knownHostsFile !== undefined) {
    const text = (await readOrFail(machine, config.knownHostsFile, "known_hosts file")).toString("utf8");
    pinned.push(...keysInKnownHosts(text, config.host, config.port));
  }
  if (pinned.length > 0) return pinned;
  throw new PatchError({
    code: "host-key-mismatch",
    retry: "never",
    message: `${machine}: no host key is pinned for ${config.host}, so no connection is made.`,
    next: "Read the key on the machine itself (/etc/ssh/ssh_host_ed25519_key.pub) and put it into the inventory as hostKey.",
  });
}

function checkKey(options: {
  machine: string;
  path: string;
  privateKey: Buffer;
  passphrase: string | undefined;
}): void {
  const parsed = ssh2.utils.parseKey(options.privateKey, options.passphrase);
  if (!(parsed instanceof Error)) return;
  const encrypted = isEncrypted(options.privateKey.toString("latin1"));
  const why = !encrypted
    ? "is not a private key ssh2 understands"
    : options.passphrase === undefined
      ? "is encrypted and no passphraseFile is given"
      : "does not open with the passphrase in passphraseFile";
  throw keyFailure(options.machine, `the private key file ${options.path} ${why}`);
}

/** OpenSSH's own format names the cipher at its start; the older formats say so in their header. */
export function isEncrypted(pem: string): boolean {
  if (!pem.includes("BEGIN OPENSSH PRIVATE KEY")) return pem.includes("ENCRYPTED");
  const body = Buffer.from(pem.replace(/-----[^-]+-----/g, ""), "base64");
  const start = "openssh-key-v1\0".length;
  if (body.length < start + 4) return false;
  return body.subarray(start + 4, start + 4 + body.readUInt32BE(start)).toString("latin1") !== "none";
}

async function readOrFail(machine: string, path: string, what: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    throw keyFailure(machine, `the ${what} ${path} ${code === "ENOENT" ? "is missing" : `cannot be read (${code})`}`);
  }
}

function keyFailure(machine: string, what: string): PatchError {
  return new PatchError({
    code: "authentication",
    retry: "never",
    message: `${machine}: ${what}.`,
    next: "Check the path, the file's permissions and the machine's transport settings in the inventory.",
  });
}
