import type { ActKind } from "../../domain/act.ts";
import { count } from "../../domain/act-words.ts";
import type { Plan } from "../../domain/plan.ts";
import { durationWords } from "../../domain/time-words.ts";
import type { Findings } from "./order.ts";

/** Kinds of steps named in the answer; the rest is small. */
const kindsShown = 5;

const kindWords: Readonly<Partial<Record<ActKind, string>>> = {
  migrate: "moving VMs",
  patch: "installing patches",
  reboot: "reboots",
  "check-health": "health checks",
  snapshot: "snapshots",
};

/** How long the plan is, how long it must be at least and why, and where the time goes. */
export function explainLength(plan: Plan): Findings {
  const { makespan, lowerBound, binding, stepsAtOnce, migrations, migrationBound } = plan.schedule;
  const bound =
    lowerBound > 0
      ? [
          `no plan can be done in less than ${durationWords(lowerBound)}; this plan takes ${(makespan / lowerBound).toFixed(2)} times that`,
          `what binds: ${binding.text} (${binding.term})`,
        ]
      : ["the least possible is not known"];
  return {
    lines: [
      `about ${durationWords(makespan)}`,
      ...bound,
      stepsAtOnce === 1
        ? "one step at a time: the next begins when the last one is done and verified"
        : `up to ${stepsAtOnce} steps at once`,
      `${count(migrations, "live migration", "live migrations")}, at least ${migrationBound} needed`,
      `where the time goes: ${shares(plan)}`,
    ],
    edges: [],
  };
}

function shares(plan: Plan): string {
  const sums = new Map<ActKind, { seconds: number; times: number }>();
  for (const { act, seconds } of plan.steps) {
    const known = sums.get(act.do) ?? { seconds: 0, times: 0 };
    sums.set(act.do, { seconds: known.seconds + seconds, times: known.times + 1 });
  }
  return [...sums]
    .sort(([a, x], [b, y]) => y.seconds - x.seconds || (a < b ? -1 : 1))
    .slice(0, kindsShown)
    .map(([kind, { seconds, times }]) => `${kindWords[kind] ?? kind} ${durationWords(seconds)} (${times})`)
    .join(", ");
}
