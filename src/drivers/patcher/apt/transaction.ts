import type { Patch } from "../../../domain/act.ts";
import type { Installed, Simulation } from "./parse.ts";

/** What one call of apt-get shall do, exactly: its arguments and the state it shall lead to. */
export interface Transaction {
  /** Arguments of `apt-get`, for rehearsal and for the real thing. */
  readonly argv: readonly string[];
  /** Package → version that must be installed afterwards. */
  readonly install: ReadonlyMap<string, string>;
  /** Packages that must be gone afterwards. */
  readonly remove: ReadonlySet<string>;
}

const common = [
  "install",
  "-y",
  "--no-install-recommends",
  // No question about a changed configuration file: the local one stays, the new one is put beside it.
  "-o",
  "Dpkg::Options::=--force-confold",
] as const;

/** Exactly the approved versions. Whatever else apt would have to do, it refuses, or the rehearsal shows it. */
export function patchTransaction(patches: readonly Patch[]): Transaction {
  const install = new Map(patches.map((patch) => [patch.name, patch.to]));
  return { argv: [...common, "--no-remove", ...pinned(install)], install, remove: new Set() };
}

/**
 * Back to the versions from before. A package that came in new goes again, unless it is the running
 * kernel (`keep`): Debian refuses to remove that, for good reason.
 */
export function revertTransaction(patches: readonly Patch[], keep: ReadonlySet<string>): Transaction {
  const old = patches.filter((patch) => patch.from !== "");
  const added = patches.filter((patch) => patch.from === "" && !keep.has(patch.name));
  const install = new Map(old.map((patch) => [patch.name, patch.from]));
  const remove = new Set(added.map((patch) => patch.name));
  const noRemove = remove.size === 0 ? ["--no-remove"] : [];
  const removals = [...remove].map((name) => `${name}-`);
  return { argv: [...common, "--allow-downgrades", ...noRemove, ...pinned(install), ...removals], install, remove };
}

function pinned(install: ReadonlyMap<string, string>): string[] {
  return [...install].map(([name, version]) => `${name}=${version}`);
}

/** In which points would apt do something else than this transaction? Empty: it would do exactly this. */
export function surprises(
  transaction: Transaction,
  simulation: Simulation,
  now: ReadonlyMap<string, Installed>,
): string[] {
  const extra = simulation.installs
    .filter(({ name, to }) => transaction.install.get(name) !== to)
    .map(({ name, to }) => `would install ${name} ${to}`);
  const gone = simulation.removes.filter((name) => !transaction.remove.has(name)).map((name) => `would remove ${name}`);
  const planned = new Set(simulation.installs.map(({ name }) => name));
  const left = [...transaction.install]
    .filter(([name, version]) => !planned.has(name) && now.get(name)?.version !== version)
    .map(([name, version]) => `would leave out ${name} ${version}`);
  return [...extra, ...gone, ...left];
}

/** In which points does the machine differ from what the transaction should have led to? */
export function differences(transaction: Transaction, now: ReadonlyMap<string, Installed>): string[] {
  const wrong = [...transaction.install].flatMap(([name, version]) => {
    const found = now.get(name);
    if (found?.version === version && found.status === "installed") return [];
    const is = found === undefined ? "is not installed" : `is ${found.version} (${found.status})`;
    return [`${name} ${is}, expected ${version}`];
  });
  const left = [...transaction.remove]
    .filter((name) => isPresent(now.get(name)))
    .map((name) => `${name} is still there`);
  return [...wrong, ...left];
}

/** A removed package may leave its configuration files behind; dpkg then still knows its name. */
export function isPresent(found: Installed | undefined): boolean {
  return found !== undefined && found.status !== "config-files" && found.status !== "not-installed";
}
