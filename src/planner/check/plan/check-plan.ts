import type { ClusterFacts } from "../../../domain/facts.ts";
import type { Cluster } from "../../../domain/inventory.ts";
import type { Plan } from "../../../domain/plan.ts";
import { checkFigures } from "./figures.ts";
import { readKnown } from "./known.ts";
import { checkMadeFor } from "./made-for.ts";
import { checkOrder } from "./order.ts";
import { checkPace, paceOf } from "./pace.ts";
import { replayPlan } from "./replay.ts";
import { type PlanCheckReport, planFindings } from "./report.ts";
import { loadOf } from "./room.ts";
import { openScene, type Play } from "./scene.ts";
import { checkScope } from "./scope.ts";
import { checkShape } from "./shape.ts";
import { checkShown } from "./shown.ts";
import { checkUndo } from "./undo.ts";
import { checkWindows } from "./windows.ts";

/**
 * The independent checker of plans: may this plan be carried out on this estate? It knows the inventory, the facts
 * and the plan, and shares no code with what makes plans (an architecture test sees to it): a mistake there is not
 * repeated here. It never plans and never throws; whatever is wrong is in the report, and a plan that is not `ok`
 * must neither be shown nor started.
 */
export function checkPlan(given: {
  readonly plan: Plan;
  readonly cluster: Cluster;
  readonly facts: ClusterFacts;
}): PlanCheckReport {
  const { plan, cluster, facts } = given;
  const found = planFindings();
  const { report } = found;
  // Without times there is nothing to replay.
  if (!checkShape(plan, report)) return found.result();
  const known = readKnown(cluster, facts);
  const scene = openScene(known);
  const loadBefore = new Map([...known.hosts.keys()].map((host) => [host, loadOf(known, scene, host)]));
  const play: Play = { plan, known, scene, loadBefore, report };
  checkMadeFor(plan, known, report);
  checkOrder(plan, paceOf(known), report);
  checkShown(plan, report);
  checkUndo(play);
  checkPace(play);
  replayPlan(play);
  checkScope(play);
  checkFigures(play);
  checkWindows(plan, known, report);
  return found.result();
}
