import { expect, test } from "vitest";
import type { Plan } from "../../../src/domain/plan.ts";
import type { Run } from "../../../src/domain/run.ts";
import { buildPlan } from "../../../src/planner/build-plan.ts";
import type { Planner } from "../../../src/planner/checked-plan.ts";
import { digestOf } from "../../../src/planner/digest.ts";
import type { Crew } from "../../../src/run/crew.ts";
import { decide } from "../../../src/run/decide.ts";
import { apply } from "../../../src/run/machine.ts";
import { stored } from "../../support/fake-desk.ts";
import { crewOf, openStage, playOn, type Stage, untouched } from "../../support/fake-play.ts";
import { plan, runIn, t0, withHead } from "../../support/run-builders.ts";

const scenario = { name: "a plan that must not be carried out", end: "refused" } as const;

/** A plan that leaves `c` switched off: its start is gone, and everything else fits. */
function forgetful(made: Plan): Plan {
  const steps = made.steps.filter(({ act }) => act.do !== "start-vm");
  const changed = { ...made, steps };
  return { ...changed, digest: digestOf(changed) };
}

const brokenPlanner: Planner = (...given) => {
  const made = buildPlan(...given);
  return made.ok ? { ok: true, value: forgetful(made.value) } : made;
};

async function played(
  change: (crew: Crew, stage: Stage) => Crew,
): Promise<{ readonly stage: Stage; readonly run: Run }> {
  const stage = await openStage(scenario);
  await playOn(stage, scenario, () => change(crewOf(stage, untouched), stage));
  return { stage, run: await stored(stage.store, "r1") };
}

test("a plan that the checker passes is shown and carried out", async () => {
  const { stage, run } = await played((crew) => crew);

  expect(run.head.state).toBe("done");
  expect(run.head.checked).toBe(run.head.digest);
  expect(stage.problems).toEqual([]);
});

test("refuses to show a plan that the checker objects to, with every objection", async () => {
  const { stage, run } = await played((crew) => ({ ...crew, planner: brokenPlanner }));

  expect(run.head.state).toBe("refused");
  expect(run.head.refusal?.reason).toBe("plan-check");
  expect(run.head.refusal?.blockers.map(({ message }) => message).join("\n")).toMatch(
    /at the end c is switched off, and ran before/,
  );
  expect(run.head.digest).toBeNull();
  expect(stage.world.log).toEqual([]);
});

test("fails closed when the stored plan is another one than was approved: it never starts", async () => {
  const { stage, run } = await played((crew) => {
    const { loadPlan } = crew.store;
    const tampered = async (digest: string) => {
      const kept = await loadPlan(digest);
      return kept && { ...forgetful(kept), digest };
    };
    return { ...crew, store: { ...crew.store, loadPlan: tampered } };
  });

  expect(run.head.state).toBe("refused");
  expect(run.head.refusal?.blockers.map(({ message }) => message).join("\n")).toMatch(
    /it is not the plan that was approved/,
  );
  expect(stage.world.log).toEqual([]);
});

test("fails closed when the planner is broken by the time of the second look: nothing starts", async () => {
  let looks = 0;
  const { stage, run } = await played((crew) => ({
    ...crew,
    planner: (...given) => {
      looks += 1;
      return looks === 1 ? buildPlan(...given) : brokenPlanner(...given);
    },
  }));

  expect(run.head.state).toBe("superseded");
  expect(run.head.note).toMatch(/does not pass the independent check/);
  expect((await stored(stage.store, "r1-2")).head.state).toBe("refused");
  expect(stage.world.log).toEqual([]);
});

test("fails closed when the approved plan is missing in the store", async () => {
  const { stage, run } = await played((crew) => ({ ...crew, store: { ...crew.store, loadPlan: async () => null } }));

  expect(run.head.state).toBe("refused");
  expect(run.head.refusal?.message).toMatch(/is missing in the store/);
  expect(stage.world.log).toEqual([]);
});

const context = { plan, now: t0 };

test("refuses to become ready by the check of another plan", () => {
  const moved = apply(runIn("checking"), { kind: "facts-held", checked: "another" }, context);

  expect(moved).toMatchObject({ ok: false, reason: "wrong-state" });
});

test("refuses to start a plan that was never checked, and says what to do", () => {
  for (const checked of [null, "another"]) {
    const run = withHead(runIn("queued"), { checked });

    expect(apply(run, { kind: "start" }, context)).toMatchObject({ ok: false, reason: "wrong-state" });
    expect(decide(run, plan, { now: t0, deliveredUpTo: t0, heldBy: null, approvalMs: 1 })).toMatchObject({
      do: "wait",
      why: expect.stringMatching(/not checked/),
    });
  }
});
