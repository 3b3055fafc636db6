import { actTarget } from "../domain/act.ts";
import { actWords } from "../domain/act-words.ts";
import type { PoolFacts } from "../domain/facts.ts";
import type { Blocker } from "../domain/outcome.ts";
import type { Draft } from "./draft.ts";
import { type Drain, drain, drainAsTold, type Seating, seatingOf, type TurnMove } from "./drain.ts";
import type { UntimedStep } from "./schedule/one-after-another.ts";
import { startOrder } from "./start-order.ts";
import {
  cycleSteps,
  guestSteps,
  hardwareSteps,
  hypervisorSteps,
  plainSteps,
  type StepDraft,
  switchSteps,
} from "./steps.ts";
import { type World, willReboot } from "./world.ts";

export interface Staged {
  readonly steps: readonly UntimedStep[];
  readonly drains: ReadonlyMap<string, Drain>;
  /** Hosts that cannot be emptied. */
  readonly blockers: readonly Blocker[];
}

/**
 * Steps of all stages in order; hosts are emptied in the order in which they are patched. `turns`: moves by stage
 * that were chosen for the whole of a pool at once; a stage without such moves chooses its own.
 */
export function stepsOfStages(
  world: World,
  drafts: readonly Draft[],
  turns: ReadonlyMap<string, readonly TurnMove[]> = new Map(),
): Staged {
  const seating: Seating = seatingOf(world);
  const drains = new Map<string, Drain>();
  const blockers: Blocker[] = [];
  const steps: UntimedStep[] = [];
  // A host with a stage for its firmware is done only after both.
  const lastOfHost = new Map(drafts.filter(isHostReboot).map((draft) => [draft.target, draft.id]));
  for (const draft of drafts) {
    const pool = world.pools.find((candidate) => candidate.pool === draft.pool) ?? null;
    if (pool && needsEmptying(world, draft)) {
      const told = turns.get(draft.id);
      const emptied = told
        ? drainAsTold(world, pool, draft.target, seating, told)
        : drain(world, pool, draft.target, seating);
      blockers.push(...emptied.blockers);
      drains.set(draft.id, emptied);
    }
    for (const one of stageSteps(world, draft, pool, { emptied: drains.get(draft.id) ?? null, seating }))
      steps.push(numbered(one, draft, steps));
    if (draft.id === lastOfHost.get(draft.target)) seating.patched.add(draft.target);
  }
  return { steps, drains, blockers };
}

/** Is this a stage for which its host must be empty of VMs that can move? */
export function needsEmptying(world: World, draft: Draft): boolean {
  return isHostReboot(draft) && willReboot(world, draft.machine);
}

function isHostReboot({ kind, pool }: Draft): boolean {
  return kind === "host" || (kind === "firmware" && pool !== null);
}

interface Moment {
  readonly emptied: Drain | null;
  readonly seating: Seating;
}

/** Stages that may begin with a snapshot. Storage has none: going back to one would be an older half of the data. */
const guestLike: readonly Draft["kind"][] = ["guest", "management", "guest-tools"];

function stageSteps(
  world: World,
  draft: Draft,
  pool: PoolFacts | null,
  { emptied, seating }: Moment,
): readonly StepDraft[] {
  const policy = world.cluster.policy;
  const seat = seating.hostOf.get(draft.target) ?? "";
  const pending = draft.machine?.pending;
  if (pool && draft.kind === "prepare") return switchSteps(pool, false);
  if (pool && draft.kind === "restore") return switchSteps(pool, true);
  if (!pending) return [];
  if (pool && emptied) return hypervisorSteps(pool, draft.target, pending, emptied, startOrder(world, pool, emptied));
  if (pool && draft.kind === "power-cycle")
    return cycleSteps(pool, draft.target, seat, "new CPU bits need a cold start");
  if (pool && draft.kind === "virtual-hardware" && isRunning(world, draft))
    return hardwareSteps(pool, draft.target, seat, pending, policy);
  if (pool && guestLike.includes(draft.kind)) return guestSteps(draft, pool, pending, policy);
  return plainSteps(draft, pending, policy);
}

function isRunning(world: World, { target }: Draft): boolean {
  return world.vms.some(({ name, seen }) => name === target && seen?.running === true);
}

function numbered(one: StepDraft, draft: Draft, before: readonly UntimedStep[]): UntimedStep {
  const { closes } = one;
  const closed = closes
    ? before.findLast((step) => step.act.do === closes.do && closeTarget(step) === closes.target && step.undo !== null)
    : undefined;
  return {
    id: `s${String(before.length + 1).padStart(3, "0")}`,
    stage: draft.id,
    act: one.act,
    title: actWords(one.act),
    // Times of plans are whole seconds.
    seconds: Math.ceil(one.seconds),
    outages: [...one.outages],
    undo: one.undo,
    closes: closed?.id ?? null,
  };
}

function closeTarget(step: UntimedStep): string {
  return step.act.do === "set-switch" ? `${step.act.pool}/${step.act.name}` : actTarget(step.act);
}
