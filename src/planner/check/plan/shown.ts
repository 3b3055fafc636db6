import type { Act, Patch } from "../../../domain/act.ts";
import { actWords } from "../../../domain/act-words.ts";
import type { Plan, Stage, Step } from "../../../domain/plan.ts";
import { listBy } from "../spans.ts";
import { sameText } from "./known.ts";
import type { PlanReport } from "./report.ts";
import { told } from "./scene.ts";

/** People approve what cards show: titles, targets and patches of a stage must be those of its steps. */
export function checkShown({ stages, steps }: Plan, report: PlanReport): void {
  const byStage = listBy(steps, ({ stage }) => stage);
  for (const stage of stages) checkStage(stage, byStage.get(stage.id) ?? [], report);
  for (const step of steps)
    if (step.title !== actWords(step.act))
      report("shown", step.start, step.id, `${step.id} is shown as "${step.title}", and would ${actWords(step.act)}`);
}

function checkStage(stage: Stage, steps: readonly Step[], report: PlanReport): void {
  // VMs that go down with a host are stopped in its stage, and others move there to make room for its own.
  const emptied = steps.some(({ act }) => act.do === "enter-maintenance" && act.host === stage.target);
  for (const step of steps) {
    const clearsHost = emptied && (step.act.do === "stop-vm" || step.act.do === "migrate");
    if (!clearsHost && !targetsOf(step.act).includes(stage.target))
      report("shown", step.start, stage.id, `${told(step)}: it stands in the stage of ${stage.target}`);
  }
  const shown = stage.patches.map(sameText).sort();
  const done = steps
    .flatMap(({ act }) => (act.do === "patch" ? act.patches : []))
    .map(({ name, from, to, kind }: Patch) => sameText({ name, from, to, kind }))
    .sort();
  if (shown.join() !== done.join())
    report(
      "shown",
      null,
      stage.id,
      `${stage.title} shows ${shown.length} patches, and its steps install ${done.length}, or others`,
    );
}

/** In whose stage a step may stand: what it is about, or the host or VM for whose sake it is done. */
function targetsOf(act: Act): readonly string[] {
  switch (act.do) {
    case "set-switch":
      return [act.pool];
    case "migrate":
      return [act.from];
    case "enter-maintenance":
    case "leave-maintenance":
      return [act.host];
    case "start-vm":
      return [act.vm, act.host];
    case "stop-vm":
    case "snapshot":
    case "revert-snapshot":
    case "remove-snapshot":
      return [act.vm];
    case "patch":
    case "revert-patches":
    case "reboot":
    case "check-health":
      return [act.machine];
    default:
      return act satisfies never;
  }
}
