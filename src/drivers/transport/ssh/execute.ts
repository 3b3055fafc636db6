import type { Client, ClientChannel } from "ssh2";
import type { Command, CommandResult } from "../types.ts";
import { Collector, outputLimit } from "./collect.ts";
import { cancelled, timedOut, unreachable } from "./failures.ts";
import { commandLine } from "./quote.ts";

interface Execution {
  readonly machine: string;
  readonly client: Client;
  readonly command: Command;
  readonly signal: AbortSignal;
}

/** Runs one command on an open connection. Ends with the command's own exit code or with a `PatchError`. */
export function execute({ machine, client, command, signal }: Execution): Promise<CommandResult> {
  const begun = performance.now();
  const [program] = command.argv;
  return new Promise((resolve, reject) => {
    let channel: ClientChannel | null = null;
    let over = false;
    const stop = (reason: Error) => {
      settle();
      // sshd passes the signal on since OpenSSH 8.1; closing the channel ends the rest.
      channel?.signal("TERM");
      channel?.close();
      reject(reason);
    };
    const onAbort = () => stop(cancelled(machine));
    const onLost = () => {
      settle();
      reject(unreachable(machine, `the connection was lost while ${program} ran`));
    };
    const timer = setTimeout(() => stop(timedOut(machine, program, command.timeoutMs)), command.timeoutMs);
    const settle = () => {
      over = true;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      client.removeListener("close", onLost);
    };
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    client.once("close", onLost);

    const onChannel = (error: Error | undefined, opened: ClientChannel) => {
      // Too late: nobody waits for this command any more.
      if (over) return opened?.close();
      if (error) {
        settle();
        return reject(unreachable(machine, `the connection did not take the command ${program}`, error));
      }
      channel = opened;
      read(opened, (output) => {
        settle();
        if (output === null) reject(unreachable(machine, `the session was closed while ${program} ran`));
        else resolve({ ...output, durationMs: performance.now() - begun });
      });
      opened.end(command.stdin ?? "");
    };
    try {
      client.exec(commandLine(command), onChannel);
    } catch (error) {
      settle();
      reject(error instanceof TypeError ? error : unreachable(machine, "the connection is not open any more", error));
    }
  });
}

/** Collects until the channel is closed. Null: it was closed without an exit code and without a signal. */
function read(channel: ClientChannel, done: (output: Omit<CommandResult, "durationMs"> | null) => void): void {
  const stdout = new Collector();
  const stderr = new Collector();
  let end: { readonly exitCode: number | null; readonly signal: string | null } | null = null;
  channel.on("data", (chunk: Buffer) => stdout.add(chunk));
  channel.stderr.on("data", (chunk: Buffer) => stderr.add(chunk));
  channel.on("error", () => {});
  channel.on("exit", (code: number | null, signalName?: string) => {
    end = { exitCode: code, signal: signalName ?? null };
  });
  channel.on("close", () => {
    if (end === null) return done(null);
    const note = stdout.cut || stderr.cut ? `\n[output was longer than ${outputLimit} bytes and was cut]` : "";
    done({ ...end, stdout: stdout.text(), stderr: stderr.text() + note });
  });
}
