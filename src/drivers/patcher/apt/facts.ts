import { PatchError } from "../../../domain/errors.ts";
import type { MachineFacts } from "../../../domain/facts.ts";
import * as ask from "./commands.ts";
import { commandFailed, type Machine } from "./machine.ts";
import {
  type Installed,
  type LockHolder,
  parseInstalled,
  parseLocks,
  parseMadison,
  parseOsRelease,
  parseSimulation,
  type Simulation,
} from "./parse.ts";
import { pendingFrom } from "./pending.ts";

const { commands } = ask;

/** Refreshes the package lists, then reads what is pending and what stands in the way. Installs nothing. */
export async function survey(machine: Machine, signal: AbortSignal): Promise<MachineFacts> {
  await requireRoot(machine, signal);
  await refreshLists(machine, signal);
  const read = (command: Parameters<Machine["read"]>[0], allowed?: readonly number[]) =>
    machine.read(command, signal, allowed);
  const [simulation, locks, system, asked, virtualisation] = await Promise.all([
    readUpgrades(machine, signal),
    readLocks(machine, signal),
    readSystem(machine, signal),
    readRebootRequest(machine, signal),
    // Exit code 1 means "none".
    read(commands.virtualisation, [0, 1]),
  ]);
  const offers = await readOffers(
    machine,
    simulation.installs.map((install) => install.name),
    signal,
  );
  return {
    machine: machine.name,
    system,
    pending: pendingFrom({
      installs: simulation.installs,
      offers,
      rebootAsked: asked,
      virtualisation: virtualisation.trim(),
    }),
    busyWith: locks.map((lock) => `${lock.program} (process ${lock.pid}) holds ${lock.file}`),
  };
}

/** Everything below needs root: better said once and clearly than by apt's own complaint. */
export async function requireRoot(machine: Machine, signal: AbortSignal): Promise<void> {
  const result = await machine.run(commands.userId, signal);
  if (result.exitCode === 0 && result.stdout.trim() === "0") return;
  throw new PatchError({
    code: "authentication",
    retry: "never",
    message: machine.config.sudo
      ? `${machine.name}: the user may not become root by sudo without a password.`
      : `${machine.name}: patching needs root, and the transport's user is not root.`,
    next: machine.config.sudo
      ? "Allow it in sudoers: USER ALL=(root) NOPASSWD: ALL."
      : "Use user: root in the transport, or set sudo: true in the patcher's settings.",
  });
}

/** A failed refresh is a failure: deciding on old lists would install what nobody knows any more. */
export async function refreshLists(machine: Machine, signal: AbortSignal): Promise<void> {
  const command = ask.update(machine.config.updateTimeoutSeconds);
  const result = await machine.run(command, signal);
  // apt older than 2.1 knows no Error-Mode: its own mark for an index it could not get is `Err:`.
  if (result.exitCode === 0 && !/^Err:/m.test(result.stdout)) return;
  const holder = (await readLocks(machine, signal)).find((lock) => lock.file.endsWith("lists/lock"));
  throw holder === undefined ? commandFailed(machine.name, command, result) : lockHeld(machine.name, [holder]);
}

export function lockHeld(machine: string, locks: readonly LockHolder[]): PatchError {
  const holders = locks.map((lock) => `${lock.program} (process ${lock.pid}) holds ${lock.file}`);
  return new PatchError({
    code: "package-lock-held",
    retry: "later",
    message: `${machine}: the package system is in use: ${holders.join("; ")}.`,
    next: "Wait until it is through. If it hangs, look at the process on the machine.",
  });
}

export async function readUpgrades(machine: Machine, signal: AbortSignal): Promise<Simulation> {
  return parseSimulation(await machine.read(commands.upgrades, signal));
}

export async function readLocks(machine: Machine, signal: AbortSignal): Promise<LockHolder[]> {
  return parseLocks(await machine.read(commands.locks, signal));
}

/** Which versions repositories offer. One question for all packages. */
export async function readOffers(machine: Machine, names: readonly string[], signal: AbortSignal) {
  return parseMadison(names.length === 0 ? "" : await machine.read(ask.madison(names), signal));
}

/** What of these is installed, in which version and state. Names that are not installed are missing. */
export async function readInstalled(
  machine: Machine,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Installed>> {
  if (names.length === 0) return new Map();
  const architecture = (await machine.read(commands.architecture, signal)).trim();
  return parseInstalled(await machine.read(ask.installed(names), signal, [0, 1]), architecture);
}

async function readSystem(machine: Machine, signal: AbortSignal): Promise<string> {
  const release = parseOsRelease(await machine.read(commands.osRelease, signal));
  // os-release says 12, debian_version says 12.11.
  const point = release.ID === "debian" ? (await machine.read(commands.debianVersion, signal)).trim() : "";
  return /^\d/.test(point) ? `Debian ${point}` : (release.PRETTY_NAME ?? "unknown system");
}

async function readRebootRequest(machine: Machine, signal: AbortSignal): Promise<string[] | null> {
  const result = await machine.run(commands.rebootAsked, signal);
  if (result.exitCode !== 0) return null;
  return [...new Set(result.stdout.split("\n").filter((name) => name !== ""))];
}
