/** A command as a value: an argument list, never a shell line. The transport quotes it. */
export interface Command {
  readonly argv: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly timeoutMs: number;
}

/** Exit code plus one boolean per reason why there may be none (style.md rule 29). Output is cut at 4 MiB. */
export interface CommandResult {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

/**
 * How bytes reach a machine. Throws `PatchError` for everything but a command's own exit code:
 * `unreachable`, `host-key-mismatch`, `authentication`, `timeout`, `cancelled`.
 */
export interface Transport {
  run(command: Command, signal: AbortSignal): Promise<CommandResult>;
  close(): Promise<void>;
}
