import type { Command } from "../types.ts";

/** `=` is harmless but at the start of a word, where zsh looks for a program. */
const plain = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+:,./=-]*$/;
const envName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * One argument as one word for a POSIX shell, whatever it contains. Inside single quotes nothing has a
 * meaning but the single quote itself. A NUL byte cannot be passed to any program: that is a bug of the caller.
 */
export function quote(argument: string): string {
  if (argument.includes("\0")) throw new TypeError("an argument cannot contain a NUL byte");
  return plain.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

/**
 * The line that is sent for a command. sshd hands it to the user's login shell, so every word is quoted.
 * `LC_ALL=C` comes first: output is read by programs, not by people.
 */
export function commandLine(command: Pick<Command, "argv" | "env">): string {
  const [program] = command.argv;
  // `env` would take these for its own option or for a variable.
  if (program === "" || program.startsWith("-") || program.includes("=")) {
    throw new TypeError(`not a program's name: ${program}`);
  }
  const variables = Object.entries(command.env ?? {}).map(([name, value]) => {
    if (!envName.test(name)) throw new TypeError(`not a variable's name: ${name}`);
    return `${name}=${value}`;
  });
  return ["env", "LC_ALL=C", ...variables, ...command.argv].map(quote).join(" ");
}
