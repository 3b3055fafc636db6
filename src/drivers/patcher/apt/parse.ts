/** Pure parsers of what Debian's tools print under LC_ALL=C. Tried on recorded output: test/cases/patcher/apt. */

export interface SimulatedInstall {
  /** With `:arch` when it is not the machine's own architecture. */
  readonly name: string;
  /** Empty for a package that is not installed yet. */
  readonly from: string;
  readonly to: string;
  /** e.g. `Debian-Security:12/oldstable-security`; several, separated by commas, when several offer it. */
  readonly source: string;
}

export interface Simulation {
  readonly installs: readonly SimulatedInstall[];
  readonly removes: readonly string[];
  /** Newer versions exist, but apt leaves them alone (held, or phased, or in need of a removal). */
  readonly keptBack: readonly string[];
}

const instLine = /^Inst (\S+)(?: \[([^\]]+)\])? \((\S+) ?(.*?) ?\[[^\]]+\]\)/;

/** Output of `apt-get -s …`. `Conf` lines repeat the `Inst` lines and are not counted. */
export function parseSimulation(text: string): Simulation {
  const lines = text.split("\n");
  const installs = lines.flatMap((line) => {
    const match = instLine.exec(line);
    if (match === null) return [];
    return { name: match[1] ?? "", from: match[2] ?? "", to: match[3] ?? "", source: match[4] ?? "" };
  });
  const removes = lines.flatMap((line) => /^Remv (\S+)/.exec(line)?.[1] ?? []);
  return { installs, removes, keptBack: indentedAfter(lines, "The following packages have been kept back:") };
}

function indentedAfter(lines: readonly string[], heading: string): string[] {
  const start = lines.indexOf(heading);
  if (start < 0) return [];
  const names: string[] = [];
  for (const line of lines.slice(start + 1)) {
    if (!line.startsWith("  ")) break;
    names.push(...line.trim().split(/\s+/));
  }
  return names;
}

/** Output of `apt-cache madison`: package → versions that a repository offers. */
export function parseMadison(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const offers = new Map<string, Set<string>>();
  for (const line of text.split("\n")) {
    const [name, version, origin] = line.split(" | ").map((part) => part.trim());
    if (!name || !version || origin === undefined || !origin.endsWith("Packages")) continue;
    offers.set(name, (offers.get(name) ?? new Set()).add(version));
  }
  return offers;
}

export interface Installed {
  readonly version: string;
  /** `installed`, or a state in between such as `half-configured`. */
  readonly status: string;
  readonly sizeKiB: number;
}

/** Output of `dpkg-query -W -f '${Package}\t${Architecture}\t${Version}\t${db:Status-Status}\t${Installed-Size}\n'`. */
export function parseInstalled(text: string, architecture: string): ReadonlyMap<string, Installed> {
  const found = new Map<string, Installed>();
  for (const line of text.split("\n")) {
    const [name, arch, version, status, size] = line.split("\t");
    if (!name || !version || status === undefined) continue;
    const key = arch === architecture || arch === "all" ? name : `${name}:${arch}`;
    found.set(key, { version, status, sizeKiB: Number(size) || 0 });
  }
  return found;
}

export interface LockHolder {
  readonly file: string;
  readonly pid: string;
  readonly program: string;
}

/** Lines `file<TAB>pid<TAB>program` of the lock question (facts.ts). */
export function parseLocks(text: string): LockHolder[] {
  return text.split("\n").flatMap((line) => {
    const [file, pid, program] = line.split("\t");
    return file && pid ? { file, pid, program: program || "an unknown program" } : [];
  });
}

/** Sum of the sizes in `apt-get -qq --print-uris …`, in bytes: what still has to be downloaded. */
export function parseDownloadBytes(text: string): number {
  const sizes = text.split("\n").map((line) => /^'[^']*' \S+ (\d+)/.exec(line)?.[1]);
  return sizes.reduce((sum, size) => sum + Number(size ?? 0), 0);
}

/** Stanzas of `apt-cache show`: `name=version` → size when installed, in KiB. */
export function parseShownSizes(text: string): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const stanza of text.split("\n\n")) {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(stanza)?.[1];
    const name = field("Package");
    if (name !== undefined) sizes.set(`${name}=${field("Version")}`, Number(field("Installed-Size") ?? 0));
  }
  return sizes;
}

/** `df -B1 --output=avail,target PATH…`: free bytes in the order of the paths. */
export function parseFreeBytes(text: string): number[] {
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => Number(line.trim().split(/\s+/)[0]));
}

/** `KEY=value` lines of os-release. */
export function parseOsRelease(text: string): Readonly<Record<string, string>> {
  const pairs = text.split("\n").flatMap((line) => {
    const match = /^([A-Z_]+)="?(.*?)"?$/.exec(line);
    return match?.[1] === undefined ? [] : [[match[1], match[2] ?? ""] as const];
  });
  return Object.fromEntries(pairs);
}

/** Services in `needrestart -b` that still run replaced code. */
export function parseNeedrestart(text: string): string[] {
  return text.split("\n").flatMap((line) => /^NEEDRESTART-SVC: (\S+)/.exec(line)?.[1] ?? []);
}

/** First column of `systemctl list-units --failed --plain --no-legend`. */
export function parseFailedUnits(text: string): string[] {
  return text.split("\n").flatMap((line) => line.trim().split(/\s+/)[0] || []);
}
