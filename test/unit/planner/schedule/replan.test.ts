import { expect, test } from "vitest";
import type { Plan } from "../../../../src/domain/plan.ts";
import { buildPlan } from "../../../../src/planner/build-plan.ts";
import { checkPlan } from "../../../../src/planner/check.ts";
import { type HostSketch, type Scene, scene, type VmSketch } from "../../../support/builders.ts";

/** Eight hosts with four VMs each; those in `done` are patched already. */
function pool(done: readonly string[], lost: readonly string[] = []): Scene {
  const hosts: Record<string, HostSketch> = {};
  const vms: Record<string, VmSketch> = {};
  for (let h = 1; h <= 8; h += 1) {
    const name = `h${h}`;
    if (lost.includes(name)) continue;
    hosts[name] = done.includes(name) ? { patches: [], reboot: false } : {};
    for (let v = 0; v < 4; v += 1) vms[`v${h}-${v}`] = { on: name, gib: 4, patches: [], reboot: false };
  }
  return scene({ pools: { p: { family: "libvirt", hosts, vms } } });
}

function planned({ cluster, facts }: Scene, stepsAtOnce: number): Plan {
  const made = buildPlan("c", cluster, facts, { stepsAtOnce });
  if (!made.ok) throw new Error(made.message);
  expect(checkPlan({ plan: made.value, cluster, facts }).violations).toEqual([]);
  return made.value;
}

const patched = ({ steps }: Plan) => steps.flatMap(({ act }) => (act.do === "patch" ? [act.machine] : [])).sort();

test.each([1, 4])(
  "planned again in the middle of a run, %d at once: the rest only, and VMs move to patched hosts",
  (atOnce) => {
    const plan = planned(pool(["h1", "h2", "h3"]), atOnce);
    const moves = plan.steps.flatMap(({ act }) => (act.do === "migrate" ? [act.to] : []));

    expect(patched(plan)).toEqual(["h4", "h5", "h6", "h7", "h8"]);
    expect(moves).toHaveLength(20);
    expect(moves.every((to) => ["h1", "h2", "h3"].includes(to) || patched(plan).includes(to))).toBe(true);
    expect(plan.schedule.migrationBound).toBeLessThanOrEqual(20);
  },
);

test.each([1, 4])("planned again with one host less, %d at once: nobody waits for the one that is lost", (atOnce) => {
  const plan = planned(pool(["h1", "h2"], ["h5"]), atOnce);

  expect(patched(plan)).toEqual(["h3", "h4", "h6", "h7", "h8"]);
  expect(JSON.stringify(plan.steps)).not.toContain('"h5"');
});
