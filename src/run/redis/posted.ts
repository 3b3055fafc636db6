import type { Redis } from "ioredis";
import { z } from "zod";
import { keysFor } from "./keys.ts";

const Ref = z.union([z.literal("posting"), z.object({ channel: z.string(), ts: z.string(), hash: z.string() })]);
type Ref = z.infer<typeof Ref>;
const Cursor = z.object({ id: z.string(), at: z.number() });
type Cursor = z.infer<typeof Cursor>;

/** What has been posted to Slack for each run: one Redis hash a run, with the thread cursor beside the messages. */
export function redisPosted(redis: Redis, prefix: string) {
  const keys = keysFor(prefix);
  return {
    async get(runId: string, key: string): Promise<Ref | null> {
      const json = await redis.hget(keys.posted(runId), `message:${key}`);
      return json === null ? null : Ref.parse(JSON.parse(json));
    },
    async set(runId: string, key: string, ref: Ref): Promise<void> {
      await redis.hset(keys.posted(runId), `message:${key}`, JSON.stringify(ref));
    },
    async keys(runId: string): Promise<readonly string[]> {
      const fields = await redis.hkeys(keys.posted(runId));
      return fields.filter((field) => field.startsWith("message:")).map((field) => field.slice("message:".length));
    },
    async cursor(runId: string): Promise<Cursor> {
      const json = await redis.hget(keys.posted(runId), "cursor");
      return json === null ? { id: "", at: 0 } : Cursor.parse(JSON.parse(json));
    },
    async setCursor(runId: string, cursor: Cursor): Promise<void> {
      await redis.hset(keys.posted(runId), "cursor", JSON.stringify(cursor));
    },
  };
}
