import { Redis } from "ioredis";

/** Back within 66 ms of Redis; the default strategy took 18 s (queue.md 3.1, measured). */
const retryStrategy = (times: number): number => Math.min(200 * times, 1_000);

/** For workers: commands wait until Redis is back. */
export function patientRedis(url: string): Redis {
  return new Redis(url, { maxRetriesPerRequest: null, retryStrategy, socketTimeout: 30_000 });
}

/** For the process that talks to people: fails at once, so that they can be told. */
export async function promptRedis(url: string): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 4_000,
    retryStrategy,
  });
  redis.on("error", () => {});
  await redis.connect();
  return redis;
}

/**
 * What is wrong with this Redis for keeping runs: an approval that vanishes is a second reboot. An answer
 * we cannot get (managed services hide CONFIG) counts as unknown and is said.
 */
export async function durabilityProblems(redis: Redis): Promise<readonly string[]> {
  const wanted = { appendonly: "yes", appendfsync: "always", "maxmemory-policy": "noeviction" } as const;
  const problems: string[] = [];
  for (const [key, value] of Object.entries(wanted)) {
    const found = await configValue(redis, key);
    if (found === null) problems.push(`${key} is not known (CONFIG does not answer); make sure that it is "${value}"`);
    else if (found !== value) problems.push(`${key} is "${found}", should be "${value}"`);
  }
  return problems;
}

async function configValue(redis: Redis, key: string): Promise<string | null> {
  try {
    const answer: unknown = await redis.config("GET", key);
    if (Array.isArray(answer)) return typeof answer[1] === "string" ? answer[1] : null;
    const value =
      typeof answer === "object" && answer !== null
        ? Object.entries(answer).find(([name]) => name === key)?.[1]
        : undefined;
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}
