import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ssh2, { type Connection } from "ssh2";

export interface FakeSshd {
  readonly port: number;
  /** `ssh-ed25519 AAAA…` of this server. */
  readonly hostKey: string;
  readonly identityFile: string;
  readonly folder: string;
  /** Every line that was asked to be executed. */
  readonly lines: string[];
  readonly connections: () => number;
  /** Users that tried to log in. */
  readonly logins: string[];
  /** Drops every connection, as a crash does. */
  drop(): void;
  close(): Promise<void>;
}

/**
 * A fresh ed25519 key pair. ssh2 1.17 makes about one in two hundred that it cannot read itself ("Malformed
 * OpenSSH private key", measured 11 of 2000; ssh-keygen: 0 of 400), so it is tried before it is used.
 */
export function freshKey(passphrase?: string): { readonly private: string; readonly public: string } {
  for (;;) {
    const pair = passphrase
      ? ssh2.utils.generateKeyPairSync("ed25519", { passphrase, cipher: "aes256-ctr", rounds: 4 })
      : ssh2.utils.generateKeyPairSync("ed25519");
    if (!(ssh2.utils.parseKey(pair.private, passphrase) instanceof Error)) return pair;
  }
}

/** An SSH server in this process which runs what it is told in a real `sh`. `answer: false`: it never answers commands. */
export async function fakeSshd(options: { accept?: boolean; answer?: boolean } = {}): Promise<FakeSshd> {
  const host = freshKey();
  const client = freshKey();
  const folder = await mkdtemp(join(tmpdir(), "tuesday-sshd-"));
  const identityFile = join(folder, "id");
  await writeFile(identityFile, client.private);
  const lines: string[] = [];
  const logins: string[] = [];
  const open = new Set<Connection>();
  let count = 0;

  const server = new ssh2.Server({ hostKeys: [host.private] }, (connection) => {
    count += 1;
    open.add(connection);
    connection.on("error", () => {});
    connection.on("close", () => open.delete(connection));
    connection.on("authentication", (context) => {
      logins.push(context.username);
      if (context.method === "publickey" && options.accept !== false) context.accept();
      else context.reject(["publickey"]);
    });
    connection.on("session", (accept) => {
      accept().on("exec", (acceptExec, _reject, info) => {
        lines.push(info.command);
        const channel = acceptExec();
        if (options.answer === false) return;
        const child = spawn("sh", ["-c", info.command]);
        channel.pipe(child.stdin);
        child.stdin.on("error", () => {});
        child.stdout.on("data", (data) => channel.write(data));
        child.stderr.on("data", (data) => channel.stderr.write(data));
        child.on("close", (code) => {
          channel.exit(code ?? 255);
          channel.end();
        });
      });
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", () => listening()));
  const drop = () => {
    for (const connection of open) connection.end();
  };
  return {
    port: (server.address() as AddressInfo).port,
    hostKey: host.public,
    identityFile,
    folder,
    lines,
    logins,
    connections: () => count,
    drop,
    close: async () => {
      drop();
      await new Promise<void>((closed) => server.close(() => closed()));
      await rm(folder, { recursive: true });
    },
  };
}
