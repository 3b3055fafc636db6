import { type Act, actTarget } from "../domain/act.ts";
import { actWords } from "../domain/act-words.ts";
import type { Cluster } from "../domain/inventory.ts";
import { outside } from "../domain/outside.ts";
import type { Plan, Step } from "../domain/plan.ts";

/** One warning per VM that goes down: its name, its owner, the minutes, and when at the earliest. */
export function outageWarnings(cluster: Cluster | null, plan: Plan | null, steps: readonly Step[]): readonly string[] {
  const ahead = minutes(plan?.warnAheadSeconds ?? 0);
  return steps.flatMap((step) =>
    step.outages.map(({ machine, seconds, why }) => {
      const who = ownerOf(cluster, machine);
      return `:warning: *${machine}* goes down in ${ahead} at the earliest, for about ${minutes(seconds)} (${who}): ${outside(why)}`;
    }),
  );
}

/**
 * The warning ahead of an act of a back-out that takes a machine down, or null. Nobody waits for it to be
 * read: the machine is in trouble already, and people have just chosen this.
 */
export function undoWarning(cluster: Cluster | null, act: Act): string | null {
  if (act.do !== "reboot" && act.do !== "revert-snapshot" && act.do !== "stop-vm") return null;
  const machine = actTarget(act);
  return `:warning: *${machine}* goes down now (${ownerOf(cluster, machine)}): ${actWords(act)}, to take changes back`;
}

function ownerOf(cluster: Cluster | null, machine: string): string {
  const owner = cluster?.vms[machine]?.owner ?? cluster?.hosts[machine]?.owner;
  return owner ? `owner <@${owner}>` : "no owner in the inventory";
}

function minutes(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}
