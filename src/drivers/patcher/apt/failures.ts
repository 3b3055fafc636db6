import { PatchError } from "../../../domain/errors.ts";
import { rehearse } from "./commands.ts";
import { diskShortage, readDisk } from "./disk.ts";
import { lockHeld, readInstalled, readLocks, readOffers } from "./facts.ts";
import { jobFolder } from "./job-script.ts";
import type { Machine } from "./machine.ts";
import { isOffered, listed } from "./pending.ts";
import { differences, type Transaction } from "./transaction.ts";
import { lastWords } from "./words.ts";

interface Failed {
  readonly machine: Machine;
  readonly tag: string;
  readonly transaction: Transaction;
  readonly exitCode: number | null;
}

/** Why did apt fail? Found out by asking the machine again, not by reading apt's complaint. */
export async function diagnose(
  { machine, tag, transaction, exitCode }: Failed,
  signal: AbortSignal,
): Promise<PatchError> {
  const locks = await readLocks(machine, signal);
  if (locks.some((lock) => lock.file.includes("/dpkg/"))) return lockHeld(machine.name, locks);
  const names = [...transaction.install.keys()];
  const gone = await goneVersions(machine, transaction, signal);
  if (gone.length > 0) return versionGone(machine.name, gone);
  const now = await readInstalled(machine, names, signal);
  const possible = await machine.run(rehearse(transaction.argv), signal);
  if (possible.exitCode === 0) {
    const shortage = diskShortage(await readDisk(machine, transaction, now, signal));
    if (shortage !== null) return diskFull(machine.name, shortage);
  }
  const log = await machine.read({ argv: ["tail", "-n", "40", `${jobFolder(tag)}/log`], timeoutMs: 30_000 }, signal);
  const undone = differences(transaction, now);
  return new PatchError({
    code: "command-failed",
    retry: undone.length === names.length ? "later" : "never",
    message: `${machine.name}: apt-get ended with ${exitCode ?? "no exit code"}; ${undone.length} of ${names.length} packages are not as wanted (${listed(undone)}). ${lastWords(log)}`,
    next: `Look at ${jobFolder(tag)}/log on ${machine.name}; "dpkg --audit" says what is half done.`,
  });
}

/** Versions that no repository offers (any more) and that are not installed either. */
export async function goneVersions(machine: Machine, transaction: Transaction, signal: AbortSignal): Promise<string[]> {
  const names = [...transaction.install.keys()];
  const [offers, now] = [await readOffers(machine, names, signal), await readInstalled(machine, names, signal)];
  return [...transaction.install]
    .filter(([name, version]) => !isOffered(offers, name, version) && now.get(name)?.version !== version)
    .map(([name, version]) => `${name} ${version}`);
}

export function versionGone(machine: string, gone: readonly string[]): PatchError {
  return new PatchError({
    code: "version-gone",
    retry: "never",
    message: `${machine}: no repository the machine sees offers ${listed(gone)} any more.`,
    next: "Ask for a new plan; for a way back restore a backup or a snapshot.",
  });
}

export function diskFull(machine: string, shortage: string): PatchError {
  return new PatchError({
    code: "disk-full",
    retry: "later",
    message: `${machine}: not enough disk space: ${shortage}.`,
    next: `Make room on ${machine} (old kernels, "apt-get clean", logs), then try again.`,
  });
}
