import { PatchError } from "../../../domain/errors.ts";
import type { HealthCheck } from "../../../domain/inventory.ts";
import type { Operation } from "../../operation.ts";
import { commands } from "./commands.ts";
import { failedNote, jobsFolder } from "./job-script.ts";
import type { Machine } from "./machine.ts";
import { parseFailedUnits } from "./parse.ts";
import { listed } from "./pending.ts";
import { lastWords } from "./words.ts";

/**
 * Units that had failed before the last patch, as that job noted them; nothing when there was no patch
 * within a day. Without the note a unit that the patch broke would look like one that was always broken.
 */
const failedBeforePatch = {
  argv: [
    "sh",
    "-c",
    `newest=$(find ${jobsFolder} -mindepth 2 -maxdepth 2 -name ${failedNote} -mmin -1440 -printf '%T@ %p\\n' 2>/dev/null | sort -n | tail -n 1 | cut -d' ' -f2-)
[ -n "$newest" ] && cat "$newest"`,
  ],
  timeoutMs: 30_000,
} as const;

/** Reads only and leaves no trace on the machine: another process finds nothing, and simply checks again. */
export function checkHealth(machine: Machine, checks: readonly HealthCheck[]): Operation<"check-health"> {
  const begun = new Set<string>();
  return {
    repeat: "repeat",
    look: async (_act, signal) => {
      const noted = await machine.run(failedBeforePatch, signal);
      const failed = noted.exitCode === 0 ? noted.stdout : await machine.read(commands.failedUnits, signal);
      return { blockers: [], before: { failedUnits: JSON.stringify(parseFailedUnits(failed)) } };
    },
    probe: async (_act, tag, _before, signal) => {
      await machine.read(commands.bootId, signal);
      return begun.has(tag) ? { state: "finished", handle: tag } : { state: "absent" };
    },
    start: async (_act, tag, _before, signal) => {
      await machine.read(commands.bootId, signal);
      begun.add(tag);
      return tag;
    },
    follow: async (_act, _handle, before, watch) => {
      const earlier = new Set<string>(JSON.parse(before.failedUnits ?? "[]") as string[]);
      const now = parseFailedUnits(await machine.read(commands.failedUnits, watch.signal));
      const broken = now.filter((unit) => !earlier.has(unit));
      if (broken.length > 0) throw await failedUnits(machine, broken, watch.signal);
      const audit = (await machine.read(commands.audit, watch.signal, [0, 1])).trim();
      if (audit !== "") throw unhealthy(machine.name, `dpkg finds half-done packages: ${lastWords(audit)}`);
      for (const [index, check] of checks.entries()) {
        watch.progress(check.name, index / checks.length);
        await runCheck(machine, check, watch.signal);
      }
      const stillFailed = now.length > 0 ? [`failed before already: ${listed(now)}`] : [];
      const count = checks.length === 1 ? "1 check" : `${checks.length} checks`;
      return {
        summary: `healthy: no new failed unit, ${count} passed`,
        changes: [],
        downtimes: [],
        leftUndone: stillFailed,
      };
    },
  };
}

async function runCheck(machine: Machine, check: HealthCheck, signal: AbortSignal): Promise<void> {
  const command = { argv: check.command, timeoutMs: check.timeoutSeconds * 1000 };
  const result = await machine.runAsUser(command, signal).catch((error: unknown) => {
    if (error instanceof PatchError && error.code === "timeout") {
      throw unhealthy(machine.name, `check "${check.name}" did not end within ${check.timeoutSeconds} s`);
    }
    throw error;
  });
  if (result.exitCode === 0) return;
  const words = lastWords(`${result.stdout}\n${result.stderr}`).split(" / ").at(-1) ?? "";
  const how = result.exitCode === null ? `was ended by ${result.signal}` : `ended with ${result.exitCode}`;
  throw unhealthy(machine.name, `check "${check.name}" ${how}${words === "" ? "" : `: ${words}`}`);
}

async function failedUnits(machine: Machine, units: readonly string[], signal: AbortSignal): Promise<PatchError> {
  const argv = ["journalctl", "-q", "-n", "3", "-o", "cat", "-u", units[0] ?? ""] as const;
  const journal = await machine.run({ argv, timeoutMs: 30_000 }, signal);
  return unhealthy(machine.name, `${listed(units)} failed: ${lastWords(journal.stdout)}`);
}

function unhealthy(machine: string, what: string): PatchError {
  return new PatchError({
    code: "unhealthy",
    retry: "now",
    message: `${machine} is not healthy: ${what}.`,
    next: `Look at "systemctl --failed" and the journal on ${machine}; then try again or take the patches back.`,
  });
}
