import { type Refusal, refuse } from "../domain/outcome.ts";
import { outside } from "../domain/outside.ts";
import type { Plan } from "../domain/plan.ts";
import { whyUnfit } from "../planner/checked-plan.ts";
import { type Crew, note, type Situation, type Taken } from "./crew.ts";
import type { Action } from "./decide.ts";
import { makePlan } from "./make-plan.ts";
import { newRun, successorId } from "./new-run.ts";
import { outageWarnings } from "./outage-warnings.ts";
import { stepTaken, undoTaken } from "./step.ts";

/** Carries out one decided action. `interrupted`: leave the run alone, somebody else has it. */
export async function actionTaken(
  crew: Crew,
  situation: Situation,
  action: Exclude<Action, { do: "wait" }>,
): Promise<Taken> {
  switch (action.do) {
    case "plan":
      return plan(crew, situation);
    case "recheck":
      return recheck(crew, situation);
    case "take-cluster":
      return note(crew, situation, { kind: "start" }, { takeCluster: true });
    case "warn":
      return note(crew, situation, {
        kind: "warn",
        steps: action.steps,
        texts: outageWarnings(crew.clusters.get(situation.run.head.cluster), situation.plan, action.steps),
      });
    case "step":
      return stepTaken(crew, situation, action.step);
    case "undo":
      return undoTaken(crew, situation, action.undo);
    case "restore":
      return note(crew, situation, { kind: "restore", endAs: action.endAs });
    case "pause":
      return note(crew, situation, { kind: "pause-reached", ...(action.why === undefined ? {} : { why: action.why }) });
    case "hold":
    case "expire":
    case "finish":
      return note(crew, situation, { kind: action.do });
    default:
      return action satisfies never;
  }
}

async function plan(crew: Crew, situation: Situation): Promise<Taken> {
  const name = situation.run.head.cluster;
  const made = await makePlan(crew, name, crew.clusters.get(name), situation.signal);
  if (situation.signal.aborted) return "interrupted";
  if (!made.ok) return refused(crew, situation, made);
  await crew.store.savePlan(made.value.plan);
  return note(crew, situation, { kind: "planned", plan: made.value.plan });
}

function refused(crew: Crew, situation: Situation, { message, next, ...rest }: Refusal): Promise<Taken> {
  const refusal = { ...rest, message: outside(message), next: outside(next) };
  return note(crew, situation, { kind: "plan-refused", refusal });
}

/**
 * After the approval the facts are read again: the same plan goes on, anything else becomes a fresh card. What goes
 * on is the plan in the store, so that very plan is checked against these very facts.
 */
async function recheck(crew: Crew, situation: Situation): Promise<Taken> {
  const { head } = situation.run;
  const made = await makePlan(crew, head.cluster, crew.clusters.get(head.cluster), situation.signal);
  if (situation.signal.aborted) return "interrupted";
  if (made.ok && made.value.plan.digest === head.digest) {
    const { plan } = situation;
    const unfit = plan ? whyUnfit(plan, made.value.cluster, made.value.facts) : planIsGone(head.cluster);
    if (unfit) return refused(crew, situation, unfit);
    return note(crew, situation, { kind: "facts-held", checked: plan?.digest ?? "" });
  }
  // A worker that froze while it read must not leave a second run behind: `create` knows no epoch.
  const seen = await crew.store.load(head.id);
  if (seen?.run.head.epoch !== situation.epoch) return "interrupted";
  const id = successorId(head.id);
  const next = newRun({
    id,
    cluster: head.cluster,
    user: head.requestedBy,
    channel: head.channel,
    now: crew.clock.now(),
  });
  await crew.store.create(next, []);
  await crew.enqueue.tick(id);
  const why =
    situation.plan === null
      ? "this plan was made by an older Tuesday: nothing was done; a fresh plan follows"
      : made.ok && onlyWindowsDiffer(made.value.plan, situation.plan)
        ? "what is left of its windows is too short by now: nothing was done; a plan with later windows follows"
        : made.ok
          ? "the facts changed after this plan was shown: nothing was done; a fresh plan follows"
          : `the plan does not hold any more: ${outside(made.message)} Nothing was done; a fresh look follows`;
  return note(crew, situation, { kind: "supersede", by: id, why });
}

/** The same steps: only the time that has passed since makes them lie in other windows. */
function onlyWindowsDiffer(now: Plan, then: Plan): boolean {
  const same = JSON.stringify(now.steps) === JSON.stringify(then.steps);
  return same && JSON.stringify(now.schedule.windows) !== JSON.stringify(then.schedule.windows);
}

function planIsGone(cluster: string): Refusal {
  return refuse("plan-check", `The approved plan of ${cluster} is missing in the store.`, "ask for a new plan");
}
