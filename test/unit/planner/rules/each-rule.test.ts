import { expect, test } from "vitest";
import type { Plan, Reason } from "../../../../src/domain/plan.ts";
import { buildPlan } from "../../../../src/planner/build-plan.ts";
import { rules } from "../../../../src/planner/rules/index.ts";
import { type Sketch, scene } from "../../../support/builders.ts";
import { planOf } from "../plans.ts";
import { replay } from "../replay.ts";
import type { RuleCase } from "./cases/case.ts";
import { guestCases } from "./cases/guests.ts";
import { hostCases } from "./cases/hosts.ts";
import { layerCases } from "./cases/layers.ts";
import { storageCases } from "./cases/storage.ts";

const cases: readonly RuleCase[] = [...layerCases, ...hostCases, ...storageCases, ...guestCases];

function reasonsOf(plan: Plan): readonly Reason[] {
  return [...plan.decisions, ...plan.stages.flatMap((stage) => stage.reasons)];
}

/** Everything that a plan or its refusal says, in one text. */
function saidOf(sketch: Sketch): { readonly ok: boolean; readonly text: string } {
  const { cluster, facts } = scene(sketch);
  const made = buildPlan("c", cluster, facts);
  if (made.ok)
    return {
      ok: true,
      text: reasonsOf(made.value)
        .map((reason) => reason.text)
        .join("\n"),
    };
  return { ok: false, text: [made.message, ...(made.blockers ?? []).map((one) => one.message)].join("\n") };
}

test("every rule has a case in its scope and one outside of it", () => {
  expect(rules.map(({ id }) => id).filter((id) => !cases.some(({ rule }) => rule === id))).toEqual([]);
});

const spoken = cases.filter(({ refused }) => refused === undefined);
const refusing = cases.filter(({ refused }) => refused !== undefined);

test.each(spoken)("$rule speaks in its scope, with strength, source and scope", ({ rule, says, words, order }) => {
  const plan = planOf(says);

  const own = reasonsOf(plan).filter((reason) => reason.rule === rule);
  const known = rules.find(({ id }) => id === rule);
  expect(own.length).toBeGreaterThan(0);
  expect(own[0]).toMatchObject({ strength: known?.strength, source: known?.source, scope: known?.scope.words });
  if (words) expect(own.map(({ text }) => text).join("\n")).toMatch(words);
  const ids = plan.stages.map(({ id }) => id);
  expect((order ?? []).map((id) => [id, ids.includes(id)])).toEqual((order ?? []).map((id) => [id, true]));
  expect(ids.filter((id) => order?.includes(id))).toEqual(order ?? []);
});

test.each(spoken)("$rule is silent outside of its scope", ({ rule, silent }) => {
  const { cluster, facts } = scene(silent);
  const made = buildPlan("c", cluster, facts);

  if (!made.ok) expect(made.reason).toBe("nothing-to-do");
  else expect(reasonsOf(made.value).map((reason) => reason.rule)).not.toContain(rule);
});

test.each(refusing)("refuses by $rule, and only where it applies", ({ says, silent, refused }) => {
  expect(saidOf(says)).toMatchObject({ ok: false, text: expect.stringMatching(refused ?? /never/) });
  const other = saidOf(silent);
  expect([other.ok, other.text]).toEqual([true, other.text]);
});

test.each(spoken)("the plan of $rule can be played", ({ says }) => {
  expect(replay(scene(says), planOf(says))).toEqual([]);
});
