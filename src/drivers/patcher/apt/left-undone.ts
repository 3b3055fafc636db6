import { commands } from "./commands.ts";
import { readUpgrades } from "./facts.ts";
import { jobFolder } from "./job-script.ts";
import type { PackageWork } from "./package-work.ts";
import { type Installed, parseNeedrestart } from "./parse.ts";
import { listed } from "./pending.ts";
import { isPresent } from "./transaction.ts";

/** What the work could not finish and a person should know. Reading it must not fail the work. */
export async function leftUndone(
  work: PackageWork,
  tag: string,
  now: ReadonlyMap<string, Installed>,
  signal: AbortSignal,
): Promise<string[]> {
  const { machine, transaction, patches } = work;
  // ctime: the file keeps the modification time it has in the package.
  const findConfigs = ["find", "/etc", "-name", "*.dpkg-dist", "-cnewer", `${jobFolder(tag)}/auto-before`] as const;
  const [restarts, configs, upgrades] = await Promise.all([
    machine.run(commands.needrestart, signal),
    machine.run({ argv: findConfigs, timeoutMs: 30_000 }, signal),
    readUpgrades(machine, signal),
  ]);
  const stale = parseNeedrestart(restarts.stdout);
  const kept = configs.stdout.split("\n").filter((path) => path !== "");
  const remaining = patches
    .filter(({ name }) => isPresent(now.get(name)) && !transaction.install.has(name) && !transaction.remove.has(name))
    .map(({ name }) => name);
  return [
    ...(restarts.exitCode === 0
      ? []
      : ["needrestart is not installed: which services still run old code is not known"]),
    ...(stale.length > 0 ? [`still running old code until restarted or rebooted: ${listed(stale)}`] : []),
    ...(kept.length > 0 ? [`own configuration kept, the new one lies beside it: ${listed(kept)}`] : []),
    ...(upgrades.keptBack.length > 0 ? [`kept back by apt or held: ${listed(upgrades.keptBack)}`] : []),
    ...(remaining.length > 0 ? [`the running kernel was not removed: ${listed(remaining)}`] : []),
  ];
}
