import { PatchError } from "../../../domain/errors.ts";
import type { Command, CommandResult, Transport } from "../../transport/types.ts";
import type { AptConfig } from "./config.ts";
import { lastWords } from "./words.ts";

/** The machine as this driver sees it: its name, its settings, and a way to run commands there. */
export interface Machine {
  readonly name: string;
  readonly config: AptConfig;
  /** Runs a command as root, whatever its exit code. */
  run(command: Command, signal: AbortSignal): Promise<CommandResult>;
  /** Runs a command as the transport's own user. */
  runAsUser(command: Command, signal: AbortSignal): Promise<CommandResult>;
  /** Runs a command as root and returns its output; an exit code not listed (default 0) is a failure. */
  read(command: Command, signal: AbortSignal, allowed?: readonly number[]): Promise<string>;
}

export function machineBehind(options: { name: string; config: AptConfig; transport: Transport }): Machine {
  const { name, config, transport } = options;
  const run = (command: Command, signal: AbortSignal) => transport.run(config.sudo ? bySudo(command) : command, signal);
  return {
    name,
    config,
    run,
    runAsUser: (command, signal) => transport.run(command, signal),
    read: async (command, signal, allowed = [0]) => {
      const result = await run(command, signal);
      if (result.exitCode !== null && allowed.includes(result.exitCode)) return result.stdout;
      throw commandFailed(name, command, result);
    },
  };
}

/** `-n`: never ask for a password. The variables go inside: sudo drops what it is given from outside. */
export function bySudo({ env, argv, ...rest }: Command): Command {
  const variables = Object.entries(env ?? {}).map(([key, value]) => `${key}=${value}`);
  return { ...rest, argv: ["sudo", "-n", "env", "LC_ALL=C", ...variables, ...argv] };
}

export function commandFailed(machine: string, command: Command, result: CommandResult): PatchError {
  const [program, subcommand] = command.argv;
  const what = subcommand !== undefined && /^[a-z-]+$/.test(subcommand) ? `${program} ${subcommand}` : program;
  const how = result.exitCode === null ? `was ended by ${result.signal}` : `ended with ${result.exitCode}`;
  const words = lastWords(`${result.stdout}\n${result.stderr}`);
  return new PatchError({
    code: "command-failed",
    retry: "later",
    message: `${machine}: ${what} ${how}${words === "" ? "" : `: ${words}`}`,
    next: `Run it on ${machine} by hand and look at its output.`,
  });
}
