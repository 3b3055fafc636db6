import type { Step } from "../../../domain/plan.ts";
import { checkEnds } from "./ends.ts";
import { checkGuards, guardsOf } from "./groups.ts";
import { migrationBegins, migrationEnds } from "./moves.ts";
import { startBegins, startEnds, stopBegins, stopEnds } from "./power.ts";
import { type Play, told } from "./scene.ts";
import { enterBegins, enterEnds, leaveBegins, leaveEnds } from "./service.ts";
import { removalBegins, removalEnds, snapshotBegins, snapshotEnds } from "./snapshots.ts";
import { flipBegins, flipEnds } from "./switches.ts";
import { healthBegins, healthEnds, patchBegins, patchEnds, rebootBegins, rebootEnds } from "./work.ts";

interface Moment {
  readonly at: number;
  readonly side: "begin" | "end";
  readonly step: Step;
}

/**
 * Plays all steps in the order of time. Only the begin and the end of a step change anything, so what is true at
 * those instants is true at every second between them: nothing is lost against a replay second by second.
 *
 * A step that is under way counts as begun and as not yet ended (a migration fills both hosts, a VM on its way
 * down serves nobody and keeps its memory). So a plan without violations is also good one step after another,
 * in the order of its list, which is how a run carries it out.
 */
export function replayPlan(play: Play): void {
  const guards = guardsOf(play.known);
  for (const { at, side, step } of momentsOf(play.plan.steps)) {
    if (side === "end") {
      ends(play, step);
      continue;
    }
    begins(play, step);
    const { act } = step;
    if (act.do === "stop-vm") checkGuards(play, guards, act.vm, at, told(step));
    if (act.do === "reboot") checkGuards(play, guards, act.machine, at, told(step));
    if (act.do === "enter-maintenance") checkGuards(play, guards, act.host, at, told(step));
  }
  checkEnds(play);
}

/**
 * At one instant the ends come first: what a step has freed is there for those that begin. Steps that take no
 * time begin and end in one go, in their place of the list.
 */
function momentsOf(steps: readonly Step[]): readonly Moment[] {
  const moments: (Moment & { readonly rank: number; readonly place: number })[] = [];
  steps.forEach((step, place) => {
    const timed = step.start < step.end;
    moments.push({ at: step.start, side: "begin", step, rank: 1, place: 2 * place });
    moments.push({ at: step.end, side: "end", step, rank: timed ? 0 : 1, place: 2 * place + 1 });
  });
  return moments.sort((a, b) => a.at - b.at || a.rank - b.rank || a.place - b.place);
}

function begins(play: Play, step: Step): void {
  const { act } = step;
  switch (act.do) {
    case "set-switch":
      flipBegins(play, step, act);
      return;
    case "migrate":
      migrationBegins(play, step, act);
      return;
    case "enter-maintenance":
      enterBegins(play, step, act);
      return;
    case "leave-maintenance":
      leaveBegins(play, step, act);
      return;
    case "stop-vm":
      stopBegins(play, step, act);
      return;
    case "start-vm":
      startBegins(play, step, act);
      return;
    case "snapshot":
      snapshotBegins(play, step, act);
      return;
    case "remove-snapshot":
      removalBegins(play, step, act);
      return;
    case "patch":
      patchBegins(play, step, act);
      return;
    case "reboot":
      rebootBegins(play, step, act);
      return;
    case "check-health":
      healthBegins(play, step, act);
      return;
    case "revert-snapshot":
    case "revert-patches":
      play.report("undo", step.start, step.id, `${told(step)}: that is a way back and no step of a plan`);
      return;
    default:
      act satisfies never;
  }
}

function ends(play: Play, step: Step): void {
  const { act } = step;
  switch (act.do) {
    case "set-switch":
      flipEnds(play, step, act);
      return;
    case "migrate":
      migrationEnds(play, step, act);
      return;
    case "enter-maintenance":
      enterEnds(play, step, act);
      return;
    case "leave-maintenance":
      leaveEnds(play, step, act);
      return;
    case "stop-vm":
      stopEnds(play, step, act);
      return;
    case "start-vm":
      startEnds(play, step, act);
      return;
    case "snapshot":
      snapshotEnds(play, step, act);
      return;
    case "remove-snapshot":
      removalEnds(play, step, act);
      return;
    case "patch":
      patchEnds(play, step, act);
      return;
    case "reboot":
      rebootEnds(play, step, act);
      return;
    case "check-health":
      healthEnds(play, step, act);
      return;
    case "revert-snapshot":
    case "revert-patches":
      return;
    default:
      act satisfies never;
  }
}
