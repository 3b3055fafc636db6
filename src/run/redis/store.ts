import type { Redis } from "ioredis";
import { z } from "zod";
import { Bug } from "../../domain/errors.ts";
import { Plan, planFormat } from "../../domain/plan.ts";
import { isEnded, JournalLine, type Run } from "../../domain/run.ts";
import type { CommitOptions, Committed, Store, Stored } from "../ports.ts";
import { commitScript, createScript } from "./commit-script.ts";
import { changedFields, fieldsOf, runFrom } from "./fields.ts";
import { keysFor } from "./keys.ts";

/** The store on Redis or Valkey. Every write is one script; see commit-script.ts for what it guarantees. */
export function redisStore(redis: Redis, prefix: string): Store {
  const keys = keysFor(prefix);
  return {
    async create(run, lines) {
      const fields = [...fieldsOf(run)];
      const { id, requestedAt } = run.head;
      const names = [keys.run(id), keys.log(id), keys.open, keys.runs, keys.audit];
      await redis.eval(
        createScript,
        names.length,
        ...names,
        id,
        requestedAt,
        fields.length,
        ...fields.flat(),
        ...asJson(lines),
      );
    },
    async load(runId) {
      const hash = await redis.hgetall(keys.run(runId));
      return Object.keys(hash).length === 0 ? null : runFrom(hash);
    },
    async commit(previous: Stored, next: Run, lines, options: CommitOptions): Promise<Committed> {
      const { id, cluster, state } = next.head;
      const names = [keys.run(id), keys.log(id), keys.open, keys.owner(cluster), keys.audit];
      const fields = changedFields(previous.run, next);
      const answer = await redis.eval(
        commitScript,
        names.length,
        ...names,
        previous.version,
        options.epoch ?? "",
        options.takeCluster ? "1" : "0",
        isEnded(state) ? "1" : "0",
        id,
        fields.length,
        ...fields.flat(),
        ...asJson(lines),
      );
      if (answer === "ok" || answer === "conflict" || answer === "fenced" || answer === "busy") return answer;
      throw new Bug(`the commit script answered ${String(answer)}`);
    },
    async savePlan(plan) {
      await redis.set(keys.plan(plan.digest), JSON.stringify(plan));
    },
    async loadPlan(digest) {
      const json = await redis.get(keys.plan(digest));
      return json === null ? null : readPlan(JSON.parse(json));
    },
    async openRuns() {
      return (await redis.smembers(keys.open)).sort();
    },
    ownerOf: (cluster) => redis.get(keys.owner(cluster)),
    async journal(runId, afterId) {
      const entries = await redis.xrange(keys.log(runId), afterId === "" ? "-" : `(${afterId}`, "+");
      return entries.map(([id, fields]) => ({ id, line: JournalLine.parse(JSON.parse(fields[1] ?? "null")) }));
    },
    recentRuns: (limit) => redis.zrevrange(keys.runs, 0, limit - 1),
  };
}

/** Null for a plan of an older format: those who ask say so in their words. Anything else that is wrong throws. */
function readPlan(stored: unknown): Plan | null {
  const { format } = z.object({ format: z.number().int() }).parse(stored);
  return format < planFormat ? null : Plan.parse(stored);
}

function asJson(lines: readonly JournalLine[]): readonly string[] {
  return lines.map((line) => JSON.stringify(line));
}
