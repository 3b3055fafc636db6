import type { Cluster } from "../../src/domain/inventory.ts";
import type { Run } from "../../src/domain/run.ts";
import type { Desk } from "../../src/run/control.ts";
import type { Clusters, Store } from "../../src/run/ports.ts";
import { adam, olga, rita } from "./run-builders.ts";

export const teams: Readonly<Record<string, readonly string[]>> = {
  operators: [rita, adam],
  approvers: [adam, olga],
};

export function clustersOf(clusters: Readonly<Record<string, Cluster>>): Clusters {
  return { get: (name) => clusters[name] ?? null, names: () => Object.keys(clusters).sort() };
}

export interface FakeClock {
  now(): number;
  set(ms: number): void;
}

export function fakeClock(at: number): FakeClock {
  let now = at;
  return {
    now: () => now,
    set: (ms) => {
      now = ms;
    },
  };
}

export interface FakeDesk extends Desk {
  readonly clock: FakeClock;
  /** Runs that a worker was asked to look at, in order. */
  readonly ticks: readonly string[];
  /** Runs whose messages were asked to be brought up to date, in order. */
  readonly shown: readonly string[];
}

/** People's side of Tuesday without Slack: the store decides, everything else only listens. */
export function fakeDesk(store: Store, clusters: Readonly<Record<string, Cluster>>, clock: FakeClock): FakeDesk {
  const ticks: string[] = [];
  const shown: string[] = [];
  let ids = 0;
  return {
    store,
    clusters: clustersOf(clusters),
    directory: { isMember: async (team, user) => teams[team]?.includes(user) ?? null },
    enqueue: { tick: async (run) => void ticks.push(run) },
    notify: { changed: async (run) => void shown.push(run), deliveredUpTo: async () => clock.now() },
    clock,
    newId: () => {
      ids += 1;
      return `r${ids}`;
    },
    durable: true,
    ticks,
    shown,
  };
}

export async function stored(store: Store, id: string): Promise<Run> {
  const found = await store.load(id);
  if (!found) throw new Error(`there is no run ${id}`);
  return found.run;
}
