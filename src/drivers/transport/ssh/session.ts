import type { Client } from "ssh2";
import type { Command, CommandResult, Transport } from "../types.ts";
import type { SshConfig } from "./config.ts";
import { execute } from "./execute.ts";
import { cancelled, unreachable } from "./failures.ts";
import { openConnection } from "./open.ts";

/** One connection per machine, opened when first needed, opened again when it was lost. */
export class SshSession implements Transport {
  readonly #machine: string;
  readonly #config: SshConfig;
  #connection: Promise<Client> | null = null;
  #closed = false;

  constructor(machine: string, config: SshConfig) {
    this.#machine = machine;
    this.#config = config;
  }

  async run(command: Command, signal: AbortSignal): Promise<CommandResult> {
    if (this.#closed) throw unreachable(this.#machine, "the connection was closed by Tuesday itself");
    const client = await unlessAborted(this.#open(), signal, this.#machine);
    return execute({ machine: this.#machine, client, command, signal });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const connection = this.#connection;
    this.#connection = null;
    const client = await connection?.catch(() => null);
    // destroy, not end: a dead link would keep the socket and the process for minutes.
    client?.destroy();
  }

  #open(): Promise<Client> {
    if (this.#connection !== null) return this.#connection;
    const opening = openConnection(this.#machine, this.#config);
    this.#connection = opening;
    const forget = () => {
      if (this.#connection === opening) this.#connection = null;
    };
    opening.then((client) => client.once("close", forget), forget);
    return opening;
  }
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal, machine: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(cancelled(machine));
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
