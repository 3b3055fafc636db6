import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { heard, patch, press, told, words } from "../support/conversation.ts";
import { adam, channel, type Installation, install, rita, sam } from "../support/installation.ts";

let tuesday: Installation;
beforeAll(async () => {
  tuesday = await install({
    inventory: (yaml) =>
      `${yaml}\n  cluster-b:\n    policy: { operators: operators, approvers: approvers }\n    hosts:\n      lonely-1: { patcher: { driver: simulated, url: "http://127.0.0.1:9" } }\n`,
  });
});
afterAll(() => tuesday.close());

const begun = () => tuesday.estate.world.log().filter((entry) => entry.event === "begun");
const posted = () => tuesday.workspace.control.messages({ channel });

describe("what people type", () => {
  const cases: readonly (readonly [name: string, text: string, answer: string | RegExp])[] = [
    ["nothing at all gets help", "", "What `/patch` can do"],
    ["a slip of the finger gets the nearest cluster", "cluser-a", "did you mean `/patch cluster-a`?"],
    ["an unknown cluster gets the known ones", "warehouse", "known clusters: `cluster-a`, `cluster-b`"],
    ["3,000 characters are refused", "x".repeat(3_000), "3000 characters long; a command has at most 200"],
    ["emoji are quoted back", "🔥🔥🔥", "There is no cluster “🔥🔥🔥”"],
    [
      "shell metacharacters are quoted back and go nowhere",
      "$(reboot);`id`|cat",
      "There is no cluster “$(reboot);'id'|cat”",
    ],
    ["a mention cannot be injected", "<!channel>", "There is no cluster “&lt;!channel&gt;”"],
    ["a verb without a cluster gets an example", "pause", "for example `/patch pause cluster-a`"],
    ["too many words are refused", "cluster-a now please", "Too many words"],
    ["pausing what does not run says so", "pause cluster-a", "cluster-a has no open run"],
  ];

  test.each(cases)("%s", async (_name, text, answer) => {
    const said = await patch(tuesday, rita, text);

    expect(said.ok).toBe(true);
    expect(words(await told(tuesday, rita, answer))).not.toMatch(/\bat .*\.ts:|Error:/);
  });

  test("all of that was private, and nothing was done", () => {
    expect(posted()).toEqual([]);
    expect(begun()).toEqual([]);
  });

  test("a stranger cannot even ask for a plan", async () => {
    await patch(tuesday, sam, "cluster-a");

    expect(words(await told(tuesday, sam, "Only members of operators"))).toContain("ask somebody in operators");
  });
});

describe("what machines do", () => {
  test("a cluster whose machine does not answer gets no plan, but its name and what to do", async () => {
    await patch(tuesday, rita, "cluster-b");

    const card = await heard(tuesday, "No plan for cluster-b", 60_000);
    expect(words(card)).toContain("lonely-1");
    expect(words(card)).toContain("nothing was changed");
    expect(words(card)).not.toContain("[Approve]");
  });

  test("somebody else's work in the pool is respected, by name", async () => {
    tuesday.estate.world.inject({ kind: "busy", match: { machine: "xen-pool" }, with: "backup of db-1" });

    await patch(tuesday, rita, "cluster-a");

    expect(words(await heard(tuesday, "No plan for cluster-a"))).toContain("xen-pool is busy: backup of db-1");
    tuesday.estate.world.clearFaults();
  });

  test("a full disk stops the run at that machine, with nothing installed there", async () => {
    await patch(tuesday, rita, "cluster-a");
    const card = await heard(tuesday, "Patch plan for cluster-a");
    tuesday.estate.world.inject({ kind: "disk-full", match: { machine: "esx-1" } });
    await press(tuesday, adam, card, "run:approve");

    const prompt = await heard(tuesday, "needs an answer", 60_000);

    expect(words(prompt)).toMatch(/esx-1/);
    expect(words(prompt)).toMatch(/disk|space/i);
    expect(tuesday.estate.world.state().hosts["esx-1"]?.patches.length).toBeGreaterThan(0);
  });
});
