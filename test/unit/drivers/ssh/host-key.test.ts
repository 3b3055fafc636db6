import { describe, expect, it } from "vitest";
import {
  algorithmsFor,
  fingerprint,
  type HostKey,
  isPinned,
  keysInKnownHosts,
  parseHostKey,
} from "../../../../src/drivers/transport/ssh/host-key.ts";

// Made with ssh-keygen; the fingerprint and the hashed line are its own output (-l, -H).
const line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMWkuILH802B9arQLTNIKMhGAQr86uKuyAsCck3zk92n";
const printed = "SHA256:iPeI3Yk3Rfgf1roh/Dy7x4BVGF+CP1TSu5BK3z1nMQg";
const hashed = "|1|GgQCqlAfjxW//fWcZdqfgOu3MLY=|S7nKKgPihifblvbiDNM6PbN2m54=";

function key(text: string): HostKey {
  const parsed = parseHostKey(text);
  if (parsed === null) throw new Error("not a key");
  return parsed;
}

describe("host keys", () => {
  it("prints the fingerprint ssh-keygen prints", () => {
    expect(fingerprint(key(line).blob)).toBe(printed);
  });

  it("reads a key with or without a comment, and refuses what is no key", () => {
    expect(key(`${line} root@web1`)).toEqual(key(line));
    for (const text of [
      "",
      "ssh-ed25519",
      "ssh-ed25519 AAAA",
      line.replace("ssh-ed25519", "ssh-rsa"),
      `cert ${line}`,
    ]) {
      expect(parseHostKey(text)).toBeNull();
    }
  });

  it("compares whole keys", () => {
    const pinned = [key(line)];

    expect(isPinned(Buffer.from(key(line).blob), pinned)).toBe(true);
    expect(isPinned(key(line).blob.subarray(0, 20), pinned)).toBe(false);
    expect(isPinned(Buffer.alloc(0), [])).toBe(false);
  });

  it("asks the server only for types that are pinned", () => {
    expect(algorithmsFor([key(line)])).toEqual(["ssh-ed25519"]);
    expect(algorithmsFor([{ type: "ssh-rsa", blob: Buffer.alloc(0) }])).toEqual(["rsa-sha2-512", "rsa-sha2-256"]);
  });

  it("finds plain, hashed and port-bound names in known_hosts", () => {
    const text = `# comment\nweb1,10.0.0.1 ${line}\n[web2]:2222 ${line}\n${hashed} ${line}\n`;

    expect(keysInKnownHosts(text, "10.0.0.1", 22)).toHaveLength(1);
    expect(keysInKnownHosts(text, "web2", 2222)).toHaveLength(1);
    expect(keysInKnownHosts(text, "web3.example", 22)).toHaveLength(1);
    expect(keysInKnownHosts(text, "web2", 22)).toEqual([]);
  });

  it("fails closed for wildcards, authorities and revoked keys", () => {
    const text = `* ${line}\n@cert-authority web1 ${line}\n@revoked web1 ${line}\n`;

    expect(keysInKnownHosts(text, "web1", 22)).toEqual([]);
  });
});
