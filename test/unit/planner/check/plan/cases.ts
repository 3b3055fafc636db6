import { expect } from "vitest";
import type { Patch } from "../../../../../src/domain/act.ts";
import type { Plan, Step } from "../../../../../src/domain/plan.ts";
import type { PlanRule } from "../../../../../src/planner/check.ts";
import { type Scene, type Sketch, scene } from "../../../../support/builders.ts";
import { changed, estate, indexOf, rulesIn, sketch, valid, violationsOf } from "./broken.ts";

/** What is wrong, the plan, every rule that is broken, words of an objection, and the estate where it is another one. */
export type Case = readonly [
  what: string,
  plan: Plan,
  rules: readonly PlanRule[],
  text: RegExp,
  given?: Sketch | Scene,
];

export const at = (kind: Parameters<typeof indexOf>[1], name: string) =>
  indexOf(valid, kind, (act) => Object.values(act).includes(name));
export const to = (name: string) => (step: Step) =>
  step.act.do === "migrate" ? { act: { ...step.act, to: name } } : {};
export const pool = (more: Partial<NonNullable<Sketch["pools"]>[string]>): Sketch => ({
  ...sketch,
  pools: { p: { ...sketch.pools?.p, hosts: sketch.pools?.p?.hosts ?? {}, ...more } },
});
export const vm = (name: string, more: object): Sketch =>
  pool({ vms: { ...sketch.pools?.p?.vms, [name]: { on: "h1", ...sketch.pools?.p?.vms?.[name], ...more } } });
export const host = (name: string, more: object): Sketch =>
  pool({ hosts: { ...sketch.pools?.p?.hosts, [name]: { ...sketch.pools?.p?.hosts[name], ...more } } });

export function installing(machine: string, patches: (old: readonly Patch[]) => readonly Patch[]): Plan {
  return changed(valid, at("patch", machine), ({ act }) =>
    act.do === "patch" ? { act: { ...act, patches: [...patches(act.patches)] }, undo: null } : {},
  );
}

/** The estate with its switch off before the plan. */
export function switchedOff(): Scene {
  const pools = estate.facts.pools.map((one) => ({
    ...one,
    switches: one.switches.map((other) => ({ ...other, on: false })),
  }));
  return { ...estate, facts: { ...estate.facts, pools } };
}

export function sceneOf(given: Sketch | Scene | undefined): Scene {
  if (given === undefined) return estate;
  return "facts" in given ? given : scene(given);
}

/** Exactly these rules are broken, and an objection has these words. */
export function expectBroken([_what, plan, rules, text, given]: Case): void {
  const found = violationsOf(plan, sceneOf(given));
  expect(found.map((one) => one.text).join("\n")).toMatch(text);
  expect(rulesIn(found)).toEqual([...rules].sort());
}
