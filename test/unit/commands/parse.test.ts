import { describe, expect, test } from "vitest";
import { buttons } from "../../../commands/actions/buttons.ts";
import { ApprovalValue, PromptValue, RunValue } from "../../../commands/actions/value.ts";
import { verbs } from "../../../commands/index.ts";
import { parse } from "../../../commands/parse.ts";
import { actionIds } from "../../../src/slack/views/approval.ts";
import { refusalText } from "../../../src/slack/views/refusal.ts";
import { fakeClock, fakeDesk } from "../../support/fake-desk.ts";
import { fakeStore } from "../../support/fake-store.ts";
import { adam, rita, smallCluster, t0 } from "../../support/run-builders.ts";

const clusters = ["cluster-a", "cluster-b", "shop"];
const parsed = (text: string) => parse(text, verbs, clusters);

function refusal(text: string) {
  const result = parsed(text);
  if (result.ok) throw new Error(`"${text}" was understood as ${JSON.stringify(result.value)}`);
  return result;
}

test.each([
  ["", "help", ""],
  ["   ", "help", ""],
  ["help", "help", ""],
  ["HELP", "help", ""],
  ["cluster-a", "plan", "cluster-a"],
  ["  cluster-a  ", "plan", "cluster-a"],
  ["plan cluster-b", "plan", "cluster-b"],
  ["Pause cluster-a", "pause", "cluster-a"],
  ["resume\u00a0cluster-a", "resume", "cluster-a"],
  ["\u3000abort\u2003cluster-a\u00a0", "abort", "cluster-a"],
  ["abort\tcluster-a\n", "abort", "cluster-a"],
  ["status", "status", ""],
  ["status shop", "status", "shop"],
])("understands %j as %s %s", (text, verb, cluster) => {
  expect(parsed(text)).toEqual({ ok: true, value: { verb, cluster } });
});

test.each([
  ["cluster-z", "`/patch cluster-a`"],
  ["Cluster-A", "`/patch cluster-a`"],
  ["clusterb", "`/patch cluster-b`"],
  ["cluster-a\u200b", "`/patch cluster-a`"],
  ["pause cluster-aa", "`/patch pause cluster-a`"],
  ["status shpo", "`/patch status shop`"],
  ["pasue cluster-a", "`/patch pause cluster-a`"],
  ["stauts", "`/patch status`"],
])("refuses the misspelt %j and names what is nearest: %s", (text, nearest) => {
  expect(refusal(text).next).toContain(`did you mean ${nearest}`);
});

test("refuses a word that is near to nothing, and lists what is known", () => {
  const { reason, next } = refusal("xyzzy-production");

  expect(reason).toBe("unknown-cluster");
  for (const name of clusters) expect(next).toContain(`\`${name}\``);
});

test("refuses without a guess when the inventory is empty", () => {
  const result = parse("anything", verbs, []);

  expect(result).toMatchObject({ ok: false, reason: "unknown-cluster" });
});

test.each(["pause", "resume", "abort", "plan"])("refuses %s without a cluster, with an example", (verb) => {
  expect(refusal(verb)).toMatchObject({ reason: "bad-command", next: `for example \`/patch ${verb} cluster-a\`` });
});

test.each(["pause cluster-a now", "cluster-a cluster-b", "cluster-a --force", "status cluster-a -v"])(
  "refuses the extra words in %j: nothing is ignored silently",
  (text) => {
    expect(refusal(text).reason).toBe("bad-command");
  },
);

test("refuses three thousand characters without repeating them", () => {
  const { message, next } = refusal("cluster-a".repeat(334));

  expect(message).toContain("3006 characters");
  expect((message + next).length).toBeLessThan(200);
});

const hostile = [
  "; rm -rf / $(reboot)",
  "cluster-a;reboot",
  "cluster-a`reboot`",
  "$(reboot)",
  "`cluster-a`",
  "<!channel>",
  "<!subteam^S0APPROVERS>",
  "<@U0ADAM|adam>",
  "<@U1>",
  "abort <@U1>",
  "pasue <@U1>",
  "pasue `<!here>`",
  "cluster-a <!here>",
  "<https://evil.example|cluster-a>",
  "pause <https://evil.example|cluster-a>",
  "&lt;!channel&gt;",
  ":boom:",
  "💥",
  "cluster-а", // the last letter is Cyrillic
  "../../etc/passwd",
  "__proto__",
  "constructor",
  "abort __proto__",
  "\u202ea-retsulc",
  "cluster-a\u0000",
];

describe.each(hostile)("the hostile text %j", (text) => {
  test("is refused, and the answer cannot mention, link or run anything", () => {
    const answer = refusalText(refusal(text));

    expect(answer).not.toMatch(/<[@!#]|<https?:/);
    expect(answer.replace(/<[^>]*>/g, "")).not.toContain("<");
    expect((answer.match(/`/g) ?? []).length % 2).toBe(0);
    expect(answer.length).toBeLessThan(500);
  });
});

test("a mention in a refused text is shown as it was typed", () => {
  expect(refusalText(refusal("<@U1> x y z"))).not.toContain("&amp;");
});

const digest = "a1".repeat(32);

test.each([
  ["", false],
  ["r1", false],
  [`r1:${digest}`, true],
  [`r1-2:${digest}`, true],
  [`r1:${digest.toUpperCase()}`, false],
  [`r1:${digest}0`, false],
  [`r1:${digest}\n`, false],
  [`R1:${digest}`, false],
  [`${"r".repeat(65)}:${digest}`, false],
  [`r1:r2:${digest}`, false],
  [`{"run":"r1"}`, false],
])("an approval value %j is readable: %s", (value, readable) => {
  expect(ApprovalValue.safeParse(value).success).toBe(readable);
});

test("values are taken apart exactly", () => {
  expect(ApprovalValue.parse(`r1-2:${digest}`)).toEqual({ run: "r1-2", digest });
  expect(PromptValue.parse("r1-2:p-s004-1")).toEqual({ run: "r1-2", prompt: "p-s004-1" });
});

test.each([
  ["r1", true],
  ["r1-2", true],
  ["", false],
  ["r1:x", false],
  ["R1", false],
  ["r1\n", false],
  ["r".repeat(65), false],
])("a run value %j is readable: %s", (value, readable) => {
  expect(RunValue.safeParse(value).success).toBe(readable);
});

test.each([
  ["r1:p-s004-1", true],
  ["r1:s004-1", false],
  ["r1:p-", false],
  ["r1", false],
  [":p-s004-1", false],
  ["r1:p-s004-1:roll-back", false],
  ["r1:P-s004-1", false],
])("a prompt value %j is readable: %s", (value, readable) => {
  expect(PromptValue.safeParse(value).success).toBe(readable);
});

test("every button of every card has a handler, and there is no other", () => {
  expect(Object.keys(buttons).sort()).toEqual(Object.values(actionIds).sort());
});

test.each(Object.values(actionIds))(
  "refuses %s with a value of the wrong shape before anything is read",
  async (id) => {
    const store = fakeStore();
    const desk = fakeDesk(
      {
        ...store,
        load: async () => {
          throw new Error("the store was asked");
        },
      },
      { small: smallCluster },
      fakeClock(t0),
    );

    for (const value of ["", "x y", "<@U1>", "r1:p-s004-1:r2", "R1!"]) {
      expect(await buttons[id]?.(desk, adam, value)).toMatchObject({ ok: false, reason: "stale-button" });
    }
  },
);

test.each([
  [actionIds.approve, `gone:${digest}`],
  [actionIds.reject, `gone:${digest}`],
  [actionIds.abort, "gone"],
  [actionIds.rollBack, "gone:p-s004-1"],
])("refuses %s for a run that nobody knows", async (id, value) => {
  const desk = fakeDesk(fakeStore(), { small: smallCluster }, fakeClock(t0));

  expect(await buttons[id]?.(desk, rita, value)).toMatchObject({ ok: false, reason: "unknown-run" });
});
