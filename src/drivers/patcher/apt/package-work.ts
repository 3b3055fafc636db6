import type { ActOutcome, Patch } from "../../../domain/act.ts";
import { PatchError } from "../../../domain/errors.ts";
import type { Blocker } from "../../../domain/outcome.ts";
import type { Before, Probe, Watch } from "../../operation.ts";
import { commands, rehearse } from "./commands.ts";
import { diskShortage, readDisk } from "./disk.ts";
import { lockHeld, readInstalled, readLocks, refreshLists, requireRoot } from "./facts.ts";
import { diagnose, goneVersions, versionGone } from "./failures.ts";
import { awaitJob, readJob } from "./job.ts";
import { jobCommand, jobFolder } from "./job-script.ts";
import { leftUndone } from "./left-undone.ts";
import { commandFailed, type Machine } from "./machine.ts";
import { type Installed, parseSimulation } from "./parse.ts";
import { listed } from "./pending.ts";
import { differences, isPresent, surprises, type Transaction } from "./transaction.ts";

/** What `patch` and `revert-patches` share: one apt transaction, done exactly once, verified by facts. */
export interface PackageWork {
  readonly machine: Machine;
  readonly patches: readonly Patch[];
  readonly transaction: Transaction;
  /** e.g. `upgraded`, for the outcome's summary. */
  readonly done: string;
  /** Is this the way back from a patch? */
  readonly back: boolean;
}

type Looked = { readonly blockers: readonly Blocker[]; readonly before: Before };

/** What stands in the way of the transaction right now, and the versions from before. */
export async function lookAtPackages(
  work: PackageWork,
  furtherBlockers: (now: ReadonlyMap<string, Installed>) => Promise<readonly Blocker[]>,
  signal: AbortSignal,
): Promise<Looked> {
  const { machine, transaction } = work;
  await requireRoot(machine, signal);
  const now = await installedOf(work, signal);
  const before = { versions: JSON.stringify(versionsOf(work.patches, now)) };
  const locks = await readLocks(machine, signal);
  // With the lock held, neither lists nor rehearsal tell the truth: somebody is changing it.
  if (locks.length > 0) {
    const { message, next } = lockHeld(machine.name, locks);
    return { before, blockers: [{ reason: "blocked", where: machine.name, message, next }] };
  }
  await refreshLists(machine, signal);
  const gone = await goneVersions(machine, transaction, signal);
  if (gone.length > 0) {
    const { message, next } = versionGone(machine.name, gone);
    return { before, blockers: [{ reason: "facts-changed", where: machine.name, message, next }] };
  }
  const further = await furtherBlockers(now);
  const unexpected = await rehearsal(work, now, signal);
  if (unexpected.length > 0 || further.length > 0) {
    return { before, blockers: [...further, ...unexpected.map((what) => surprise(machine.name, what))] };
  }
  const shortage = diskShortage(await readDisk(machine, transaction, now, signal));
  return { before, blockers: shortage === null ? [] : [noRoom(machine.name, shortage)] };
}

export async function probePackages(work: PackageWork, tag: string, signal: AbortSignal): Promise<Probe> {
  const { machine, transaction } = work;
  const job = await readJob(machine, tag, signal);
  if (job.state === "absent") return { state: "absent" };
  if (job.state === "running") return { state: "running", handle: tag };
  if (job.state === "ended") return { state: "finished", handle: tag };
  // Interrupted, by a power failure perhaps: the versions decide whether it had done its work before.
  const wrong = differences(transaction, await installedOf(work, signal));
  const audit = await machine.read(commands.audit, signal, [0, 1]);
  if (wrong.length === 0 && audit.trim() === "") return { state: "finished", handle: tag };
  const why = `the package work was interrupted; ${listed(wrong)}; see ${jobFolder(tag)}/log and dpkg --audit`;
  return { state: "unknown", why };
}

/** Begins the job. Throws before anything has changed when apt would not do exactly the transaction. */
export async function startPackages(work: PackageWork, tag: string, signal: AbortSignal): Promise<string> {
  const { machine, transaction } = work;
  // Begun before by this tag, by a process that died perhaps: followed, never done twice.
  if ((await readJob(machine, tag, signal)).state !== "absent") return tag;
  const locks = await readLocks(machine, signal);
  if (locks.some((lock) => lock.file.includes("/dpkg/"))) throw lockHeld(machine.name, locks);
  const gone = await goneVersions(machine, transaction, signal);
  if (gone.length > 0) throw versionGone(machine.name, gone);
  const now = await installedOf(work, signal);
  const unexpected = await rehearsal(work, now, signal);
  if (unexpected.length > 0) {
    throw new PatchError({
      code: "conflict",
      retry: "never",
      message: `${machine.name}: apt would do something else than approved: it ${listed(unexpected)}. Nothing was changed.`,
      next: "Ask for a new plan and have it approved.",
    });
  }
  const added = [...transaction.install.keys()].filter((name) => !isPresent(now.get(name)));
  const description = `Tuesday: ${transaction.install.size} packages to be ${work.done} (${tag})`;
  const argv = jobCommand({ tag, description, aptArguments: transaction.argv, added, noteFailed: !work.back });
  const result = await machine.run({ argv, timeoutMs: 30_000 }, signal);
  if (result.exitCode === 0) return tag;
  // systemd refuses a second unit of that name: somebody was faster.
  if ((await readJob(machine, tag, signal)).state !== "absent") return tag;
  throw commandFailed(machine.name, { argv: ["systemd-run"], timeoutMs: 0 }, result);
}

/** Waits for the job's end and reads back what it led to. */
export async function followPackages(
  work: PackageWork,
  tag: string,
  before: Before,
  watch: Watch,
): Promise<ActOutcome> {
  const { machine, transaction } = work;
  const job = await awaitJob(machine, tag, watch);
  if (job.state === "absent") throw unknownEffect(machine.name, "no trace of the package work is left on the machine");
  if (job.state === "ended" && job.exitCode !== 0) {
    throw await diagnose({ machine, tag, transaction, exitCode: job.exitCode }, watch.signal);
  }
  const now = await installedOf(work, watch.signal);
  const wrong = differences(transaction, now);
  const audit = await machine.read(commands.audit, watch.signal, [0, 1]);
  if (wrong.length > 0 || audit.trim() !== "") {
    const what = wrong.length > 0 ? listed(wrong) : "dpkg --audit finds half-done packages";
    throw unknownEffect(machine.name, `the package work ended, but ${what}`);
  }
  const earlier = JSON.parse(before.versions ?? "{}") as Readonly<Record<string, string>>;
  const changes = work.patches.flatMap(({ name }) => {
    const from = earlier[name] ?? "";
    const to = now.get(name)?.version ?? "";
    return from === to ? [] : [{ name, from, to }];
  });
  return {
    summary: `${changes.length} ${changes.length === 1 ? "package" : "packages"} ${work.done}`,
    changes,
    downtimes: [],
    leftUndone: await leftUndone(work, tag, now, watch.signal),
  };
}

async function rehearsal(
  work: PackageWork,
  now: ReadonlyMap<string, Installed>,
  signal: AbortSignal,
): Promise<string[]> {
  const text = await work.machine.read(rehearse(work.transaction.argv), signal);
  return surprises(work.transaction, parseSimulation(text), now);
}

function installedOf({ machine, patches }: PackageWork, signal: AbortSignal) {
  return readInstalled(
    machine,
    patches.map((patch) => patch.name),
    signal,
  );
}

function versionsOf(patches: readonly Patch[], now: ReadonlyMap<string, Installed>): Record<string, string> {
  return Object.fromEntries(
    patches.map(({ name }) => [name, isPresent(now.get(name)) ? (now.get(name)?.version ?? "") : ""]),
  );
}

function surprise(machine: string, what: string): Blocker {
  const message = `apt ${what} on ${machine}, which was not approved.`;
  return { reason: "facts-changed", where: machine, message, next: "Ask for a new plan and have it approved." };
}

function noRoom(machine: string, shortage: string): Blocker {
  const next = `Make room on ${machine} (old kernels, "apt-get clean", logs), then continue.`;
  return { reason: "blocked", where: machine, message: `${machine} has not enough disk space: ${shortage}.`, next };
}

function unknownEffect(machine: string, what: string): PatchError {
  return new PatchError({
    code: "unknown-effect",
    retry: "never",
    message: `${machine}: ${what}.`,
    next: `Look at the newest folder in /var/lib/tuesday and at "dpkg --audit" on ${machine}.`,
  });
}
