import { nothingPending, type Plan, planOutages } from "../../domain/plan.ts";
import type { Run, StepRecord } from "../../domain/run.ts";
import { duration, plain } from "../text.ts";
import { header, lines, section, type View } from "./blocks.ts";
import { escapeKeepingMentions, versionChange } from "./plan-card.ts";
import { stateWords } from "./run-card.ts";

/** The end of a run: what changed, downtime predicted against measured, what is left for people. */
export function summary(plan: Plan, run: Run): View {
  const { head } = run;
  const [mark, words] = stateWords[head.state];
  const took = head.startedAt && head.endedAt ? ((head.endedAt - head.startedAt) / 1000) * plan.clockRate : 0;
  const note = head.note ? `\n${escapeKeepingMentions(head.note)}` : "";
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ["Changed", changeLines(plan, run)],
    ["Downtime, predicted and measured", downtimeLines(plan, run)],
    ["Put back", putBackLines(run)],
    ["Left undone", undoneLines(plan, run)],
  ];
  return {
    text: `${plan.cluster}: ${words}`,
    blocks: [
      header(`${plan.cluster}: ${words}`),
      section(
        `${mark} <@${head.requestedBy}> took ${duration(took)} of about ${duration(plan.seconds)} predicted${plan.simulated ? " (simulated clock)" : ""}.${note}`,
      ),
      ...sections.flatMap(([title, texts]) => (texts.length > 0 ? lines(title, texts) : [])),
    ],
  };
}

/** Versions read back from the machines. Rolled-back changes are shown as such. */
function changeLines(plan: Plan, run: Run): readonly string[] {
  const undone = new Set(
    run.ledger.filter((entry) => entry.undo.kind === "change" && entry.state === "put-back").map((entry) => entry.step),
  );
  const changed = plan.steps.flatMap((step) => {
    const outcome = run.steps[step.id]?.outcome;
    if (step.act.do !== "patch" || !outcome || outcome.changes.length === 0) return [];
    const shown = outcome.changes
      .slice(0, 4)
      .map((change) => `\`${plain(change.name)}\` ${plain(versionChange(change))}`);
    const more = outcome.changes.length > 4 ? ` and ${outcome.changes.length - 4} more` : "";
    const back = undone.has(step.id) ? " – :rewind: rolled back" : "";
    return [`• *${plain(step.act.machine)}*: ${shown.join(", ")}${more}${back}`];
  });
  return changed.length > 0 ? changed : ["nothing"];
}

/**
 * Outages predicted and measured, machine by machine. A hypervisor that reboots empty is nobody's downtime;
 * the pauses of live migrations are told apart.
 */
function downtimeLines(plan: Plan, run: Run): readonly string[] {
  const predicted = sums(planOutages(plan));
  const emptied = new Set(plan.stages.filter((stage) => stage.layer === "hypervisor").map((stage) => stage.target));
  const moves = plan.steps.filter((step) => step.act.do === "migrate").map((step) => run.steps[step.id]);
  const others = plan.steps.filter((step) => step.act.do !== "migrate").map((step) => run.steps[step.id]);
  const measured = sums(
    downtimesOf([...others, ...run.head.undo.map((one) => one.record)]).filter((one) => !emptied.has(one.machine)),
  );
  const pauses = [...sums(downtimesOf(moves))].map(([machine, seconds]) => `${plain(machine)} ${precise(seconds)}`);
  const machines = [...new Set([...predicted.keys(), ...measured.keys()])].sort();
  const down = machines.flatMap((machine) => {
    const was = measured.get(machine);
    const said = predicted.get(machine);
    // What did not happen because the run ended early is neither right nor wrong.
    if (was === undefined && run.head.state !== "done") return [];
    const promise = said === undefined ? "none predicted" : `about ${duration(said)} predicted`;
    return [`• *${plain(machine)}*: ${promise}, ${was === undefined ? "none" : precise(was)} measured`];
  });
  return [...down, ...(pauses.length > 0 ? [`• paused by live migration, in all: ${pauses.join(", ")}`] : [])];
}

function downtimesOf(records: readonly (StepRecord | undefined)[]) {
  return records.flatMap((record) => record?.outcome?.downtimes ?? []);
}

function precise(seconds: number): string {
  return seconds < 10 ? `${Math.round(seconds * 10) / 10} s` : duration(seconds);
}

function sums(outages: readonly { readonly machine: string; readonly seconds: number }[]): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const { machine, seconds } of outages) total.set(machine, (total.get(machine) ?? 0) + seconds);
  return total;
}

function putBackLines(run: Run): readonly string[] {
  const back = run.ledger.filter((entry) => entry.undo.kind === "switch" && entry.state === "put-back").length;
  const handed = run.ledger.filter((entry) => entry.state === "handed-over");
  const switches = run.ledger.filter((entry) => entry.undo.kind === "switch").length;
  if (switches === 0 && handed.length === 0) return [];
  return [
    `:white_check_mark: ${back} of ${switches} switches are back as they were`,
    ...handed.map(
      (entry) =>
        `:warning: *${plain(entry.target)}* is left for a person: ${plain(entry.undo.text)} – ${plain(entry.note ?? "")}`,
    ),
  ];
}

function undoneLines(plan: Plan, run: Run): readonly string[] {
  const notDone = plan.stages.filter(
    (stage) =>
      stage.patches.length > 0 &&
      plan.steps.some((step) => step.stage === stage.id && run.steps[step.id]?.state !== "done"),
  );
  const leftovers = Object.values(run.steps).flatMap((record) => record.outcome?.leftUndone ?? []);
  return [
    ...(notDone.length > 0 ? [`• not (fully) patched: ${notDone.map((stage) => plain(stage.target)).join(", ")}`] : []),
    ...[...new Set(leftovers)].map((one) => `• ${plain(one)}`),
    ...plan.untouched
      .filter((one) => one.why !== nothingPending)
      .map((one) => `• ${plain(one.machine)}: ${plain(one.why)}`),
  ];
}
