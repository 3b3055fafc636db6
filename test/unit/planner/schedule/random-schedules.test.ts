import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Plan } from "../../../../src/domain/plan.ts";
import { buildPlan, type PlanTerms } from "../../../../src/planner/build-plan.ts";
import { checkPlan } from "../../../../src/planner/check.ts";
import type { Scene } from "../../../support/builders.ts";
import { dice, otherOrder } from "../random.ts";
import { estates } from "./estates.ts";

const runs = { numRuns: 120, seed: 20261122 };

function planned({ cluster, facts }: Scene, terms: Partial<PlanTerms>): Plan | null {
  const made = buildPlan("c", cluster, facts, terms);
  return made.ok ? made.value : null;
}

/** Calls `what` with every plan; a test that never sees one says nothing. */
function forPlans(atOnce: number, what: (plan: Plan, given: Scene) => void): void {
  let seen = 0;
  fc.assert(
    fc.property(estates, (given) => {
      const plan = planned(given, { stepsAtOnce: atOnce });
      if (!plan) return;
      seen += 1;
      what(plan, given);
    }),
    runs,
  );
  expect(seen).toBeGreaterThan(30);
}

describe.each([1, 2, 4])("random estates with %d at once", (atOnce) => {
  test("the independent checker has nothing against any plan", { timeout: 60_000 }, () => {
    forPlans(atOnce, (plan, { cluster, facts }) => {
      expect(checkPlan({ plan, cluster, facts }).violations.map(({ text }) => text)).toEqual([]);
    });
  });

  test("never more steps are under way than allowed, and every step waits for those before it", {
    timeout: 60_000,
  }, () => {
    forPlans(atOnce, ({ steps }) => {
      const ends = new Map(steps.map(({ id, end }) => [id, end]));
      for (const step of steps) {
        const together = steps.filter((one) => one.start <= step.start && step.start < one.end);
        expect(together.length).toBeLessThanOrEqual(atOnce);
        expect(step.after.every((id) => (ends.get(id) ?? Number.POSITIVE_INFINITY) <= step.start)).toBe(true);
      }
    });
  });

  test("no plan beats its bound, in time or in migrations", { timeout: 60_000 }, () => {
    forPlans(atOnce, ({ schedule }) => {
      expect(schedule.makespan).toBeGreaterThanOrEqual(schedule.lowerBound);
      expect(schedule.migrations).toBeGreaterThanOrEqual(schedule.migrationBound);
      expect(schedule.binding.text).not.toBe("");
    });
  });
});

test("more at once is never longer than one after another", { timeout: 60_000 }, () => {
  forPlans(4, (plan, given) => {
    const { makespan = Number.POSITIVE_INFINITY } = planned(given, { stepsAtOnce: 1 })?.schedule ?? {};

    expect(plan.schedule.makespan).toBeLessThanOrEqual(makespan);
  });
});

test("the order of everything that comes in does not matter, to the digest", { timeout: 60_000 }, () => {
  forPlans(3, (plan, { cluster, facts }) => {
    const roll = dice(7);
    const { calendar } = cluster.policy;
    const other = otherOrder(cluster, roll);
    const same = { ...other, policy: { ...other.policy, ...(calendar ? { calendar } : {}) } };

    expect(planned({ cluster: same, facts: otherOrder(facts, roll) }, { stepsAtOnce: 3 })?.digest).toBe(plan.digest);
  });
});
