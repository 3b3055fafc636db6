import type { Act, ActKind, ActOf } from "../../../../../src/domain/act.ts";
import { actWords } from "../../../../../src/domain/act-words.ts";
import type { Plan, Step } from "../../../../../src/domain/plan.ts";
import { checkPlan, type PlanRule, type PlanViolation } from "../../../../../src/planner/check.ts";
import { digestOf } from "../../../../../src/planner/digest.ts";
import { type Scene, type Sketch, scene } from "../../../../support/builders.ts";
import { planOf } from "../../plans.ts";

/** A pool of three hosts with all that can be broken: a switch, controllers, a quorum, a VM that goes down with its host. */
export const sketch: Sketch = {
  pools: {
    p: {
      switches: ["ha"],
      hosts: { h1: { master: true, gib: 32 }, h2: { gib: 32 }, h3: { gib: 32 } },
      vms: {
        dc1: { on: "h1", roles: ["domain-controller"] },
        dc2: { on: "h2", roles: ["domain-controller"] },
        q1: { on: "h1" },
        q2: { on: "h2" },
        q3: { on: "h3" },
        gpu: { on: "h3", stuck: true },
        calm: { on: "h1", patches: [] },
        web: { on: "h2", reboot: false },
      },
    },
  },
  bare: { bare1: {} },
  groups: {
    dcs: { kind: "domain-controllers", members: ["dc1", "dc2"] },
    db: { kind: "quorum", members: ["q1", "q2", "q3"] },
  },
};

export const estate: Scene = scene(sketch);
export const valid: Plan = planOf(estate);

export function violationsOf(plan: Plan, { cluster, facts }: Scene = estate): readonly PlanViolation[] {
  return checkPlan({ plan, cluster, facts }).violations;
}

/** The plan with other content and the digest of that content. */
export function withContent(plan: Plan, more: Partial<Plan>): Plan {
  const { digest: _old, ...rest } = { ...plan, ...more };
  return { ...rest, digest: digestOf(rest) };
}

/** The plan with these steps one after another; all figures and stages follow, so that only what was meant is wrong. */
export function withSteps(plan: Plan, steps: readonly Step[]): Plan {
  let at = 0;
  const timed = steps.map((step, i): Step => {
    const start = at;
    at += step.seconds;
    return {
      ...step,
      title: actWords(step.act),
      start,
      end: at,
      after: steps.slice(Math.max(0, i - 1), i).map((one) => one.id),
    };
  });
  return withTimes(plan, timed);
}

/** The same with steps that have their times. */
export function withTimes(plan: Plan, steps: readonly Step[], more: Partial<Plan["schedule"]> = {}): Plan {
  const makespan = Math.max(0, ...steps.map((step) => step.end));
  return withContent(plan, {
    steps: [...steps],
    seconds: makespan,
    stages: plan.stages.map((stage) => ({
      ...stage,
      patches: steps.flatMap(({ act, stage: id }) =>
        id === stage.id && act.do === "patch"
          ? act.patches.map(({ name, from, to, kind }) => ({ name, from, to, kind }))
          : [],
      ),
    })),
    schedule: {
      ...plan.schedule,
      makespan,
      lowerBound: Math.min(plan.schedule.lowerBound, makespan),
      migrations: steps.filter(({ act }) => act.do === "migrate").length,
      migrationBound: 0,
      downtimes: steps.flatMap(({ id, start, outages }) => outages.map((one) => ({ ...one, step: id, start }))),
      ...more,
    },
  });
}

export function indexOf<K extends ActKind>(plan: Plan, kind: K, fits: (act: ActOf<K>) => boolean = () => true): number {
  const found = plan.steps.findIndex(({ act }) => isKind(act, kind) && fits(act));
  if (found < 0) throw new Error(`the plan has no such ${kind}`);
  return found;
}

function isKind<K extends ActKind>(act: Act, kind: K): act is ActOf<K> {
  return act.do === kind;
}

/** The plan without this step. */
export function without(plan: Plan, index: number): Plan {
  return withSteps(
    plan,
    plan.steps.filter((_, i) => i !== index),
  );
}

/** The plan with this step changed. */
export function changed(plan: Plan, index: number, change: (step: Step) => Partial<Step>): Plan {
  return withSteps(
    plan,
    plan.steps.map((step, i) => (i === index ? { ...step, ...change(step) } : step)),
  );
}

/** The plan with the step at `from` put at another place, before the one that is at `to`. */
export function moved(plan: Plan, from: number, to: number): Plan {
  const steps = [...plan.steps];
  const [step] = steps.splice(from, 1);
  if (step) steps.splice(to > from ? to - 1 : to, 0, step);
  return withSteps(plan, steps);
}

/** The plan with one more step before the one at this place. */
export function inserted(plan: Plan, at: number, step: Partial<Step> & Pick<Step, "act" | "stage">): Plan {
  const whole = {
    id: "new",
    title: "",
    seconds: 10,
    start: 0,
    end: 0,
    after: [],
    outages: [],
    undo: null,
    closes: null,
  };
  return withSteps(plan, [...plan.steps.slice(0, at), { ...whole, ...step }, ...plan.steps.slice(at)]);
}

export function rulesIn(violations: readonly PlanViolation[]): readonly PlanRule[] {
  return [...new Set(violations.map(({ rule }) => rule))].sort();
}
