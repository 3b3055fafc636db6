import { PatchError } from "../../../domain/errors.ts";
import type { Operation, Watch } from "../../operation.ts";
import { commands } from "./commands.ts";
import { requireRoot } from "./facts.ts";
import { pause } from "./job.ts";
import { commandFailed, type Machine } from "./machine.ts";

/** Between two questions while the machine is away: short, because it measures the outage. */
const pollMs = 200;

/**
 * A reboot is proved by another boot id. That the machine answers proves nothing: the old system
 * answers for a while after the order.
 */
export function reboot(machine: Machine): Operation<"reboot"> {
  return {
    repeat: "reconcile",
    look: async (_act, signal) => {
      await requireRoot(machine, signal);
      return { blockers: [], before: { bootId: await readBootId(machine, signal) } };
    },
    probe: async (_act, _tag, before, signal) => {
      const now = await readBootId(machine, signal);
      if (before.bootId === undefined) return { state: "unknown", why: "the boot id from before was not recorded" };
      if (now !== before.bootId) return { state: "finished", handle: handleAt(Date.now()) };
      const state = (await machine.run(commands.systemState, signal)).stdout.trim();
      return state === "stopping" ? { state: "running", handle: handleAt(Date.now()) } : { state: "absent" };
    },
    start: async (_act, _tag, _before, signal) => {
      const command = { argv: ["systemctl", "reboot"], timeoutMs: 10_000 } as const;
      const ordered = Date.now();
      try {
        const result = await machine.run(command, signal);
        if (result.exitCode !== 0 && result.exitCode !== null) throw commandFailed(machine.name, command, result);
      } catch (error) {
        // The machine may take the connection down with it before it has answered: follow finds out.
        const expected = error instanceof PatchError && (error.code === "unreachable" || error.code === "timeout");
        if (!expected) throw error;
        return handleAt(ordered);
      }
      return handleAt(Date.now());
    },
    follow: async (_act, handle, before, watch) => {
      const seconds = await awaitBoot(machine, lastAnswerIn(handle), before.bootId ?? "", watch);
      return {
        summary: `rebooted, away for ${seconds.toFixed(1)} s`,
        changes: [],
        downtimes: [{ machine: machine.name, seconds }],
        leftUndone: [],
      };
    },
  };
}

/** Waits for another boot id and for the end of booting; returns how long nothing answered, in seconds. */
async function awaitBoot(machine: Machine, ordered: number, bootId: string, watch: Watch): Promise<number> {
  const deadline = Date.now() + machine.config.rebootTimeoutSeconds * 1000;
  let lastBefore = ordered;
  let firstAfter: number | null = null;
  let lastFailure: unknown;
  while (Date.now() < deadline) {
    try {
      const now = await readBootId(machine, watch.signal);
      if (now === bootId) lastBefore = Date.now();
      else {
        if (firstAfter === null) watch.progress("answers again, booting", 0.8);
        firstAfter ??= Date.now();
        const state = (await machine.run(commands.systemState, watch.signal)).stdout.trim();
        // degraded: up, with a failed unit; whether that matters is for check-health to say.
        if (state === "running" || state === "degraded") return Math.max(0, firstAfter - lastBefore) / 1000;
      }
    } catch (error) {
      if (!(error instanceof PatchError) || !passing.has(error.code)) throw error;
      lastFailure = error;
    }
    await pause(pollMs, watch.signal, machine.name);
  }
  throw notBack(machine, firstAfter !== null, lastFailure);
}

/** What a machine going down or coming up answers with. */
const passing: ReadonlySet<string> = new Set(["unreachable", "timeout", "command-failed"]);

async function readBootId(machine: Machine, signal: AbortSignal): Promise<string> {
  return (await machine.read(commands.bootId, signal)).trim();
}

/** The handle carries the time of the last answer, so that another process can measure the outage, too. */
function handleAt(milliseconds: number): string {
  return `reboot ordered ${new Date(milliseconds).toISOString()}`;
}

function lastAnswerIn(handle: string): number {
  const time = Date.parse(handle.replace("reboot ordered ", ""));
  return Number.isNaN(time) ? Date.now() : time;
}

function notBack(machine: Machine, answered: boolean, cause: unknown): PatchError {
  const limit = machine.config.rebootTimeoutSeconds;
  return new PatchError({
    code: "not-back",
    retry: "never",
    message: answered
      ? `${machine.name} was rebooted and answers, but has not finished booting within ${limit} s.`
      : `${machine.name} is not back from its reboot after ${limit} s.`,
    next: `Look at the console of ${machine.name}.`,
    cause,
  });
}
