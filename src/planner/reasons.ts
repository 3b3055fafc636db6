import { type Plan, type Reason, type Stage, type Step, strengths } from "../domain/plan.ts";
import type { Draft } from "./draft.ts";
import type { Drain } from "./drain.ts";
import type { RuledEdge, Yielded } from "./order.ts";
import { type RuledRemark, reasonFor, ruleSays } from "./rules/apply.ts";
import type { World } from "./world.ts";

const titles: Readonly<Record<Draft["kind"], (target: string) => string>> = {
  prepare: (target) => `Prepare ${target}`,
  restore: (target) => `Restore ${target}`,
  host: (target) => `Host ${target}`,
  "bare-host": (target) => `Host ${target}`,
  management: (target) => `Management ${target}`,
  guest: (target) => `Guest ${target}`,
  storage: (target) => `Storage ${target}`,
  "firmware-tooling": (target) => `Firmware tooling of ${target}`,
  firmware: (target) => `Firmware of ${target}`,
  "storage-agent": (target) => `Storage agent on ${target}`,
  "guest-tools": (target) => `Guest tools on ${target}`,
  "power-cycle": (target) => `Power cycle of ${target}`,
  "virtual-hardware": (target) => `Virtual hardware of ${target}`,
  finish: (target) => `Finish on ${target}`,
};

const finishes: Readonly<Partial<Record<NonNullable<Draft["component"]>, string>>> = {
  "cluster-level": "Compatibility level of the cluster",
  "datacenter-level": "Compatibility level of the data centre",
  "functional-level": "Functional level",
  "storage-format": "On-disk format",
  "nsx-finalize": "NSX finalize",
};

function titleOf({ kind, target, component }: Draft): string {
  const finish = component && finishes[component];
  return finish ? `${finish}, by ${target}` : titles[kind](target);
}

/** What a default gave way to, told at the stage that it would have held back. */
export function yieldRemarks(yielded: readonly Yielded[]): readonly RuledRemark[] {
  return yielded.map(({ edge, to }) => ({
    rule: edge.rule,
    stage: edge.after,
    text: `gives way here to ${to.rule}: ${to.text}`,
  }));
}

/** What is known about a plan when its stages are put into words. */
export interface Findings {
  readonly world: World;
  /** The edges that touch a stage, by its id: looked up once a stage, of tens of thousands in a large cluster. */
  readonly edges: ReadonlyMap<string, readonly RuledEdge[]>;
  readonly remarks: readonly RuledRemark[];
  readonly drains: ReadonlyMap<string, Drain>;
  readonly steps: readonly Step[];
}

/** Edges by the stages at both of their ends. */
export function edgesByStage(edges: readonly RuledEdge[]): ReadonlyMap<string, readonly RuledEdge[]> {
  const found = new Map<string, RuledEdge[]>();
  for (const edge of edges) {
    for (const id of [edge.before, edge.after]) {
      const known = found.get(id);
      if (known) known.push(edge);
      else found.set(id, [edge]);
    }
  }
  return found;
}

/** A stage with everything a person wants to know about it: why here, what changes, the way back. */
export function describeStage(draft: Draft, found: Findings): Stage {
  return {
    id: draft.id,
    layer: draft.layer,
    target: draft.target,
    title: titleOf(draft),
    reasons: stageReasons(draft, found),
    patches: (draft.machine?.pending.patches ?? []).map(({ name, from, to, kind }) => ({ name, from, to, kind })),
    backOut: backOut(found.world, draft, found.steps),
  };
}

/** Why a stage stands where it stands: what is about this very machine first, what holds for its layer after that. */
function stageReasons(draft: Draft, { edges, remarks, drains }: Findings): Reason[] {
  const touching = edges.get(draft.id) ?? [];
  const after = touching.filter((edge) => edge.after === draft.id);
  // Only the first of a chain is told by what comes after it; the others have a reason of the same rule already.
  const first = touching.filter(
    (edge) => ruleSays(edge.rule, "tellsFirst") && !after.some((earlier) => earlier.rule === edge.rule),
  );
  const place = [...after, ...first];
  const own = place.filter((edge) => !ruleSays(edge.rule, "general"));
  const general = place.filter((edge) => ruleSays(edge.rule, "general"));
  const moves = drains.get(draft.id)?.moves ?? [];
  const free = place.length === 0 ? [reasonFor("T1", "no rule says otherwise: by layer, then by name")] : [];
  return unique([
    ...oncePerSentence(own),
    ...remarks.filter((remark) => remark.stage === draft.id).map((remark) => reasonFor(remark.rule, remark.text)),
    ...moves.map((move) => reasonFor("R28", `${move.vm.vm} moves to ${move.to}: ${move.why}`)),
    ...oncePerSentence(general),
    ...free,
  ]);
}

/** Several rules may say the same of the same stages: the card has the sentence once, the edges have them all. */
function oncePerSentence(edges: readonly RuledEdge[]): readonly Reason[] {
  const said = new Map<string, Reason>();
  for (const { rule, text } of edges) {
    const reason = reasonFor(rule, text);
    const known = said.get(text);
    if (!known || strengths.indexOf(reason.strength) < strengths.indexOf(known.strength)) said.set(text, reason);
  }
  return [...said.values()];
}

/** The first step of the stage that changes something says how it is taken back; else the facts say why not. */
function backOut(world: World, draft: Draft, steps: readonly Step[]): Stage["backOut"] {
  if (draft.kind === "prepare" || draft.kind === "restore") return { possible: true, text: "flipped back in any case" };
  if (draft.kind === "power-cycle")
    return { possible: true, text: "it changes nothing; it is started again in any case" };
  const change = steps.find((step) => step.stage === draft.id && step.undo?.kind === "change")?.undo;
  if (change) return { possible: true, text: `${change.text}; until ${change.until}; loses ${change.loses}` };
  const pending = draft.machine?.pending;
  const seen = world.vms.find((vm) => vm.name === draft.target)?.seen;
  const noSnapshot = seen && !seen.snapshotable.ok ? ` No snapshot: ${seen.snapshotable.why}.` : "";
  const why = pending && !pending.backOut.possible ? pending.backOut.why : "unknown";
  return { possible: false, text: `${why}.${noSnapshot}` };
}

/** Decisions about the whole plan, in the order of the rule table. */
export function planDecisions(remarks: readonly RuledRemark[]): Reason[] {
  return unique(
    remarks.filter((remark) => remark.stage === undefined).map((remark) => reasonFor(remark.rule, remark.text)),
  );
}

/** VMs that this plan touches or moves and that stay up all the while. */
export function noDowntime(world: World, steps: readonly Step[]): Plan["noDowntime"] {
  const down = new Set(steps.flatMap((step) => step.outages.map((outage) => outage.machine)));
  return world.vms
    .filter((vm) => vm.seen?.running && !down.has(vm.name))
    .flatMap(({ name, pool }) => {
      const moved = steps.some((step) => step.act.do === "migrate" && step.act.vm === name);
      const patched = steps.some((step) => step.act.do === "patch" && step.act.machine === name);
      const why = [
        ...(moved ? [`live migration, pause about ${pool?.estimate.migratePauseSeconds ?? 0} s`] : []),
        ...(patched ? ["patched without a reboot"] : []),
      ];
      return why.length > 0 ? [{ machine: name, why: why.join("; ") }] : [];
    });
}

function unique(reasons: readonly Reason[]): Reason[] {
  const seen = new Set<string>();
  return reasons.filter((reason) => {
    const key = `${reason.rule}|${reason.text}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
