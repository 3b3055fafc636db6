import { PatchError } from "../../../domain/errors.ts";
import type { SshConfig } from "./config.ts";
import { fingerprint, type HostKey } from "./host-key.ts";

type Where = { readonly machine: string; readonly config: Pick<SshConfig, "host" | "port" | "user" | "identityFile"> };

/** ssh2 says by `level` in which part of the connection an error arose; texts are never looked at. */
interface Ssh2Error extends Error {
  readonly level?: string;
  readonly code?: unknown;
}

export function connectFailure({ machine, config }: Where, cause: Ssh2Error): PatchError {
  const address = `${config.host}:${config.port}`;
  switch (cause.level) {
    case "client-authentication":
      return new PatchError({
        code: "authentication",
        retry: "never",
        message: `${machine}: ${address} does not let ${config.user} in with the key ${config.identityFile}.`,
        next: `Put the key's public half into ${config.user}'s authorized_keys on ${machine}.`,
        cause,
      });
    case "handshake":
    case "protocol":
      return new PatchError({
        code: "bad-answer",
        retry: "never",
        message: `${machine}: ${address} and Tuesday could not agree on how to talk SSH; nothing was sent.`,
        next: "Check that an SSH server answers there, and that it has a host key of the pinned type.",
        cause,
      });
    case "client-timeout":
      return unreachable(machine, `${address} did not answer in time`, cause);
    default:
      return unreachable(machine, `no connection to ${address}${errno(cause)}`, cause);
  }
}

export function hostKeyMismatch(where: Where, offered: Buffer, pinned: readonly HostKey[]): PatchError {
  const expected = pinned.map((key) => fingerprint(key.blob)).join(" or ");
  return new PatchError({
    code: "host-key-mismatch",
    retry: "never",
    message: `${where.machine}: another host key than the pinned one answers at ${where.config.host}:${where.config.port}. Expected ${expected}, offered ${fingerprint(offered)}. Nothing was sent.`,
    next: `If ${where.machine} was installed anew, read its key on its console (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub) and change the inventory. If not, somebody else answers in its place: find out who.`,
  });
}

export function unreachable(machine: string, what: string, cause?: unknown): PatchError {
  return new PatchError({
    code: "unreachable",
    retry: "later",
    message: `${machine}: ${what}.`,
    next: `Check that ${machine} is switched on and that its network and firewall let SSH through.`,
    cause,
  });
}

export function timedOut(machine: string, program: string, milliseconds: number): PatchError {
  return new PatchError({
    code: "timeout",
    retry: "later",
    message: `${machine}: ${program} did not end within ${Math.round(milliseconds / 100) / 10} s.`,
    next: `Look on ${machine} whether it still runs and what it waits for.`,
  });
}

export function cancelled(machine: string): PatchError {
  return new PatchError({
    code: "cancelled",
    retry: "now",
    message: `${machine}: stopped waiting because the run was asked to stop.`,
    next: "Nothing to do; the run says how it goes on.",
  });
}

function errno(cause: Ssh2Error): string {
  return typeof cause.code === "string" ? ` (${cause.code})` : "";
}
