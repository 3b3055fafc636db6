import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readConfig, Settings } from "../../src/config.ts";

const text = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
const lines = text.split("\n");

/** `# NAME=value`: a setting that can be switched on by taking the # off. */
const entry = /^#? ?([A-Z][A-Z0-9_]*)=(.*)$/;

interface Entry {
  readonly name: string;
  readonly value: string;
  /** The comment right above it. */
  readonly comment: string;
}

function entries(): readonly Entry[] {
  return lines.flatMap((line, i) => {
    const found = entry.exec(line);
    if (!found) return [];
    const above: string[] = [];
    for (let at = i - 1; /^# [^─]/.test(lines[at] ?? "") && !entry.test(lines[at] ?? ""); at -= 1) {
      above.unshift((lines[at] ?? "").slice(2));
    }
    return [{ name: found[1] ?? "", value: found[2] ?? "", comment: above.join(" ") }];
  });
}

const secrets = ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "REDIS_URL"];
const defaults: Readonly<Record<string, unknown>> = Settings.parse({});

test(".env.example has every setting and every secret's file, and nothing else", () => {
  const wanted = [...Object.keys(Settings.shape), ...secrets.map((name) => `${name}_FILE`)];

  const names = entries().map(({ name }) => name);

  expect([...names].sort()).toEqual([...wanted].sort());
});

test("the settings that this test calls secrets are the ones that config reads from files, no others", () => {
  const readFromFile = Object.keys(Settings.shape).filter(
    (name) => !readConfig({ [`${name}_FILE`]: "/nowhere/secret" }).ok,
  );

  expect(readFromFile.sort()).toEqual([...secrets].sort());
});

test.each(entries())("$name says what it is for and what its default is", ({ name, value, comment }) => {
  const standard = defaults[name];

  expect(comment.length).toBeGreaterThan(30);
  if (standard === undefined) {
    expect(comment).toMatch(/No default|Default: (Slack's own|docs\/examples|a redis-server)/);
  } else {
    expect(value).toBe(String(standard));
    expect(comment).toContain(`Default: ${standard}`);
  }
});

test("every line is a comment: the file as it is changes nothing", () => {
  expect(lines.filter((line) => line !== "" && !line.startsWith("#"))).toEqual([]);
});

test("with every # taken off but the files', the values are valid settings", () => {
  const all = entries().filter(({ name }) => !name.endsWith("_FILE"));

  const loaded = readConfig(Object.fromEntries(all.map(({ name, value }) => [name, value])));

  expect(loaded.ok ? [] : loaded.problems).toEqual([]);
});

test("REDIS_FORGETS is said to be the try-out's own", () => {
  const [forgets] = entries().filter(({ name }) => name === "REDIS_FORGETS");

  expect(forgets?.comment).toMatch(/Set by the try-out itself/);
});
