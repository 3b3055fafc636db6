import { readFileSync } from "node:fs";
import { z } from "zod";

const port = z.coerce.number().int().min(1).max(65535);
const positiveMs = z.coerce.number().int().positive();

/**
 * Every setting, with its default and what it is for. The only reader of the environment; a test keeps
 * .env.example equal to it. A name ending in _FILE gives the secret's file instead of the secret.
 */
export const Settings = z.object({
  SLACK_BOT_TOKEN: z.string().startsWith("xoxb-", "starts with xoxb-: take the Bot User OAuth Token").optional(),
  SLACK_APP_TOKEN: z
    .string()
    .startsWith("xapp-", "starts with xapp-: take an app-level token with connections:write")
    .optional(),
  SLACK_SIGNING_SECRET: z.string().min(8).optional(),
  SLACK_MODE: z.enum(["socket", "http"]).default("socket"),
  SLACK_HTTP_PORT: port.default(3001),
  SLACK_API_URL: z.url().optional(),
  SLACK_RICH_BLOCKS: z.enum(["on", "off"]).default("on"),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, "a redis:// or rediss:// address")
    .optional(),
  REDIS_PREFIX: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/, "1-32 lower-case letters, digits or hyphens")
    .default("tuesday"),
  REDIS_FORGETS: z.enum(["yes", "no"]).default("no"),
  INVENTORY: z.string().optional(),
  DATA_DIR: z.string().default(".tuesday"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("warn"),
  CONCURRENCY: z.coerce.number().int().min(1).max(100).default(10),
  LOCK_DURATION_MS: positiveMs.default(7_000),
  STALLED_INTERVAL_MS: positiveMs.default(2_000),
  SWEEP_MS: positiveMs.default(2_000),
  CARD_MS: positiveMs.default(1_400),
  WORKSPACE_PORT: port.default(3000),
  ESTATE_RATE: z.coerce.number().positive().max(100_000).default(60),
  NODE_ENV: z.enum(["production", "development", "test"]).optional(),
});
export type Settings = z.infer<typeof Settings>;

/** Settings that may be given as the path of a file. */
const secrets = ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "REDIS_URL"] as const;

export type Config = Readonly<Settings>;

export type LoadedConfig =
  | { readonly ok: true; readonly config: Config }
  /** One line per problem: `NAME: what; what to do`. Never a value. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads `.env` (what is set in the environment wins) and the environment. All problems at once. */
export function loadConfig(): LoadedConfig {
  try {
    process.loadEnvFile(".env");
  } catch (error) {
    // No .env file: the environment alone counts. One that is there and cannot be read is not passed over.
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) {
      return { ok: false, problems: [".env: is there and cannot be read; check its permissions"] };
    }
  }
  return readConfig(process.env);
}

export function readConfig(environment: Readonly<Record<string, string | undefined>>): LoadedConfig {
  const problems: string[] = [];
  const unreadable = new Set<string>();
  const given = new Map(
    Object.entries(environment).filter((entry): entry is [string, string] => (entry[1] ?? "") !== ""),
  );
  for (const name of secrets) {
    const file = given.get(`${name}_FILE`);
    if (file === undefined) continue;
    if (given.has(name)) problems.push(`${name}: set either ${name} or ${name}_FILE, not both`);
    try {
      given.set(name, readFileSync(file, "utf8").trim());
    } catch {
      // Without the path: somebody may have put the secret itself there.
      problems.push(`${name}_FILE: the file cannot be read; check the path and its permissions`);
      unreadable.add(name);
    }
  }
  const parsed = Settings.safeParse(Object.fromEntries(given));
  const wrong = new Set([...unreadable, ...(parsed.error?.issues ?? []).map((issue) => String(issue.path[0]))]);
  problems.push(...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join(".")}: ${issue.message}`));
  // What depends on several settings is checked as far as they are right, so that all problems come at once.
  const right = Settings.safeParse(Object.fromEntries([...given].filter(([name]) => !wrong.has(name))));
  if (right.success) problems.push(...crossRules(right.data, wrong));
  if (problems.length > 0 || !parsed.success) return { ok: false, problems };
  return { ok: true, config: Object.freeze(parsed.data) };
}

/** Rules over several settings. Those that need a setting which is wrong already say nothing. */
function crossRules(settings: Settings, wrong: ReadonlySet<string>): readonly string[] {
  const problems: string[] = [];
  const missing = (name: keyof Settings) => settings[name] === undefined && !wrong.has(name);
  const mode = wrong.has("SLACK_MODE") ? null : settings.SLACK_MODE;
  if (!missing("SLACK_BOT_TOKEN")) {
    if (mode === "socket" && missing("SLACK_APP_TOKEN")) {
      problems.push("SLACK_APP_TOKEN: needed in socket mode; or set SLACK_MODE=http and SLACK_SIGNING_SECRET");
    }
    if (mode === "http" && missing("SLACK_SIGNING_SECRET")) {
      problems.push("SLACK_SIGNING_SECRET: needed in http mode");
    }
    if (missing("INVENTORY"))
      problems.push(
        "INVENTORY: needed with real Slack: the path of your inventory (start from docs/examples/real-hosts.yaml)",
      );
  }
  if (settings.NODE_ENV === "production" && missing("REDIS_URL"))
    problems.push("REDIS_URL: needed when NODE_ENV=production");
  const timing = wrong.has("STALLED_INTERVAL_MS") || wrong.has("LOCK_DURATION_MS");
  if (!timing && settings.STALLED_INTERVAL_MS >= settings.LOCK_DURATION_MS)
    problems.push("STALLED_INTERVAL_MS: must be shorter than LOCK_DURATION_MS");
  return problems;
}
