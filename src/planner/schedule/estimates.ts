import type { ClusterFacts } from "../../domain/facts.ts";
import type { Estimate } from "../../domain/schedule.ts";
import { defaultSeconds } from "../defaults.ts";
import type { World } from "../world.ts";

/** What this estate took before: `what` is `patch xen-1`, `reboot xen-1` or `migrate xen-pool`; seconds. */
export interface Past {
  readonly what: string;
  readonly p50: number;
  readonly p90: number;
}

const fromHistory = "this estate's history";

/** Facts whose estimates are what this estate took before, where that is known. Half of the times are shorter (p50). */
export function withHistory(facts: ClusterFacts, history: readonly Past[]): ClusterFacts {
  if (history.length === 0) return facts;
  const past = new Map(history.map((one) => [one.what, one]));
  return {
    ...facts,
    pools: facts.pools.map((pool) => {
      const migrate = past.get(`migrate ${pool.pool}`);
      if (!migrate) return pool;
      const estimate = { ...pool.estimate, migrateSeconds: migrate.p50, p90: { migrateSeconds: migrate.p90 } };
      return { ...pool, estimate: { ...estimate, source: fromHistory, kind: "history" as const } };
    }),
    machines: facts.machines.map((one) => {
      const [patch, reboot] = [past.get(`patch ${one.machine}`), past.get(`reboot ${one.machine}`)];
      if (!patch && !reboot) return one;
      const { patchSeconds, rebootSeconds } = one.pending.estimate;
      const estimate = {
        patchSeconds: patch?.p50 ?? patchSeconds,
        rebootSeconds: reboot?.p50 ?? rebootSeconds,
        source: fromHistory,
        kind: "history" as const,
        p90: { patchSeconds: patch?.p90 ?? patchSeconds, rebootSeconds: reboot?.p90 ?? rebootSeconds },
      };
      return { ...one, pending: { ...one.pending, estimate } };
    }),
  };
}

interface Figure extends Omit<Estimate, "what"> {
  readonly act: string;
  readonly who: string;
}

/** Names in one line before the rest is counted. */
const namesShown = 3;

/** Every figure that the plan is made of, with its source; machines with the same figures share a line. */
export function estimatesOf(world: World): Estimate[] {
  const groups = new Map<string, { readonly figure: Figure; readonly who: string[] }>();
  for (const figure of figuresOf(world)) {
    const { act, p50, p90, source, text } = figure;
    const key = JSON.stringify([act, p50, p90, source, text]);
    const known = groups.get(key);
    if (known) known.who.push(figure.who);
    else groups.set(key, { figure, who: [figure.who] });
  }
  const estimates = [...groups.values()].map(({ figure: { act, p50, p90, source, text }, who }): Estimate => {
    const more = who.length > namesShown ? ` and ${who.length - namesShown} more` : "";
    return { what: `${act} ${who.slice(0, namesShown).join(", ")}${more}`, p50, p90, source, text };
  });
  const defaults = Object.entries(defaultSeconds).map(([name, seconds]): Estimate => {
    const what = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    return { what, p50: seconds, p90: null, source: "default", text: "Tuesday's default" };
  });
  return [...estimates, ...defaults];
}

function figuresOf(world: World): readonly Figure[] {
  const pools = world.pools.map(({ pool, estimate: { migrateSeconds, kind = "driver", source, p90 } }) => ({
    act: "migrate a VM in",
    who: pool,
    p50: migrateSeconds,
    p90: p90?.migrateSeconds ?? null,
    source: kind,
    text: source,
  }));
  const machines = world.facts.machines
    .filter(({ pending }) => pending.patches.length > 0)
    .flatMap(({ machine, pending: { reboot, estimate } }) => {
      const { patchSeconds, rebootSeconds, kind = "driver", source, p90 } = estimate;
      const shared = { who: machine, source: kind, text: source };
      const patch = { act: "patch", p50: patchSeconds, p90: p90?.patchSeconds ?? null, ...shared };
      const again = { act: "reboot", p50: rebootSeconds, p90: p90?.rebootSeconds ?? null, ...shared };
      return reboot.needed ? [patch, again] : [patch];
    });
  return [...pools, ...machines];
}
