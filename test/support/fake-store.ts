import type { Plan } from "../../src/domain/plan.ts";
import { isEnded, type JournalLine, type Run } from "../../src/domain/run.ts";
import type { Committed, Store } from "../../src/run/ports.ts";

export interface FakeStore extends Store {
  /** All lines ever written, in order: what the audit stream of the real store holds. */
  audit(): readonly { readonly run: string; readonly line: JournalLine }[];
}

interface Kept {
  run: Run;
  version: number;
  readonly log: { readonly id: string; readonly line: JournalLine }[];
}

/** Whoever writes into it throws: a caller must not change what is stored. */
function frozen<T>(value: T): T {
  if (value !== null && typeof value === "object" && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const one of Object.values(value)) frozen(one);
  }
  return value;
}

/** The store's promises in memory. What is stored is frozen, so it can be handed out as it is. */
export function fakeStore(): FakeStore {
  const runs = new Map<string, Kept>();
  const plans = new Map<string, Plan>();
  const open = new Set<string>();
  const owners = new Map<string, string>();
  const audit: { run: string; line: JournalLine }[] = [];
  let ids = 0;
  const tell = (kept: Kept, id: string, lines: readonly JournalLine[]) => {
    for (const line of lines) {
      ids += 1;
      kept.log.push({ id: `${ids}-0`, line });
      audit.push({ run: id, line });
    }
  };
  return {
    async create(run, lines) {
      const { id } = run.head;
      if (runs.has(id)) return;
      const kept: Kept = { run: frozen(run), version: 1, log: [] };
      runs.set(id, kept);
      open.add(id);
      tell(kept, id, lines);
    },
    async load(runId) {
      const kept = runs.get(runId);
      return kept ? { run: kept.run, version: kept.version } : null;
    },
    async commit(previous, next, lines, options): Promise<Committed> {
      const { id, cluster, state } = next.head;
      const kept = runs.get(id);
      if (!kept || kept.version !== previous.version) return "conflict";
      if (options.epoch !== undefined && kept.run.head.epoch !== options.epoch) return "fenced";
      const owner = owners.get(cluster);
      if (options.takeCluster && owner !== undefined && owner !== id) return "busy";
      kept.run = frozen(next);
      kept.version += 1;
      tell(kept, id, lines);
      if (options.takeCluster) owners.set(cluster, id);
      if (isEnded(state)) {
        open.delete(id);
        if (owners.get(cluster) === id) owners.delete(cluster);
      }
      return "ok";
    },
    async savePlan(plan) {
      plans.set(plan.digest, frozen(plan));
    },
    async loadPlan(digest) {
      return plans.get(digest) ?? null;
    },
    async openRuns() {
      return [...open].sort();
    },
    async ownerOf(cluster) {
      return owners.get(cluster) ?? null;
    },
    async journal(runId, afterId) {
      const log = runs.get(runId)?.log ?? [];
      return afterId === ""
        ? [...log]
        : log.filter((entry) => Number.parseInt(entry.id, 10) > Number.parseInt(afterId, 10));
    },
    async recentRuns(limit) {
      const all = [...runs.values()].map((kept) => kept.run);
      return all
        .sort((x, y) => y.head.requestedAt - x.head.requestedAt)
        .slice(0, limit)
        .map((run) => run.head.id);
    },
    audit: () => audit,
  };
}
