import { expect, test } from "vitest";
import { draftStages } from "../../../../src/planner/draft.ts";
import { edgesOfRules } from "../../../../src/planner/rules/apply.ts";
import { rules } from "../../../../src/planner/rules/index.ts";
import { readWorld } from "../../../../src/planner/world.ts";
import { estate } from "../random-scenes.ts";

test("removing a rule never adds an edge, and takes away its own alone, in 20 random estates", {
  timeout: 60_000,
}, () => {
  let taken = 0;
  for (let seed = 1; seed <= 20; seed += 1) {
    const { cluster, facts } = estate(seed);
    const world = readWorld("c", cluster, facts);
    const { drafts } = draftStages(world);
    const all = edgesOfRules(world, drafts);
    for (const rule of rules) {
      const without = edgesOfRules(
        world,
        drafts,
        rules.filter((one) => one !== rule),
      );
      expect(without).toEqual(all.filter((edge) => edge.rule !== rule.id));
      taken += all.length - without.length;
    }
  }
  expect(taken).toBeGreaterThan(200);
});
