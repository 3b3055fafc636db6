import { createHash, createHmac } from "node:crypto";

export interface HostKey {
  /** e.g. `ssh-ed25519` */
  readonly type: string;
  /** The key as it travels on the wire. */
  readonly blob: Buffer;
}

/** Signature algorithms to ask the server for, by type of the pinned key. */
const algorithmsByType: Readonly<Record<string, readonly string[]>> = {
  "ssh-ed25519": ["ssh-ed25519"],
  "ecdsa-sha2-nistp256": ["ecdsa-sha2-nistp256"],
  "ecdsa-sha2-nistp384": ["ecdsa-sha2-nistp384"],
  "ecdsa-sha2-nistp521": ["ecdsa-sha2-nistp521"],
  "ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256"],
};

/** `ssh-ed25519 AAAA… comment` → key; null when it is not a host key of a known type. */
export function parseHostKey(text: string): HostKey | null {
  const [type, base64] = text.trim().split(/\s+/);
  if (type === undefined || base64 === undefined || !(type in algorithmsByType)) return null;
  const blob = Buffer.from(base64, "base64");
  // The type is written inside the key once more: a cut or mixed-up line shows itself here.
  const inside = blob.length > 4 ? blob.subarray(4, 4 + blob.readUInt32BE(0)).toString("latin1") : "";
  return inside === type ? { type, blob } : null;
}

/** `SHA256:…` as `ssh-keygen -l` prints it. */
export function fingerprint(blob: Buffer): string {
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

export function isPinned(offered: Buffer, pinned: readonly HostKey[]): boolean {
  return pinned.some((key) => key.blob.equals(offered));
}

/** The server chooses among what we list: without this it may offer a key of a type that is not pinned. */
export function algorithmsFor(pinned: readonly HostKey[]): string[] {
  return [...new Set(pinned.flatMap((key) => algorithmsByType[key.type] ?? []))];
}

/**
 * Keys for a host in the text of a known_hosts file. Plain and hashed names and `[host]:port` are
 * understood; wildcards, certificate authorities and revoked keys pin nothing.
 */
export function keysInKnownHosts(text: string, host: string, port: number): HostKey[] {
  const name = port === 22 ? host : `[${host}]:${port}`;
  return text.split("\n").flatMap((line) => {
    const match = /^([^\s#@]\S*)\s+(.+)$/.exec(line.trim());
    if (match?.[1] === undefined || match[2] === undefined) return [];
    if (!match[1].split(",").some((entry) => entry === name || isHashOf(entry, name))) return [];
    return parseHostKey(match[2]) ?? [];
  });
}

function isHashOf(entry: string, name: string): boolean {
  const [, kind, salt, hash] = entry.split("|");
  if (kind !== "1" || salt === undefined || hash === undefined) return false;
  return createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest("base64") === hash;
}
