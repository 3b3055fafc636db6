import { PatchError } from "../../../domain/errors.ts";
import type { Watch } from "../../operation.ts";
import { jobFolder, jobState, unitName } from "./job-script.ts";
import type { Machine } from "./machine.ts";

export interface JobState {
  /**
   * `absent`: never begun. `running`: under way. `ended`: with apt's exit code. `interrupted`: begun, and
   * stopped without an end, as a power failure does.
   */
  readonly state: "absent" | "running" | "ended" | "interrupted";
  readonly exitCode: number | null;
  /** Last line of apt's status, for people. */
  readonly line: string;
  readonly share: number | undefined;
}

export async function readJob(machine: Machine, tag: string, signal: AbortSignal): Promise<JobState> {
  const argv = ["sh", "-c", jobState, "sh", jobFolder(tag), unitName(tag)] as const;
  return parseJobState(await machine.read({ argv, timeoutMs: 30_000 }, signal));
}

export function parseJobState(text: string): JobState {
  const fields = new Map(text.split("\n").map((line) => [line.split("=", 1)[0], line.slice(line.indexOf("=") + 1)]));
  const file = fields.get("file") ?? "";
  const exitCode = /\/exit-(\d+)$/.exec(file)?.[1];
  const active = ["active", "activating", "deactivating", "reloading"].includes(fields.get("unit") ?? "");
  const state = exitCode !== undefined ? "ended" : active ? "running" : file === "" ? "absent" : "interrupted";
  return {
    state,
    exitCode: exitCode === undefined ? null : Number(exitCode),
    ...parseStatus(fields.get("status") ?? ""),
  };
}

/** apt's status lines: `pmstatus:PACKAGE:PERCENT:TEXT`, `dlstatus:NUMBER:PERCENT:TEXT`. */
function parseStatus(text: string): { readonly line: string; readonly share: number | undefined } {
  const match = /^(pmstatus|dlstatus):([^:]*(?::[a-z0-9]+)?):([\d.]+):(.*)$/.exec(text);
  if (match === null) return { line: "", share: undefined };
  // Downloading is told from 0 to 100, then installing again from 0 to 100.
  const half = Number(match[3]) / 200;
  return { line: match[4] ?? "", share: match[1] === "pmstatus" ? 0.5 + half : half };
}

/** Between two questions to the machine: apt works for seconds to minutes. */
const pollMs = 1_000;
/** The job goes on without us: a link that is down for this long is not yet a failure. */
const patienceMs = 120_000;

/** Waits until the job has ended, tolerating short losses of the connection. */
export async function awaitJob(machine: Machine, tag: string, watch: Watch): Promise<JobState> {
  const deadline = Date.now() + machine.config.patchTimeoutSeconds * 1000;
  let lastAnswer = Date.now();
  for (;;) {
    try {
      const job = await readJob(machine, tag, watch.signal);
      lastAnswer = Date.now();
      if (job.state !== "running") return job;
      if (job.line !== "") watch.progress(job.line, job.share);
    } catch (error) {
      const passing = error instanceof PatchError && (error.code === "unreachable" || error.code === "timeout");
      if (!passing || Date.now() - lastAnswer > patienceMs) throw error;
    }
    if (Date.now() > deadline) throw stillRunning(machine, tag);
    await pause(pollMs, watch.signal, machine.name);
  }
}

function stillRunning(machine: Machine, tag: string): PatchError {
  return new PatchError({
    code: "timeout",
    retry: "later",
    message: `${machine.name}: the package work is not through after ${machine.config.patchTimeoutSeconds} s; it goes on.`,
    next: `Look at ${jobFolder(tag)}/log and "systemctl status ${unitName(tag)}" on ${machine.name}.`,
  });
}

export function pause(milliseconds: number, signal: AbortSignal, machine: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(
        new PatchError({
          code: "cancelled",
          retry: "now",
          message: `${machine}: stopped watching because the run was asked to stop; what runs on the machine goes on.`,
          next: "Nothing to do; the run says how it goes on.",
        }),
      );
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, milliseconds);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}
