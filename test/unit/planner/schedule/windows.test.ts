import { expect, test } from "vitest";
import type { Result } from "../../../../src/domain/outcome.ts";
import type { Plan } from "../../../../src/domain/plan.ts";
import { buildPlan } from "../../../../src/planner/build-plan.ts";
import { checkPlan } from "../../../../src/planner/check.ts";
import { blocksOf } from "../../../../src/planner/schedule/blocks.ts";
import { scene } from "../../../support/builders.ts";

/** Three hosts of 375 s and two guests, between switches of 5 s. The facts are read on Sunday 22 November at 00:00. */
function estate(minutes: number, days: readonly string[] = ["sunday", "monday", "tuesday"]) {
  return scene({
    pools: {
      p: {
        switches: ["ha"],
        hosts: { h1: { master: true }, h2: {}, h3: {} },
        vms: { a: { on: "h1" }, b: { on: "h2" } },
      },
    },
    policy: { calendar: { timeZone: "UTC", windows: [{ days, start: "01:00", hours: minutes / 60 }] } },
  });
}

const at = (iso: string) => ({ startAt: Date.parse(iso) });
function made(minutes: number, startAt = "2026-11-22T00:00:00Z"): Result<Plan> {
  const { cluster, facts } = estate(minutes);
  return buildPlan("c", cluster, facts, at(startAt));
}
function planned(result: Result<Plan>): Plan {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

test("what fits one window names it, and who runs in it", () => {
  const { schedule, decisions } = planned(made(240));

  expect(schedule.windows.map(({ text }) => text)).toEqual(["Sun 22 Nov 2026 01:00–05:00 UTC"]);
  expect(decisions.at(-1)?.text).toBe("in the window Sun 22 Nov 2026 01:00–05:00 UTC: p, h1, h2, h3, p, a, b");
  expect(decisions.at(-1)?.strength).toBe("policy");
});

test("a host that does not fit what is left goes whole to the next window; plan seconds leave the pause out", () => {
  const plan = planned(made(20));
  const { cluster, facts } = estate(20);

  expect(plan.schedule.windows).toHaveLength(2);
  expect(plan.schedule.makespan).toBe(planned(made(240)).schedule.makespan);
  expect(plan.decisions.slice(-3).map(({ text }) => text.split(": ")[1])).toEqual([
    "p, h1, h2",
    "h3, p, a, b",
    "hosts are patched before and after",
  ]);
  expect(plan.decisions.at(-1)?.text).toContain("ha of p stays off between the windows");
  expect(checkPlan({ plan, cluster, facts }).violations).toEqual([]);
});

test("switches go with the first and the last host, and guests are blocks of their own", () => {
  expect(blocksOf(planned(made(240))).map(({ name }) => name)).toEqual(["p, h1", "h2", "h3, p", "a", "b"]);
});

test("refuses, by name, what is longer than every window", () => {
  const { cluster, facts } = estate(15);
  const machines = facts.machines.map((one) =>
    one.machine === "h2"
      ? { ...one, pending: { ...one.pending, estimate: { ...one.pending.estimate, patchSeconds: 900 } } }
      : one,
  );
  const result = buildPlan("c", cluster, { ...facts, machines });

  expect(result).toMatchObject({ ok: false, reason: "no-window" });
  expect(!result.ok && result.message).toMatch(/^h2 takes 2\d min in one piece, the longest window is 15 min/);
});

test("asked again later, nothing having changed, the plan has the same digest as long as the same windows do", () => {
  const first = planned(made(240));

  expect(planned(made(240, "2026-11-22T01:30:00Z")).digest).toBe(first.digest);
  expect(planned(made(240, "2026-11-22T04:55:00Z")).schedule.windows).not.toEqual(first.schedule.windows);
});

test("without a calendar the moment of asking is nowhere in the plan", () => {
  const { cluster, facts } = scene({ pools: { p: { hosts: { h1: {}, h2: {} } } } });
  const plans = ["2026-11-22T00:00:00Z", "2027-03-01T12:00:00Z"].map((iso) => buildPlan("c", cluster, facts, at(iso)));

  expect(new Set(plans.map((one) => one.ok && one.value.digest)).size).toBe(1);
});
