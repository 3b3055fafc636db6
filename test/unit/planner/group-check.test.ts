import { expect, test } from "vitest";
import { planOf, refusalOf } from "./plans.ts";

const none = { patches: [] };

test.each(["domain-controllers", "redundant"])(
  "refuses a plan when all members of a group (%s) go down with one host",
  (kind) => {
    const refusal = refusalOf({
      pools: {
        p: {
          hosts: { h1: {}, h2: {} },
          vms: { a: { on: "h1", stuck: true, ...none }, b: { on: "h1", stuck: true, ...none } },
        },
      },
      groups: { g: { kind, members: ["a", "b"] } },
    });

    expect(refusal).toMatchObject({
      reason: "blocked",
      message: "group g: while b is down, 0 of 2 members would be up (without a, b), 1 needed (rules R58, R66)",
      next: expect.stringContaining("put the members on hosts that can be emptied"),
    });
  },
);

test("members that can be moved apart are no reason to refuse", () => {
  const plan = planOf({
    pools: { p: { hosts: { h1: {}, h2: {} }, vms: { a: { on: "h1", ...none }, b: { on: "h1", ...none } } } },
    groups: { g: { kind: "redundant", members: ["a", "b"] } },
  });

  expect(plan.steps.some((step) => step.act.do === "stop-vm")).toBe(false);
});

test("refuses to reboot a member of a quorum of two: it can spare none", () => {
  const refusal = refusalOf({
    pools: { p: { hosts: { h1: none }, vms: { a: { on: "h1" }, b: { on: "h1" } } } },
    groups: { g: { kind: "quorum", members: ["a", "b"] } },
  });

  expect(refusal.blockers?.map((blocker) => blocker.where)).toEqual(["g"]);
});

test("a quorum of two is patched when nothing of it goes down", () => {
  const plan = planOf({
    pools: { p: { hosts: { h1: none }, vms: { a: { on: "h1", reboot: false }, b: { on: "h1", reboot: false } } } },
    groups: { g: { kind: "quorum", members: ["a", "b"] } },
  });

  expect(plan.stages).toHaveLength(2);
});

test("refuses a plan when a host and a VM on it are one group and go down together", () => {
  const refusal = refusalOf({
    pools: { p: { hosts: { h1: {}, h2: {} }, vms: { a: { on: "h1", stuck: true, ...none } } } },
    groups: { g: { kind: "redundant", members: ["a", "h1"] } },
  });

  expect(refusal.message).toContain("while h1 is down, 0 of 2 members would be up");
});

test("minUp counts: two of four may be asked to stay, three of four may be asked to stay", () => {
  const four = (minUp: number) => ({
    pools: {
      p: {
        hosts: { h1: {}, h2: {} },
        vms: {
          a: { on: "h1", stuck: true, ...none },
          b: { on: "h1", stuck: true, ...none },
          c: { on: "h2", ...none },
          d: { on: "h2", ...none },
        },
      },
    },
    groups: { g: { kind: "redundant", members: ["a", "b", "c", "d"], minUp } },
  });

  expect(planOf(four(2)).steps.length).toBeGreaterThan(0);
  expect(refusalOf(four(3)).message).toContain("2 of 4 members would be up (without a, b), 3 needed");
});
