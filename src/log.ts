/** Static message, data beside it (rule 42). Never a secret: callers pass names and ids. */
export interface Log {
  debug(message: string, data?: Readonly<Record<string, unknown>>): void;
  info(message: string, data?: Readonly<Record<string, unknown>>): void;
  warn(message: string, data?: Readonly<Record<string, unknown>>): void;
  error(message: string, data?: Readonly<Record<string, unknown>>): void;
}

const levels = ["debug", "info", "warn", "error"] as const;
type Level = (typeof levels)[number];

/** JSON lines on stderr, so that stdout stays for people. `who` names the process (bot, worker). */
export function jsonLog(who: string, least: Level): Log {
  const write =
    (level: Level) =>
    (message: string, data: Readonly<Record<string, unknown>> = {}) => {
      if (levels.indexOf(level) < levels.indexOf(least)) return;
      process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, who, message, ...data })}\n`);
    };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}
