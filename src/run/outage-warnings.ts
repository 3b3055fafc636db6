import type { Cluster } from "../domain/inventory.ts";
import { outside } from "../domain/outside.ts";
import type { Plan, Step } from "../domain/plan.ts";

/** One warning per VM that goes down: its name, its owner, the minutes, and when at the earliest. */
export function outageWarnings(cluster: Cluster | null, plan: Plan | null, steps: readonly Step[]): readonly string[] {
  const ahead = minutes(plan?.warnAheadSeconds ?? 0);
  return steps.flatMap((step) =>
    step.outages.map((outage) => {
      const owner = cluster?.vms[outage.machine]?.owner ?? cluster?.hosts[outage.machine]?.owner;
      const who = owner ? `owner <@${owner}>` : "no owner in the inventory";
      return `:warning: *${outage.machine}* goes down in ${ahead} at the earliest, for about ${minutes(outage.seconds)} (${who}): ${outside(outage.why)}`;
    }),
  );
}

function minutes(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}
