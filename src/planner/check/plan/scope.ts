import { actTarget } from "../../../domain/act.ts";
import { nothingPending } from "../../../domain/plan.ts";
import { listBy } from "../spans.ts";
import { sameText } from "./known.ts";
import { type Play, told } from "./scene.ts";

/** Every machine of the inventory is patched, with all that is pending, or left alone, with the reason; never both. */
export function checkScope(play: Play): void {
  const { plan, known, report } = play;
  const touched = new Set(plan.stages.map(({ target }) => target));
  const untouched = new Map(plan.untouched.map(({ machine, why }) => [machine, why]));
  for (const machine of [...Object.keys(known.cluster.hosts), ...Object.keys(known.cluster.vms)]) {
    const why = untouched.get(machine);
    if (why === undefined && !touched.has(machine))
      report("untouched", null, machine, `the plan does not say what becomes of ${machine}`);
    if (why !== undefined && touched.has(machine))
      report("untouched", null, machine, `${machine} is said to be left alone (${why}), and has a stage`);
    checkPending(play, machine, why);
  }
  checkLeftAlone(play, untouched);
}

function checkPending({ plan, known, scene, report }: Play, machine: string, why: string | undefined): void {
  const pending = known.machines.get(machine)?.pending.patches ?? [];
  if (why === nothingPending && pending.length > 0)
    report(
      "untouched",
      null,
      machine,
      `${machine} is left alone as if nothing were pending; ${pending.length} patches are`,
    );
  if (why !== undefined) return;
  const installed = scene.installed.get(machine) ?? new Set();
  const missing = pending.filter((patch) => !installed.has(sameText(patch)));
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name);
  const text = `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
  report("patches", plan.schedule.makespan, machine, `${text} of ${machine} is pending and never installed`);
}

/** A VM that is left alone may be moved, or go down with a host that is patched; a host not even that. */
function checkLeftAlone({ plan, report }: Play, untouched: ReadonlyMap<string, string>): void {
  const targets = new Map(plan.stages.map(({ id, target }) => [id, target]));
  const byTarget = listBy(plan.steps, ({ act }) => actTarget(act));
  for (const [machine, why] of untouched)
    for (const step of byTarget.get(machine) ?? []) {
      const { act } = step;
      const withHost = (act.do === "stop-vm" || act.do === "start-vm") && targets.get(step.stage) !== machine;
      if (act.do === "migrate" || withHost) continue;
      report("untouched", step.start, machine, `${told(step)}: ${machine} is to be left alone (${why})`);
    }
}
