import { PatchError } from "../../../domain/errors.ts";
import type { Before, Operation, Probe, Watch } from "../../operation.ts";
import { commands } from "./commands.ts";
import { requireRoot } from "./facts.ts";
import { pause } from "./job.ts";
import { jobFolder } from "./job-script.ts";
import { commandFailed, type Machine } from "./machine.ts";

/** Between two questions while the machine is away: short, because it measures the outage. */
const pollMs = 200;
/** A machine that goes down may leave a question unanswered. */
const pollTimeoutMs = 5_000;

/**
 * Arguments: the act's folder, the time of the order, a mark that the boot wipes away (/run). Mark and
 * order in one go: a mark without an order would let the run wait for ever.
 */
const orderReboot = `
mkdir -p "$1" 2>/dev/null && echo "$2" >"$1/ordered"
touch "$3" || exit 1
systemctl reboot || { rm -f "$3" "$1/ordered"; exit 1; }
`;

/**
 * A reboot is proved by another boot id. That the machine answers proves nothing: the old system
 * answers for a while after the order.
 */
export function reboot(machine: Machine): Operation<"reboot"> {
  const exists = async (path: string, signal: AbortSignal) =>
    (await machine.run({ argv: ["test", "-e", path], timeoutMs: 30_000 }, signal)).exitCode === 0;
  const probe = async (tag: string, before: Before, signal: AbortSignal): Promise<Probe> => {
    const now = await readBootId(machine, signal);
    if (before.bootId !== undefined && now !== before.bootId) return { state: "finished", handle: tag };
    if (await exists(markOf(tag), signal)) return { state: "running", handle: tag };
    // Ordered, and the mark is gone: the boot has wiped it away.
    const ordered = before.bootId === undefined && (await exists(`${jobFolder(tag)}/ordered`, signal));
    return ordered ? { state: "finished", handle: tag } : { state: "absent" };
  };
  return {
    repeat: "reconcile",
    look: async (_act, signal) => {
      await requireRoot(machine, signal);
      return { blockers: [], before: { bootId: await readBootId(machine, signal) } };
    },
    probe: (_act, tag, before, signal) => probe(tag, before, signal),
    start: async (_act, tag, before, signal) => {
      // Asked once more, also because a machine that does not answer here was certainly not told to reboot.
      if ((await probe(tag, before, signal)).state !== "absent") return tag;
      const argv = ["sh", "-c", orderReboot, "sh", jobFolder(tag), new Date().toISOString(), markOf(tag)] as const;
      try {
        const result = await machine.run({ argv, timeoutMs: 30_000 }, signal);
        if (result.exitCode !== 0 && result.exitCode !== null) {
          throw commandFailed(machine.name, { argv: ["systemctl", "reboot"], timeoutMs: 0 }, result);
        }
      } catch (error) {
        // The machine may take the connection down with it before it has answered: follow finds out.
        const expected = error instanceof PatchError && (error.code === "unreachable" || error.code === "timeout");
        if (!expected) throw error;
      }
      return tag;
    },
    follow: async (_act, tag, before, watch) => {
      if (before.bootId === undefined) throw new TypeError("follow needs the boot id from before");
      const seconds = await awaitBoot(machine, tag, before.bootId, watch);
      return {
        summary: `rebooted, away for ${seconds.toFixed(1)} s`,
        changes: [],
        downtimes: [{ machine: machine.name, seconds }],
        leftUndone: [],
      };
    },
  };
}

function markOf(tag: string): string {
  return `/run/tuesday-${tag}`;
}

/** Waits for another boot id and for the end of booting; returns how long nothing answered, in seconds. */
async function awaitBoot(machine: Machine, tag: string, bootId: string, watch: Watch): Promise<number> {
  const deadline = Date.now() + machine.config.rebootTimeoutSeconds * 1000;
  let lastBefore: number | null = null;
  let firstAfter: number | null = null;
  let lastFailure: unknown;
  while (Date.now() < deadline) {
    try {
      const now = await readBootId(machine, watch.signal, pollTimeoutMs);
      if (now === bootId) lastBefore = Date.now();
      else {
        if (firstAfter === null) watch.progress("answers again, booting", 0.8);
        firstAfter ??= Date.now();
        const state = (await machine.run(commands.systemState, watch.signal)).stdout.trim();
        // degraded: up, with a failed unit; whether that matters is for check-health to say.
        if (state === "running" || state === "degraded") {
          return (
            Math.max(0, firstAfter - (lastBefore ?? (await orderedAt(machine, tag, watch.signal)) ?? firstAfter)) / 1000
          );
        }
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

async function readBootId(machine: Machine, signal: AbortSignal, timeoutMs?: number): Promise<string> {
  const command = timeoutMs === undefined ? commands.bootId : { ...commands.bootId, timeoutMs };
  return (await machine.read(command, signal)).trim();
}

/** When the order was given, for a process that did not see the old system answer any more. */
async function orderedAt(machine: Machine, tag: string, signal: AbortSignal): Promise<number | null> {
  const noted = await machine.run({ argv: ["cat", `${jobFolder(tag)}/ordered`], timeoutMs: 30_000 }, signal);
  const time = Date.parse(noted.stdout.trim());
  return Number.isNaN(time) ? null : time;
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
