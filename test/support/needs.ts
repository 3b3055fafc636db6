import { execFileSync } from "node:child_process";

/** Whether this machine has what a test needs; if not, why, for the name of the skipped test. */
export type Need = { readonly ok: true } | { readonly ok: false; readonly why: string };

function program(name: string, ...args: readonly string[]): Need {
  try {
    execFileSync(name, [...args], { stdio: "ignore", timeout: 5_000 });
    return { ok: true };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "it does not start";
    return { ok: false, why: code === "ENOENT" ? `${name} is not installed` : `${name}: ${code}` };
  }
}

/** A real Redis server. */
export const redisServer: Need = program("redis-server", "--version");

/** For the name of a test or suite: nothing, or the reason why it is skipped. */
export function reason(need: Need): string {
  return need.ok ? "" : ` (skipped: ${need.why})`;
}
