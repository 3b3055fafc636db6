import { chmod, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { PatchError } from "../../../../src/domain/errors.ts";
import { outputLimit } from "../../../../src/drivers/transport/ssh/collect.ts";
import { sshTransport } from "../../../../src/drivers/transport/ssh.ts";
import type { Command, Transport } from "../../../../src/drivers/transport/types.ts";
import { type FakeSshd, fakeSshd, freshKey } from "./fake-sshd.ts";

const never = new AbortController().signal;
const cleanUp: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (let step = cleanUp.pop(); step !== undefined; step = cleanUp.pop()) await step();
});

async function sshd(options?: Parameters<typeof fakeSshd>[0]): Promise<FakeSshd> {
  const server = await fakeSshd(options);
  cleanUp.push(server.close);
  return server;
}

function connect(server: FakeSshd, settings: Record<string, unknown> = {}): Transport {
  const config = sshTransport.configSchema.parse({
    host: "127.0.0.1",
    port: server.port,
    identityFile: server.identityFile,
    hostKey: server.hostKey,
    connectTimeoutSeconds: 5,
    ...settings,
  });
  const transport = sshTransport.connect({ machine: "web1", config });
  cleanUp.push(() => transport.close());
  return transport;
}

function command(...argv: [string, ...string[]]): Command {
  return { argv, timeoutMs: 10_000 };
}

async function failureOf(work: Promise<unknown>): Promise<PatchError> {
  const caught = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(caught).toBeInstanceOf(PatchError);
  return caught as PatchError;
}

describe("ssh transport", () => {
  it("returns exit code, both outputs and takes input", async () => {
    const transport = connect(await sshd());

    const result = await transport.run({ ...command("sh", "-c", "cat; echo no >&2; exit 3"), stdin: "in ü" }, never);

    expect(result).toMatchObject({ exitCode: 3, signal: null, stdout: "in ü", stderr: "no\n" });
  });

  it("uses one connection for many commands and a new one after a loss", async () => {
    const server = await sshd();
    const transport = connect(server);

    await Promise.all([transport.run(command("true"), never), transport.run(command("true"), never)]);
    expect(server.connections()).toBe(1);
    server.drop();
    await expect.poll(() => transport.run(command("echo", "back"), never).catch(() => null)).not.toBeNull();

    expect(server.connections()).toBe(2);
  });

  it("refuses a machine with another host key before it sends even the user's name", async () => {
    const server = await sshd();
    const other = freshKey().public;
    const transport = connect(server, { hostKey: other });

    const failure = await failureOf(transport.run(command("touch", "/tmp/never"), never));

    expect(failure).toMatchObject({ code: "host-key-mismatch", retry: "never" });
    expect(failure.message).toMatch(/^web1: .*Expected SHA256:\S{43}, offered SHA256:\S{43}\./);
    expect(failure.next).toContain("ssh-keygen -lf");
    expect([server.logins, server.lines]).toEqual([[], []]);
  });

  it("refuses a configuration without a pinned key", () => {
    const result = sshTransport.configSchema.safeParse({ host: "a", identityFile: "/k" });

    expect(result.error?.issues[0]?.message).toContain("pin the machine");
  });

  it("refuses when the known_hosts file does not know the machine", async () => {
    const server = await sshd();
    const knownHostsFile = join(server.folder, "known_hosts");
    await writeFile(knownHostsFile, `other ${server.hostKey}\n`);

    const failure = await failureOf(
      connect(server, { hostKey: undefined, knownHostsFile }).run(command("true"), never),
    );

    expect(failure).toMatchObject({ code: "host-key-mismatch", retry: "never" });
    expect(server.connections()).toBe(0);
  });

  it("accepts the pinned key of a known_hosts file", async () => {
    const server = await sshd();
    const knownHostsFile = join(server.folder, "known_hosts");
    await writeFile(knownHostsFile, `[127.0.0.1]:${server.port} ${server.hostKey}\n`);

    const result = await connect(server, { hostKey: undefined, knownHostsFile }).run(command("true"), never);

    expect(result.exitCode).toBe(0);
  });

  it("says who was not let in, and with which key file", async () => {
    const server = await sshd({ accept: false });

    const failure = await failureOf(connect(server).run(command("true"), never));

    expect(failure).toMatchObject({ code: "authentication", retry: "never" });
    expect(failure.message).toContain(server.identityFile);
  });

  it("fails in time when a command does not end", async () => {
    const transport = connect(await sshd({ answer: false }));

    const failure = await failureOf(transport.run({ argv: ["sleep", "60"], timeoutMs: 200 }, never));

    expect(failure).toMatchObject({ code: "timeout", retry: "later" });
    expect(failure.message).toBe("web1: sleep did not end within 0.2 s.");
  });

  it("stops waiting when it is told to", async () => {
    const server = await sshd({ answer: false });
    const stop = new AbortController();
    const running = connect(server).run(command("sleep", "60"), stop.signal);
    await expect.poll(() => server.lines.length).toBe(1);

    stop.abort();

    expect(await failureOf(running)).toMatchObject({ code: "cancelled" });
  });

  it("reports a connection lost under a command", async () => {
    const server = await sshd({ answer: false });
    const running = connect(server).run(command("sleep", "60"), never);
    await expect.poll(() => server.lines.length).toBe(1);

    server.drop();

    expect(await failureOf(running)).toMatchObject({ code: "unreachable", retry: "later" });
  });

  it("reports a closed port and a port that never answers", async () => {
    const server = await sshd();
    const silent = createServer(() => {});
    await new Promise<void>((listening) => silent.listen(0, "127.0.0.1", () => listening()));
    cleanUp.push(async () => void silent.close());
    const { port } = silent.address() as { port: number };

    const closed = await failureOf(connect(server, { port: 1 }).run(command("true"), never));
    const mute = await failureOf(connect(server, { port, connectTimeoutSeconds: 0.3 }).run(command("true"), never));

    expect(closed).toMatchObject({ code: "unreachable", retry: "later" });
    expect(closed.message).toContain("ECONNREFUSED");
    expect(mute).toMatchObject({ code: "unreachable", retry: "later" });
  });

  it("cuts endless output and says so", async () => {
    const transport = connect(await sshd());

    const result = await transport.run(command("head", "-c", String(outputLimit + 1000), "/dev/zero"), never);

    expect(result.stdout.length).toBe(outputLimit);
    expect(result.stderr).toContain("was cut");
  });
});

describe("private key files", () => {
  it("names the path of a missing, a broken and an encrypted key, never the content", async () => {
    const server = await sshd();
    const broken = join(server.folder, "broken");
    await writeFile(broken, "SECRET");
    const locked = join(server.folder, "locked");
    const pair = freshKey("open");
    await writeFile(locked, pair.private);
    await chmod(locked, 0o600);

    const failures = await Promise.all(
      ["/nowhere/id", broken, locked].map((identityFile) =>
        failureOf(connect(server, { identityFile }).run(command("true"), never)),
      ),
    );

    expect(failures.map((failure) => failure.message)).toEqual([
      "web1: the private key /nowhere/id is missing.",
      `web1: the private key file ${broken} is not a private key ssh2 understands.`,
      `web1: the private key file ${locked} is encrypted and no passphraseFile is given.`,
    ]);
    expect(failures.every((failure) => failure.code === "authentication")).toBe(true);
  });

  it("opens an encrypted key with the passphrase file", async () => {
    const server = await sshd();
    const pair = freshKey("open");
    const identityFile = join(server.folder, "locked");
    const passphraseFile = join(server.folder, "pass");
    await writeFile(identityFile, pair.private);
    await writeFile(passphraseFile, "open\n");

    const result = await connect(server, { identityFile, passphraseFile }).run(command("true"), never);

    expect(result.exitCode).toBe(0);
  });
});
