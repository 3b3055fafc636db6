import { expect, test } from "vitest";
import { Pace } from "../../../src/domain/pace.ts";

test("nothing said means one of everything, two migrations a host, no reserve", () => {
  expect(Pace.parse({})).toEqual({
    hostsPerPool: 1,
    migrationsPerHost: 2,
    migrationsPerPool: null,
    guestsAtOnce: 1,
    reserve: { hosts: 0 },
    soakMinutes: 0,
  });
});

test.each([
  ["hostsPerPool", { hostsPerPool: 0 }, "use a whole number from 1 to 1000"],
  ["migrationsPerHost", { migrationsPerHost: "2" }, "live migrations that touch one host at once"],
  ["reserve.hosts", { reserve: { hosts: 2 } }, "use { hosts: 1 } for the room of the largest host"],
  ["reserve", { reserve: { hosts: 1, share: 0.2 } }, "says it twice"],
  ["canary.soakMinutes", { canary: { soakMinutes: -1 } }, "use whole minutes"],
])("refuses a bad %s with its key and what to write", (key, given, words) => {
  const parsed = Pace.safeParse(given);

  const [issue] = parsed.error?.issues ?? [];
  expect(issue?.path.join(".")).toBe(key);
  expect(issue?.message).toContain(words);
});
