import type { Problem, ProblemAction } from "../domain/problem.ts";
import { readEntries } from "./check/entries.ts";
import { checkGroups } from "./check/groups.ts";
import { checkHosts, checkNewerOnly } from "./check/hosts.ts";
import { chainsOf, checkMoves, checkSlots } from "./check/moves.ts";
import { checkMaintenance, checkPatches } from "./check/patches.ts";
import { type CheckReport, type ViolationList, violationList } from "./check/report.ts";
import { checkReserve } from "./check/reserve.ts";
import { listBy, union } from "./check/spans.ts";
import { staysOf } from "./check/stays.ts";

export { checkPlan } from "./check/plan/check-plan.ts";
export { type PlanCheckReport, type PlanRule, type PlanViolation, planRules } from "./check/plan/report.ts";
export { type CheckReport, type CheckRule, checkRules, type Violation } from "./check/report.ts";

/**
 * The independent checker: is this list of actions a solution of this problem? It tests every rule of planning.md
 * 2.1 and 2.3 and the further ones of problem.ts, and shares no code with any planner (an architecture test sees to
 * it). It never plans and never throws: whatever is wrong is in the report.
 *
 * The plan is replayed at every instant at which anything begins or ends. Between two of those the state is one and
 * the same, so the verdict is that of a replay second by second (a property test compares both).
 */
export function checkActions(problem: Problem, actions: readonly ProblemAction[]): CheckReport {
  const found = violationList();
  // What comes from outside may be anything, whatever its type says: `{"plan": […]}` is no plan.
  if (!Array.isArray(actions)) {
    found.report("entry", null, "plan", "the plan is no list of actions");
    return checkedSo(problem, [], found);
  }
  const { moves, patches } = readEntries(problem, actions, found.report);
  const chains = chainsOf(moves);
  const stays = listBy(staysOf(problem, chains), ({ host }) => host);
  const inPatch = new Map([...listBy(patches, ({ host }) => host.id)].map(([id, spans]) => [id, union(spans)]));
  checkPatches(problem, patches, found.report);
  checkMaintenance(problem, inPatch, found.report);
  checkMoves(moves, chains, found.report);
  checkSlots(problem, moves, found.report);
  checkHosts(problem, stays, inPatch, found.report);
  checkNewerOnly(problem, moves, patches, found.report);
  checkReserve(problem, stays, inPatch, found.report);
  checkGroups(problem, stays, inPatch, found.report);
  return checkedSo(problem, actions, found);
}

function checkedSo(problem: Problem, actions: readonly ProblemAction[], found: ViolationList): CheckReport {
  return {
    ok: found.count() === 0,
    violations: found.listed,
    count: found.count(),
    makespan: makespanOf(problem, actions),
    migrations: actions.filter((action) => action?.type === "migrate").length,
    groupViolations: found.count("min-up"),
  };
}

function makespanOf(problem: Problem, actions: readonly ProblemAction[]): number {
  let latest = 0;
  for (const host of problem.hosts) latest = Math.max(latest, host.inPlaceSeconds);
  for (const action of actions) if (Number.isFinite(action?.end)) latest = Math.max(latest, action.end);
  return latest;
}
