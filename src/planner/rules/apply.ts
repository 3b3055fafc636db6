import { Bug } from "../../domain/errors.ts";
import type { PoolFacts } from "../../domain/facts.ts";
import type { Blocker } from "../../domain/outcome.ts";
import type { Reason } from "../../domain/plan.ts";
import type { Draft } from "../draft.ts";
import type { RuledEdge } from "../order.ts";
import type { World } from "../world.ts";
import { chainEdges } from "./chain.ts";
import { rules } from "./index.ts";
import type { Circle, Edge, Preference, Remark, Rule } from "./rule.ts";
import { isMilestone } from "./rule.ts";
import { type Field, fieldOf } from "./scope.ts";

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

function ruleOf(id: string): Rule {
  const rule = byId.get(id);
  if (!rule) throw new Bug(`no rule ${id} in the table`);
  return rule;
}

/** A rule's reason with the sentence for these machines. The id must be one of the table. */
export function reasonFor(id: string, text: string): Reason {
  const { strength, source, scope } = ruleOf(id);
  return { rule: id, strength, text, source, scope: scope.words };
}

export function ruleYields(id: string): boolean {
  return ruleOf(id).yields === true;
}

export function ruleSays(id: string, flag: "general" | "tellsFirst"): boolean {
  return ruleOf(id)[flag] === true;
}

/** Asks every rule that has something of the estate in its scope. Outside of its scope a rule is silent. */
function ask<T>(
  world: World,
  about: (rule: Rule, field: Field) => readonly T[],
  asked: readonly Rule[] = rules,
): readonly (T & { rule: string })[] {
  return asked.flatMap((rule) => {
    const field = fieldOf(rule.scope, world);
    const silent = field.pools.length === 0 && field.machines.size === 0 && field.groups.length === 0;
    return silent ? [] : about(rule, field).map((one) => ({ ...one, rule: rule.id }));
  });
}

export function edgesOfRules(
  world: World,
  drafts: readonly Draft[],
  asked: readonly Rule[] = rules,
): readonly RuledEdge[] {
  const edgesOf = (rule: Rule, field: Field) => [
    ...(rule.chains ?? []).flatMap((chain) => chainEdges(chain, rule.scope, field, world, drafts)),
    ...(rule.edges?.(field, world, drafts) ?? []),
  ];
  return ask<Edge>(world, edgesOf, asked).map(withOwnMilestones);
}

export function separationsOfRules(world: World, ordered: readonly Draft[]): readonly RuledEdge[] {
  return ask<Edge>(world, (rule, field) => rule.separates?.(field, world, ordered) ?? []).map(withOwnMilestones);
}

/** Two rules never share a milestone: each would bind the other's stages. */
function withOwnMilestones(edge: RuledEdge): RuledEdge {
  const own = (id: string) => (isMilestone(id) ? `${id} by ${edge.rule}` : id);
  return { ...edge, before: own(edge.before), after: own(edge.after) };
}

/** Ranks of the stages, one number for every rule that prefers something, in the order of the table. */
export function preferencesOfRules(world: World, drafts: readonly Draft[]): ReadonlyMap<string, readonly number[]> {
  const wishes = ask<Preference>(world, (rule, field) => rule.prefers?.(field, world, drafts) ?? []);
  const order = [...new Set(wishes.map(({ rule }) => rule))];
  const ranks = new Map<string, number[]>();
  for (const { stage, rank, rule } of wishes) {
    const known = ranks.get(stage) ?? order.map(() => 0);
    known[order.indexOf(rule)] = rank;
    ranks.set(stage, known);
  }
  return ranks;
}

export function circlesOfRules(world: World, drafts: readonly Draft[]): readonly (Circle & { rule: string })[] {
  return ask<Circle>(world, (rule, field) => rule.circles?.(field, world, drafts) ?? []);
}

/** A remark of a rule, with the rule's id. */
export type RuledRemark = Remark & { readonly rule: string };

/** Every remark of every rule about these stages, and what people must look at because no driver did. */
export function remarksOfRules(world: World, drafts: readonly Draft[]): readonly RuledRemark[] {
  return ask<Remark>(world, (rule, field) => [
    ...(rule.remarks?.(field, world, drafts) ?? []),
    ...openChecks(rule, field, drafts),
  ]);
}

/** What stands in the way by a rule's own judgement, or because a check that it asks for has failed. */
export function blockersOfRules(world: World, drafts: readonly Draft[]): readonly Blocker[] {
  return ask<Blocker>(world, (rule, field) => [
    ...(rule.blockers?.(field, world, drafts) ?? []),
    ...failedChecks(rule, field, drafts),
  ]).map(({ rule: _rule, ...blocker }) => blocker);
}

const hostWork: readonly Draft["kind"][] = ["host", "firmware", "storage", "storage-agent"];

/** Pools whose hosts are worked on; checks are about them, not about guests that are patched on their own. */
function checkedPools(field: Field, drafts: readonly Draft[]): readonly PoolFacts[] {
  return field.pools.filter(({ pool }) => drafts.some((draft) => draft.pool === pool && hostWork.includes(draft.kind)));
}

function failedChecks(rule: Rule, field: Field, drafts: readonly Draft[]): readonly Blocker[] {
  const wanted = rule.checks ?? [];
  if (wanted.length === 0) return [];
  return checkedPools(field, drafts).flatMap(({ pool, checks = [] }) =>
    checks
      .filter((answer) => !answer.ok && wanted.some(({ name }) => name === answer.name))
      .map((answer) => ({
        reason: "blocked" as const,
        where: pool,
        message: `${pool}: ${answer.why} (rule ${rule.id}: ${wanted.find(({ name }) => name === answer.name)?.text})`,
        next: "put it right, then ask for a new plan",
      })),
  );
}

/** One sentence for all checks of a rule that nobody has answered: not knowing is not the same as being fine. */
function openChecks(rule: Rule, field: Field, drafts: readonly Draft[]): readonly Remark[] {
  const wanted = rule.checks ?? [];
  if (wanted.length === 0) return [];
  const groups = field.groups.filter((group) => drafts.some(({ target }) => group.members.includes(target)));
  const open = [
    ...checkedPools(field, drafts).map(({ pool, checks = [] }) => ({ name: pool, answered: checks })),
    ...(rule.scope.products === "any" ? [] : groups.map(({ name }) => ({ name, answered: [] }))),
  ].map(({ name, answered }) => ({
    name,
    texts: wanted.filter((check) => !answered.some((one) => one.name === check.name)).map(({ text }) => text),
  }));
  return open
    .filter(({ texts }) => texts.length > 0)
    .map(({ name, texts }) => ({ text: `look before you approve (${name}): ${texts.join("; ")}` }));
}
