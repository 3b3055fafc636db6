import type { Patch } from "../../../domain/act.ts";
import type { HealthCheck } from "../../../domain/inventory.ts";
import type { Blocker } from "../../../domain/outcome.ts";
import type { Operation, Operations } from "../../operation.ts";
import { commands } from "./commands.ts";
import { readUpgrades } from "./facts.ts";
import { checkHealth } from "./health.ts";
import type { Machine } from "./machine.ts";
import { followPackages, lookAtPackages, type PackageWork, probePackages, startPackages } from "./package-work.ts";
import type { Installed, SimulatedInstall } from "./parse.ts";
import { reboot } from "./reboot.ts";
import { isKernel } from "./reboot-table.ts";
import { patchTransaction, revertTransaction } from "./transaction.ts";

/** What this driver can do to a machine. */
export function aptOperations(machine: Machine, healthChecks: readonly HealthCheck[]): Operations {
  return {
    patch: patch(machine),
    "revert-patches": revertPatches(machine),
    reboot: reboot(machine),
    "check-health": checkHealth(machine, healthChecks),
  };
}

function patch(machine: Machine): Operation<"patch"> {
  const work = (patches: readonly Patch[]): PackageWork => ({
    machine,
    patches,
    transaction: patchTransaction(patches),
    done: "upgraded",
    back: false,
  });
  return {
    // Installed versions and the job's folder tell afterwards what has happened.
    repeat: "reconcile",
    look: (act, signal) => {
      const offered = async (now: ReadonlyMap<string, Installed>) =>
        pendingDiffers(machine.name, act.patches, (await readUpgrades(machine, signal)).installs, now);
      return lookAtPackages(work(act.patches), offered, signal);
    },
    probe: (act, tag, _before, signal) => probePackages(work(act.patches), tag, signal),
    start: (act, tag, _before, signal) => startPackages(work(act.patches), tag, signal),
    follow: (act, handle, before, watch) => followPackages(work(act.patches), handle, before, watch),
  };
}

function revertPatches(machine: Machine): Operation<"revert-patches"> {
  const work = async (patches: readonly Patch[], signal: AbortSignal): Promise<PackageWork> => {
    const release = (await machine.read(commands.kernelRelease, signal)).trim();
    const running = patches.filter(({ name }) => isKernel(name) && name.includes(release)).map(({ name }) => name);
    return {
      machine,
      patches,
      transaction: revertTransaction(patches, new Set(running)),
      done: "taken back",
      back: true,
    };
  };
  return {
    repeat: "reconcile",
    look: async (act, signal) => lookAtPackages(await work(act.patches, signal), async () => [], signal),
    probe: async (act, tag, _before, signal) => probePackages(await work(act.patches, signal), tag, signal),
    start: async (act, tag, _before, signal) => startPackages(await work(act.patches, signal), tag, signal),
    follow: async (act, handle, before, watch) =>
      followPackages(await work(act.patches, watch.signal), handle, before, watch),
  };
}

/** Only what was approved is installed. What is already there in the approved version is no difference. */
export function pendingDiffers(
  machine: string,
  approved: readonly Patch[],
  offered: readonly SimulatedInstall[],
  now: ReadonlyMap<string, Installed>,
): Blocker[] {
  const line = ({ name, from, to }: { name: string; from: string; to: string }) =>
    `${name} ${from || "(new)"} -> ${to}`;
  const wanted = new Set(approved.map(line));
  const pending = new Set(offered.map(line));
  const fresh = [...pending].filter((text) => !wanted.has(text)).map((text) => `new: ${text}`);
  const gone = approved
    .filter((patch) => !pending.has(line(patch)) && now.get(patch.name)?.version !== patch.to)
    .map((patch) => `gone: ${line(patch)}`);
  if (fresh.length + gone.length === 0) return [];
  const message = `The pending packages of ${machine} differ from the approved ones: ${[...fresh, ...gone].join("; ")}.`;
  return [{ reason: "facts-changed", where: machine, message, next: "Ask for a new plan and have it approved." }];
}
