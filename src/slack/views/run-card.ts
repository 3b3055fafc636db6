import type { ActionsBlock, KnownBlock, PlanBlock, TaskCardBlock } from "@slack/types";
import type { Plan, Stage, Step } from "../../domain/plan.ts";
import { isEnded, type Run, type RunState } from "../../domain/run.ts";
import { cut, duration, joinFew, moment, plain, slackLimits } from "../text.ts";
import { actionIds } from "./approval.ts";
import { button, context, header, lines, richLines, section, type View } from "./blocks.ts";
import { type CardSettings, escapeKeepingMentions, simulatedNote } from "./plan-card.ts";

/** How each state is called and marked on the card. */
export const stateWords: Readonly<Record<RunState, readonly [mark: string, words: string]>> = {
  planning: [":mag:", "planning"],
  draft: [":memo:", "waiting for approval"],
  checking: [":mag:", "checking the facts"],
  queued: [":hourglass_flowing_sand:", "waiting for the cluster"],
  running: [":arrows_counterclockwise:", "running"],
  paused: [":pause_button:", "paused"],
  asking: [":rotating_light:", "needs an answer"],
  "backing-out": [":rewind:", "rolling back"],
  restoring: [":wrench:", "putting things back"],
  done: [":white_check_mark:", "done"],
  stopped: [":octagonal_sign:", "stopped"],
  "rolled-back": [":rewind:", "rolled back"],
  aborted: [":octagonal_sign:", "aborted"],
  rejected: [":x:", "rejected"],
  expired: [":hourglass_flowing_sand:", "expired"],
  superseded: [":arrows_counterclockwise:", "superseded"],
  refused: [":no_entry:", "refused"],
};

/** The one card of a run, drawn from the stored run every time. */
export function runCard(plan: Plan, run: Run, settings: Pick<CardSettings, "richBlocks">): View {
  const { head } = run;
  const [mark, words] = stateWords[head.state];
  const done = plan.steps.filter((step) => run.steps[step.id]?.state === "done").length;
  const approvers = head.approvals.map((one) => `<@${one.user}>`).join(", ");
  return {
    text: `${plan.cluster}: ${words}, ${done} of ${plan.steps.length} steps done`,
    blocks: [
      header(`Patching ${plan.cluster}`),
      ...(plan.simulated ? [context(simulatedNote(plan))] : []),
      section(
        `${mark} *${words}* – ${done} of ${plan.steps.length} steps, ${progressBar(done, plan.steps.length)}${nowLine(plan, run)}`,
      ),
      ...(settings.richBlocks && plan.stages.length > 0
        ? [planBlock(plan, run)]
        : lines("Stages", stageLines(plan, run))),
      ...windowBlocks(plan, run),
      ...ledgerBlocks(run),
      ...controls(run),
      context(
        `Asked for by <@${head.requestedBy}> · approved by ${approvers} · ${cut(`plan \`${plan.digest.slice(0, 12)}\``, 40)} · run \`${head.id}\``,
        head.startedAt
          ? `started ${moment(head.startedAt)}${head.endedAt ? `, ended ${moment(head.endedAt)}` : ""}`
          : "not started",
      ),
    ],
  };
}

/** A run that stands still at night may just wait for its next window. */
function windowBlocks({ schedule: { windows } }: Plan, run: Run): readonly KnownBlock[] {
  if (windows.length === 0 || isEnded(run.head.state)) return [];
  const names = joinFew(
    windows.map(({ text }) => plain(text)),
    "; ",
    1_000,
  );
  return [context(`:calendar: Steps begin only in: ${names}`)];
}

function progressBar(done: number, all: number): string {
  const filled = all === 0 ? 0 : Math.round((done / all) * 12);
  return `\`${"█".repeat(filled)}${"░".repeat(12 - filled)}\``;
}

function nowLine(plan: Plan, run: Run): string {
  const step = plan.steps.find((one) => ["intended", "acting"].includes(run.steps[one.id]?.state ?? ""));
  const undo = run.head.undo.find((one) => ["intended", "acting"].includes(one.record.state));
  const lines = [
    ...(step && run.head.state === "running" ? [`Now: ${plain(step.title)}`] : []),
    ...(undo ? ["Now putting back"] : []),
    ...(run.head.note ? [escapeKeepingMentions(run.head.note)] : []),
  ];
  return lines.length === 0 ? "" : `\n${lines.join("\n")}`;
}

type TaskStatus = TaskCardBlock["status"];

function stageStatus(plan: Plan, stage: Stage, run: Run): TaskStatus {
  const states = plan.steps
    .filter((step) => step.stage === stage.id)
    .map((step) => run.steps[step.id]?.state ?? "pending");
  if (states.includes("failed")) return "error";
  if (states.every((state) => state === "done")) return "complete";
  return states.every((state) => state === "pending") ? "pending" : "in_progress";
}

/** Stages that one card shows, and how many of them may be over already: a card is read on a phone. */
const tasksShown = 40;
const tasksBefore = 10;

function planBlock(plan: Plan, run: Run): PlanBlock {
  const now = plan.stages.findIndex((stage) => stageStatus(plan, stage, run) !== "complete");
  const last = Math.max(0, plan.stages.length - tasksShown);
  const from = Math.min(last, Math.max(0, (now < 0 ? plan.stages.length : now) - tasksBefore));
  const shown = plan.stages.slice(from, from + tasksShown);
  const left = plan.stages.length - shown.length;
  const window = left > 0 ? `: ${from + 1} to ${from + shown.length} here … and ${left} more` : "";
  return {
    type: "plan",
    title: cut(`${plan.stages.length} stages, about ${duration(plan.seconds)}${window}`, slackLimits.taskTitle),
    tasks: shown.map((stage) => {
      const steps = plan.steps.filter((step) => step.stage === stage.id);
      const task: TaskCardBlock = {
        type: "task_card",
        task_id: stage.id,
        title: cut(stage.title + versions(stage), slackLimits.taskTitle),
        status: stageStatus(plan, stage, run),
        ...(steps.length > 0 ? { details: richLines(stepLines(run, steps)) } : {}),
      };
      return task;
    }),
  };
}

function stepLines(run: Run, steps: readonly Step[]): readonly string[] {
  const lines = steps.map((step) => cut(`${stepMark(run, step)} ${stepWords(run, step)}`, 300));
  return lines.length <= 30 ? lines : [...lines.slice(0, 30), `… and ${lines.length - 30} more`];
}

function versions(stage: Stage): string {
  const [first] = stage.patches;
  if (!first) return "";
  const more = stage.patches.length > 1 ? ` and ${stage.patches.length - 1} more` : "";
  return ` – ${first.name} ${first.to}${more}`;
}

const stepMarks: Readonly<Record<string, string>> = {
  pending: "○",
  intended: "◐",
  acting: "◐",
  done: "●",
  failed: "✕",
  skipped: "–",
};

function stepMark(run: Run, step: Step): string {
  return stepMarks[run.steps[step.id]?.state ?? "pending"] ?? "○";
}

/** What is to be done, or what was read back once it is. */
function stepWords(run: Run, step: Step): string {
  const record = run.steps[step.id];
  if (record?.state === "failed" && record.trouble) return `${step.title}: ${record.trouble.message}`;
  return record?.outcome?.summary ?? step.title;
}

const statusMarks: Readonly<Record<TaskStatus, string>> = {
  pending: ":white_circle:",
  in_progress: ":arrows_counterclockwise:",
  complete: ":white_check_mark:",
  error: ":x:",
};

function stageLines(plan: Plan, run: Run): readonly string[] {
  return plan.stages.map(
    (stage) => `${statusMarks[stageStatus(plan, stage, run)]} ${plain(stage.title + versions(stage))}`,
  );
}

/** What is switched off right now, or was left for a person: never out of sight. */
function ledgerBlocks(run: Run): readonly KnownBlock[] {
  const open = run.ledger.filter((entry) => entry.state === "open" && entry.undo.kind === "switch");
  const handed = run.ledger.filter((entry) => entry.state === "handed-over");
  return [
    ...(open.length > 0
      ? [
          context(
            `:lock: *To be put back:* ${joinFew(
              open.map((entry) => plain(entry.undo.text)),
              "; ",
              1_800,
            )}`,
          ),
        ]
      : []),
    ...(handed.length > 0
      ? lines(
          ":warning: Left for a person:",
          handed.map((entry) => `• ${plain(entry.undo.text)} (not done: ${plain(entry.note ?? "")})`),
        )
      : []),
  ];
}

function controls(run: Run): readonly ActionsBlock[] {
  const { head } = run;
  if (isEnded(head.state) || head.abortWanted || ["backing-out", "restoring"].includes(head.state)) return [];
  const value = head.id;
  const pausing = head.state === "paused" || head.pauseWanted;
  const pause = pausing
    ? button({ id: actionIds.resume, label: "Resume", style: "primary", value })
    : button({ id: actionIds.pause, label: "Pause", value });
  const abort = button({
    id: actionIds.abort,
    label: "Abort",
    style: "danger",
    value,
    confirm: {
      title: `Abort ${head.cluster}?`,
      text: "The step under way is watched to its end. Then everything that was switched off is put back, and the run stops. Patches that are installed stay.",
      yes: "Abort",
    },
  });
  const elements = head.state === "asking" ? [abort] : [pause, abort];
  return [{ type: "actions", block_id: `controls:${head.id}:${pausing ? "paused" : "going"}`, elements }];
}
