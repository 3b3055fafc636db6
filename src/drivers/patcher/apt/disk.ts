import { commands, downloads, show } from "./commands.ts";
import type { Machine } from "./machine.ts";
import { type Installed, parseDownloadBytes, parseFreeBytes, parseShownSizes } from "./parse.ts";
import type { Transaction } from "./transaction.ts";

export interface DiskNeed {
  /** Bytes still to be downloaded into apt's archive folder. */
  readonly download: number;
  /** Bytes the file system with `/` must have free while packages are unpacked. */
  readonly unpack: number;
  readonly freeRoot: number;
  readonly freeArchives: number;
}

/** Room for dpkg's own database and logs. */
const reserve = 32 * 1024 * 1024;

export async function readDisk(
  machine: Machine,
  transaction: Transaction,
  now: ReadonlyMap<string, Installed>,
  signal: AbortSignal,
): Promise<DiskNeed> {
  const versions = [...transaction.install].map(([name, version]) => `${name}=${version}`);
  const [uris, shown, free] = await Promise.all([
    machine.read(downloads(transaction.argv), signal),
    versions.length === 0 ? "" : machine.read(show(versions), signal),
    machine.read(commands.free, signal),
  ]);
  const [freeRoot = 0, freeArchives = 0] = parseFreeBytes(free);
  return {
    download: parseDownloadBytes(uris),
    unpack: unpackBytes(parseShownSizes(shown), now),
    freeRoot,
    freeArchives,
  };
}

/**
 * Each package is unpacked beside its old files before those go: the sum of what grows, and the
 * largest single package once more.
 */
export function unpackBytes(sizes: ReadonlyMap<string, number>, now: ReadonlyMap<string, Installed>): number {
  let growth = 0;
  let largest = 0;
  for (const [key, size] of sizes) {
    growth += Math.max(0, size - (now.get(key.split("=")[0] ?? "")?.sizeKiB ?? 0));
    largest = Math.max(largest, size);
  }
  return (growth + largest) * 1024 + reserve;
}

/** Null when there is room, else a sentence with the figures. */
export function diskShortage(need: DiskNeed): string | null {
  if (need.freeArchives < need.download) {
    return `${mib(need.download)} have to be downloaded, ${mib(need.freeArchives)} are free in /var/cache/apt/archives`;
  }
  // Both usually lie on one file system: what is downloaded is missing for unpacking.
  const together = need.unpack + (need.freeArchives === need.freeRoot ? need.download : 0);
  return need.freeRoot < together ? `${mib(together)} are needed on /, ${mib(need.freeRoot)} are free` : null;
}

function mib(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MiB`;
}
