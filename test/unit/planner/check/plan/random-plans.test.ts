import fc from "fast-check";
import { expect, test } from "vitest";
import { Pace } from "../../../../../src/domain/pace.ts";
import type { Plan, Step } from "../../../../../src/domain/plan.ts";
import { buildPlan, type PlanTerms } from "../../../../../src/planner/build-plan.ts";
import type { Scene } from "../../../../support/builders.ts";
import { estate } from "../../random-scenes.ts";
import { violationsOf, withSteps } from "./broken.ts";

const paces = fc
  .record({
    hostsPerPool: fc.integer({ min: 1, max: 3 }),
    migrationsPerHost: fc.integer({ min: 1, max: 4 }),
    migrationsPerPool: fc.constantFrom(null, 1, 2),
    guestsAtOnce: fc.integer({ min: 1, max: 6 }),
    soakMinutes: fc.constantFrom(0, 0, 10),
    reserve: fc.constantFrom({ hosts: 0 as const }, { hosts: 1 as const }, { share: 0.1 }),
  })
  .map((pace) => Pace.parse(pace));

const seeds = fc.integer({ min: 1, max: 1_000_000 });

function planned(given: Scene, terms: Partial<PlanTerms> = {}): Plan | null {
  const made = buildPlan("c", given.cluster, given.facts, terms);
  return made.ok ? made.value : null;
}

test("the checker has nothing against the plan of any random estate, at any pace", { timeout: 60_000 }, () => {
  let plans = 0;
  fc.assert(
    fc.property(seeds, paces, fc.constantFrom(1, 2, 4, 8), (seed, pace, stepsAtOnce) => {
      const { cluster, facts } = estate(seed);
      const given = { facts, cluster: { ...cluster, policy: { ...cluster.policy, pace } } };
      const plan = planned(given, { stepsAtOnce });
      if (plan) plans += 1;
      if (plan) expect(violationsOf(plan, given)).toEqual([]);
    }),
    { seed: 7, numRuns: 150 },
  );

  expect(plans).toBeGreaterThan(50);
});

/** A restart that comes once more later, with another part of the machine, is not missed: new code runs in the end. */
function isRepeated({ steps }: Plan, { act, start }: Step): boolean {
  if (act.do !== "reboot") return false;
  return steps.some(
    (later) =>
      later.start > start &&
      ((later.act.do === "reboot" && later.act.machine === act.machine) ||
        (later.act.do === "start-vm" && later.act.vm === act.machine)),
  );
}

test("whichever step of a random plan is left out, the checker notices", { timeout: 60_000 }, () => {
  let plans = 0;
  fc.assert(
    fc.property(seeds, fc.nat(), (seed, which) => {
      const given = estate(seed);
      const plan = planned(given);
      const left = plan?.steps[which % plan.steps.length];
      if (!plan || !left || isRepeated(plan, left)) return;
      plans += 1;
      const short = withSteps(
        plan,
        plan.steps.filter((step) => step !== left),
      );
      expect([left.title, violationsOf(short, given).length > 0]).toEqual([left.title, true]);
    }),
    { seed: 8, numRuns: 150 },
  );

  expect(plans).toBeGreaterThan(50);
});
