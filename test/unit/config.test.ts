import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tuesday-config-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function secretFile(content: string): string {
  const file = join(folder, "secret");
  writeFileSync(file, content);
  return file;
}

function problemsOf(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const loaded = readConfig(environment);
  return loaded.ok ? [] : loaded.problems;
}

const real = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1", INVENTORY: "/etc/tuesday/inventory.yaml" };

test("an empty environment is the try-out with all defaults", () => {
  const loaded = readConfig({});

  expect(loaded.ok && loaded.config).toMatchObject({
    SLACK_MODE: "socket",
    REDIS_PREFIX: "tuesday",
    REDIS_FORGETS: "no",
    WORKSPACE_PORT: 3000,
    LOCK_DURATION_MS: 7_000,
  });
});

test("a variable that is set to nothing counts as not set", () => {
  expect(readConfig({ SLACK_BOT_TOKEN: "", LOG_LEVEL: "", CONCURRENCY: "" })).toEqual(readConfig({}));
});

test("the loaded config cannot be changed", () => {
  const loaded = readConfig({});

  expect(loaded.ok && Object.isFrozen(loaded.config)).toBe(true);
});

test("every problem is told at once, each with the name of its setting", () => {
  const problems = problemsOf({
    ...real,
    SLACK_APP_TOKEN: undefined,
    INVENTORY: undefined,
    LOG_LEVEL: "loud",
    CONCURRENCY: "0",
    WORKSPACE_PORT: "99999",
    REDIS_PREFIX: "Not Good",
    STALLED_INTERVAL_MS: "9000",
    NODE_ENV: "production",
  });

  expect(problems.map((problem) => problem.split(":")[0]).sort()).toEqual([
    "CONCURRENCY",
    "INVENTORY",
    "LOG_LEVEL",
    "REDIS_PREFIX",
    "REDIS_URL",
    "SLACK_APP_TOKEN",
    "STALLED_INTERVAL_MS",
    "WORKSPACE_PORT",
  ]);
});

test.each<[string, Record<string, string>, string]>([
  ["a bot token of another kind", { ...real, SLACK_BOT_TOKEN: "xoxp-1" }, "SLACK_BOT_TOKEN: starts with xoxb-"],
  ["an app token of another kind", { ...real, SLACK_APP_TOKEN: "xoxb-1" }, "SLACK_APP_TOKEN: starts with xapp-"],
  ["socket mode without an app token", { SLACK_BOT_TOKEN: "xoxb-1", INVENTORY: "i" }, "SLACK_APP_TOKEN: needed"],
  ["http mode without a signing secret", { ...real, SLACK_MODE: "http" }, "SLACK_SIGNING_SECRET: needed in http mode"],
  [
    "real Slack without an inventory",
    { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" },
    "INVENTORY: needed with real Slack",
  ],
  ["production without REDIS_URL", { ...real, NODE_ENV: "production" }, "REDIS_URL: needed when NODE_ENV=production"],
  ["an address that is not Redis", { REDIS_URL: "http://127.0.0.1" }, "REDIS_URL: a redis:// or rediss:// address"],
  ["a prefix with a colon", { REDIS_PREFIX: "a:b" }, "REDIS_PREFIX: 1-32 lower-case letters, digits or hyphens"],
  ["a search for stalled runs slower than their lock", { LOCK_DURATION_MS: "2000" }, "STALLED_INTERVAL_MS: must be"],
  ["a port that is none", { WORKSPACE_PORT: "zero" }, "WORKSPACE_PORT: "],
])("refuses %s, and says only that", (_what, environment, problem) => {
  const problems = problemsOf(environment);

  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(problem);
});

test("a rule over several settings says nothing about one that is wrong already", () => {
  expect(problemsOf({ ...real, SLACK_MODE: "pigeon" })).toEqual([expect.stringMatching(/^SLACK_MODE: /)]);
  expect(problemsOf({ NODE_ENV: "production", REDIS_URL: "nope" })).toEqual([expect.stringMatching(/^REDIS_URL: /)]);
});

test.each(["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "REDIS_URL"] as const)(
  "%s can be given as a file, without the line's end",
  (name) => {
    const value = { SLACK_BOT_TOKEN: "xoxb-9", SLACK_APP_TOKEN: "xapp-9", REDIS_URL: "redis://r:6379" };
    const secret = { ...value, SLACK_SIGNING_SECRET: "0123456789" }[name];

    const loaded = readConfig({ ...real, [name]: undefined, [`${name}_FILE`]: secretFile(`${secret}\n`) });

    expect(loaded.ok && loaded.config[name]).toBe(secret);
  },
);

test("refuses a secret that is given twice", () => {
  const problems = problemsOf({ ...real, SLACK_BOT_TOKEN_FILE: secretFile("xoxb-2") });

  expect(problems).toEqual(["SLACK_BOT_TOKEN: set either SLACK_BOT_TOKEN or SLACK_BOT_TOKEN_FILE, not both"]);
});

test("fails closed when the file of a secret cannot be read, and says it once", () => {
  const problems = problemsOf({ ...real, SLACK_APP_TOKEN: undefined, SLACK_APP_TOKEN_FILE: join(folder, "gone") });

  expect(problems).toEqual(["SLACK_APP_TOKEN_FILE: the file cannot be read; check the path and its permissions"]);
});

test("fails closed when the file of a secret is empty", () => {
  const problems = problemsOf({ ...real, SLACK_BOT_TOKEN: undefined, SLACK_BOT_TOKEN_FILE: secretFile("\n") });

  expect(problems).toEqual([expect.stringMatching(/^SLACK_BOT_TOKEN: starts with xoxb-/)]);
});

const secret = "s3cr3t";
test.each<[string, () => Record<string, string>]>([
  [
    "in its own variable",
    () => ({
      SLACK_BOT_TOKEN: secret,
      SLACK_APP_TOKEN: secret,
      SLACK_SIGNING_SECRET: secret,
      REDIS_URL: `http://user:${secret}@redis`,
    }),
  ],
  ["in a file", () => ({ SLACK_BOT_TOKEN_FILE: secretFile(secret), REDIS_URL_FILE: secretFile(secret) })],
  ["in place of the file's path", () => ({ SLACK_BOT_TOKEN_FILE: `xoxb-${secret}`, REDIS_URL_FILE: secret })],
  ["twice", () => ({ SLACK_BOT_TOKEN: secret, SLACK_BOT_TOKEN_FILE: secretFile(secret) })],
])("a wrong secret %s is never repeated in a message", (_where, environment) => {
  const problems = problemsOf(environment());

  expect(problems.length).toBeGreaterThan(0);
  expect(problems.join("\n")).not.toContain(secret);
});
