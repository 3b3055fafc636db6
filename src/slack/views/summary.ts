import { actTarget } from "../../domain/act.ts";
import { nothingPending, type Plan, planOutages, type Step } from "../../domain/plan.ts";
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

/** Packages named per group of machines; the plan card's thread has every one. */
const changesShown = 40;

/** Versions read back from the machines; machines with the same changes share a line. Rolled-back ones are marked. */
function changeLines(plan: Plan, run: Run): readonly string[] {
  const undone = new Set(
    run.ledger.filter((entry) => entry.undo.kind === "change" && entry.state === "put-back").map((entry) => entry.step),
  );
  const machines = new Map<string, string[]>();
  for (const step of plan.steps) {
    const changes = run.steps[step.id]?.outcome?.changes ?? [];
    if (step.act.do !== "patch" || changes.length === 0) continue;
    const shown = changes.slice(0, changesShown).map((one) => `\`${plain(one.name)}\` ${plain(versionChange(one))}`);
    const more = changes.length > shown.length ? ` and ${changes.length - shown.length} more` : "";
    const what = `${shown.join(", ")}${more}${undone.has(step.id) ? " – :rewind: rolled back" : ""}`;
    machines.set(what, [...(machines.get(what) ?? []), step.act.machine]);
  }
  const lines = [...machines].map(([what, names]) => `• *${plain(names.join(", "))}*: ${what}`);
  return lines.length > 0 ? lines : ["nothing"];
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
  const leftovers = plan.steps.flatMap((step) =>
    (run.steps[step.id]?.outcome?.leftUndone ?? []).map(
      (one) => `${actTarget(step.act)}: ${one}${rebootedLater(plan, run, step) ? " (said before its reboot)" : ""}`,
    ),
  );
  return [
    ...(notDone.length > 0 ? [`• not (fully) patched: ${notDone.map((stage) => plain(stage.target)).join(", ")}`] : []),
    ...[...new Set(leftovers)].map((one) => `• ${plain(one)}`),
    ...plan.untouched
      .filter((one) => one.why !== nothingPending)
      .map((one) => `• ${plain(one.machine)}: ${plain(one.why)}`),
  ];
}

/** Much of what a step leaves is settled by a reboot of its machine; which of it, only a new look would tell. */
function rebootedLater(plan: Plan, run: Run, step: Step): boolean {
  return plan.steps
    .slice(plan.steps.indexOf(step) + 1)
    .some(
      (one) =>
        one.act.do === "reboot" && actTarget(one.act) === actTarget(step.act) && run.steps[one.id]?.state === "done",
    );
}
