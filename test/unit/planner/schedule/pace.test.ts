import { expect, test } from "vitest";
import type { Plan } from "../../../../src/domain/plan.ts";
import { buildPlan, type PlanTerms } from "../../../../src/planner/build-plan.ts";
import { checkPlan } from "../../../../src/planner/check.ts";
import { type HostSketch, type Scene, type Sketch, scene, type VmSketch } from "../../../support/builders.ts";
import { refusalOf } from "../plans.ts";

function planned({ cluster, facts }: Scene, terms: Partial<PlanTerms> = {}): Plan {
  const made = buildPlan("c", cluster, facts, terms);
  if (!made.ok) throw new Error(`${made.message} ${made.blockers?.map(({ message }) => message).join("; ")}`);
  expect(checkPlan({ plan: made.value, cluster, facts }).violations).toEqual([]);
  return made.value;
}

const none = { patches: [], reboot: false };
const four: Sketch = {
  pools: {
    p: {
      family: "libvirt",
      hosts: { h1: {}, h2: {}, h3: {}, h4: {} },
      vms: { a: { on: "h1" }, b: { on: "h2" }, c: { on: "h3" }, d: { on: "h4" } },
    },
  },
};
const withPace = (pace: object, more: Sketch = four): Scene => scene({ ...more, policy: { pace } });

/** Hosts that are away together, at most. */
function mostAway({ steps }: Plan): number {
  const away = steps.flatMap(({ act, start }) => (act.do === "enter-maintenance" ? [start] : []));
  const back = steps.flatMap(({ act, end }) => (act.do === "leave-maintenance" ? [end] : []));
  return Math.max(...away.map((t) => away.filter((one) => one <= t).length - back.filter((one) => one <= t).length));
}

test("two hosts of a pool at once where the policy allows it, and the plan is shorter", () => {
  const one = planned(withPace({ hostsPerPool: 1, guestsAtOnce: 4 }), { stepsAtOnce: 4 });
  const two = planned(withPace({ hostsPerPool: 2, guestsAtOnce: 4 }), { stepsAtOnce: 4 });

  expect([mostAway(one), mostAway(two)]).toEqual([1, 2]);
  expect(two.schedule.makespan).toBeLessThan(one.schedule.makespan);
});

test("hosts that carry the storage go one at a time, whatever the policy says", () => {
  const pools = {
    p: { ...four.pools?.p, family: "vsphere", hosts: four.pools?.p?.hosts ?? {}, storage: { kind: "vsan" } },
  };

  expect(mostAway(planned(withPace({ hostsPerPool: 3 }, { pools }), { stepsAtOnce: 4 }))).toBe(1);
});

test("the canary goes first, the others wait for the soak, and the edge says so", () => {
  const plan = planned(withPace({ canary: { hosts: ["h3"], soakMinutes: 30 } }));
  const own = (target: string) => plan.steps.filter(({ stage }) => stage === `hypervisor/${target}`);

  expect(plan.stages[0]?.target).toBe("h3");
  expect((own("h1")[0]?.start ?? 0) - (own("h3").at(-1)?.end ?? 0)).toBe(1800);
  expect(plan.edges.find(({ reason }) => reason.rule === "pace")?.reason.text).toContain("h3 is the canary");
});

test("a soak between layers is a gap before the first guest", () => {
  const plan = planned(withPace({ soakMinutes: 10 }));
  const firstGuest = plan.steps.findIndex(({ stage }) => stage.startsWith("guest-os/"));

  expect((plan.steps[firstGuest]?.start ?? 0) - (plan.steps[firstGuest - 1]?.end ?? 0)).toBe(600);
});

test("refuses a plan that cannot keep the reserve free, with both figures", () => {
  const pools = {
    p: { hosts: { h1: { gib: 32 }, h2: { gib: 32 } }, vms: { a: { on: "h1", gib: 8, ...none } } },
  };

  expect(refusalOf(withPace({ reserve: { hosts: 1 } }, { pools }))).toMatchObject({
    reason: "no-capacity",
    message: "p: while h1 is away 24 GiB would be free, and the policy keeps 32 GiB in reserve",
  });
});

test("where hosts emptied turn by turn get stuck, the search over the whole pool finds the plan", () => {
  // h3 must take the small VM of h1 and leave the large gap of h2 alone, or the large one finds no place.
  const hosts: Record<string, HostSketch> = { h1: { gib: 24 }, h2: { gib: 24 }, h3: { gib: 24 } };
  const vms: Record<string, VmSketch> = {
    a: { on: "h1", gib: 10, ...none },
    b: { on: "h1", gib: 10, ...none },
    c: { on: "h2", gib: 14, ...none },
    d: { on: "h3", gib: 4, ...none },
  };
  const plan = planned(scene({ pools: { p: { family: "libvirt", hosts, vms } } }));

  expect(plan.steps.filter(({ act }) => act.do === "reboot")).toHaveLength(3);
  expect(plan.schedule.stepsAtOnce).toBe(1);
});

test("refuses what no order can empty, with the proof and the least that helps", () => {
  const refusal = refusalOf({
    pools: {
      p: {
        hosts: { h1: { gib: 128 }, h2: { gib: 96 } },
        vms: { "db-12": { on: "h1", gib: 96, ...none }, web: { on: "h2", gib: 25, ...none } },
      },
    },
  });

  expect(refusal.blockers?.[0] ?? refusal).toMatchObject({ reason: "no-capacity", where: "h1" });
  expect(refusal.message).toContain("host h1 cannot be emptied");
  expect(refusal.message).toMatch(/\d GiB/);
  expect(refusal.next).toMatch(/stopped for \d+ min/);
});

test("what the estate took before wins over the driver, with p50 and p90", () => {
  const history = [{ what: "patch h1", p50: 250, p90: 400 }];
  const { schedule, steps } = planned(scene(four), { history });

  expect(steps.find(({ act }) => act.do === "patch" && act.machine === "h1")?.seconds).toBe(250);
  expect(schedule.estimates.find(({ source }) => source === "history")).toMatchObject({
    what: "patch h1",
    p50: 250,
    p90: 400,
    text: "this estate's history",
  });
  expect(new Set(schedule.estimates.map(({ source }) => source))).toEqual(new Set(["driver", "history", "default"]));
});
