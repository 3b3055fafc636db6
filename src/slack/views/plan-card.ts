import type { KnownBlock, TableBlock } from "@slack/types";
import { count } from "../../domain/act-words.ts";
import { layers, type Plan, planOutages, type Reason, type Stage } from "../../domain/plan.ts";
import { isEnded, type Run } from "../../domain/run.ts";
import { cut, duration, joinFew, moment, pack, plain } from "../text.ts";
import { approvalButtons } from "./approval.ts";
import { context, fields, header, lines, section, sectionsPerList, type View } from "./blocks.ts";

/** What the card must know beyond plan and run. */
export interface CardSettings {
  readonly approvalsNeeded: number;
  /** Team that may approve, as a mention or a name. */
  readonly approvers: string;
  /** Render `plan` and `table` blocks; off for clients that do not know them. */
  readonly richBlocks: boolean;
}

/** The plan as it is put before approvers: what, in which order and why, who is down, how to get back. */
export function planCard(plan: Plan, run: Run, settings: CardSettings): View {
  const title = `Patch plan for ${plan.cluster}`;
  return {
    text: `${title}: ${summaryText(plan)}`,
    blocks: [
      header(title),
      ...(plan.simulated ? [context(simulatedNote(plan))] : []),
      fields(facts(plan, run, settings)),
      context(...timeLines(plan)),
      ...lines("Who goes first, and why", orderLines(plan), inThread),
      ...downtimeBlocks(plan, settings.richBlocks),
      ...lines("Backing out", backOutLines(plan), inThread),
      ...lines("Decisions", decisionLines(plan), inThread),
      ...untouchedBlocks(plan),
      ...approvalBlocks(plan, run, settings),
    ],
  };
}

const inThread = " in the thread";

/** Lists of the card that it had to shorten, whole: the thread has them in full. */
export function shortenedLists(plan: Plan): readonly (readonly [heading: string, lines: readonly string[]])[] {
  const long = (heading: string, texts: readonly string[]) => pack([`*${heading}*`, ...texts]).length > sectionsPerList;
  const stays = plan.noDowntime.map((one) => `${plain(one.machine)} (${plain(one.why)})`);
  const alone = plan.untouched.map((one) => `${plain(one.machine)} (${plain(one.why)})`);
  const lists = [
    ["Who is down, when, how long, why", outageLines(plan)],
    ["Decisions", decisionLines(plan)],
  ] as const;
  const joined = [
    ["No downtime", stays],
    ["Left alone", alone],
  ] as const;
  return [
    ...lists.filter(([heading, texts]) => long(heading, texts)),
    ...joined.filter(([, items]) => items.join(", ").length > joinedMax),
  ];
}

function decisionLines(plan: Plan): readonly string[] {
  return plan.decisions.map((reason) => `• ${plain(reason.text)} ${ruleTag(reason)}`);
}

export function simulatedNote(plan: Plan): string {
  return `:test_tube: *Simulated estate* – no real machine is touched. Its clock runs ${plan.clockRate} times as fast as yours.`;
}

function summaryText(plan: Plan): string {
  const machines = plan.stages.filter((stage) => stage.patches.length > 0).length;
  return `${count(patchCount(plan), "patch", "patches")} on ${count(machines, "machine", "machines")}, about ${duration(plan.seconds)}`;
}

function patchCount(plan: Plan): number {
  return plan.stages.reduce((sum, stage) => sum + stage.patches.length, 0);
}

function facts(plan: Plan, run: Run, settings: CardSettings): readonly string[] {
  const machines = plan.stages.filter((stage) => stage.patches.length > 0);
  const security = machines.flatMap((stage) => stage.patches).filter((patch) => patch.kind === "security").length;
  const down = new Set(planOutages(plan).map((outage) => outage.machine)).size;
  const used = layers.filter((layer) => machines.some((stage) => stage.layer === layer));
  return [
    `*What*\n${count(patchCount(plan), "patch", "patches")} (${security} security) on ${count(machines.length, "machine", "machines")}`,
    `*Layers*\n${used.join(" → ")}`,
    `*Total time*\nabout ${duration(plan.seconds)}, ${count(plan.steps.length, "step", "steps")}`,
    `*Downtime*\n${down === 0 ? "none" : count(down, "machine goes down", "machines go down")}, ${plan.noDowntime.length} stay up`,
    `*Asked for by*\n<@${run.head.requestedBy}>`,
    `*Approval by*\n${settings.approvalsNeeded} of ${settings.approvers}, not the requester`,
  ];
}

/** Windows named on a card before the rest is counted. */
const windowsShown = 4;

/** How long, how near to the least possible, and when: in one line, two with windows. */
function timeLines({ schedule: { makespan, lowerBound, binding, windows } }: Plan): readonly string[] {
  const bound =
    lowerBound > 0 ? `; no plan takes less than ${duration(lowerBound)} (${plain(cut(binding.text, 300))})` : "";
  const names = joinFew(
    windows.slice(0, windowsShown).map(({ text }) => plain(text)),
    "; ",
    600,
  );
  const more = windows.length > windowsShown ? ` and ${windows.length - windowsShown} more` : "";
  return [
    `:stopwatch: Takes about ${duration(makespan)}${bound}`,
    ...(windows.length > 0 ? [`:calendar: Steps begin only in: ${names}${more}`] : []),
  ];
}

/** Reasons a card has room for; all of them are in the thread. */
const reasonsShown = 2;

function orderLines(plan: Plan): readonly string[] {
  return plan.stages.map((stage, i) => {
    const shown = stage.reasons.slice(0, reasonsShown).map((reason) => `${plain(reason.text)} ${ruleTag(reason)}`);
    const hidden = stage.reasons.length - shown.length;
    const left = hidden > 0 ? ` · ${hidden} more in the thread` : "";
    return `*${i + 1}. ${plain(stage.title)}*${patchesShort(stage)}\n      ${shown.join("; ")}${left}`;
  });
}

function patchesShort(stage: Stage): string {
  const [first] = stage.patches;
  if (!first) return "";
  const more = stage.patches.length > 1 ? ` +${stage.patches.length - 1}` : "";
  return ` \`${plain(first.name)} ${plain(versionChange(first))}\`${more}`;
}

export function versionChange(patch: { readonly from: string; readonly to: string }): string {
  return patch.from === "" ? `new ${patch.to}` : `${patch.from} → ${patch.to}`;
}

export function ruleTag(reason: Reason): string {
  return `_[${plain(reason.rule)}, ${reason.strength}]_`;
}

interface OutageRow {
  readonly machine: string;
  readonly at: string;
  readonly seconds: string;
  readonly why: string;
}

/** Outages with the time into the run at which they begin. */
function outageRows(plan: Plan): readonly OutageRow[] {
  return plan.steps.flatMap((step) =>
    step.outages.map((outage) => ({
      machine: outage.machine,
      at: `+${duration(step.start)}`,
      seconds: duration(outage.seconds),
      why: outage.why,
    })),
  );
}

function downtimeBlocks(plan: Plan, rich: boolean): readonly KnownBlock[] {
  const rows = outageRows(plan);
  const stays = joinFew(
    plan.noDowntime.map((one) => `${plain(one.machine)} (${plain(one.why)})`),
    ", ",
    joinedMax,
    inThread,
  );
  const up = stays === "" ? [] : [context(`:large_green_circle: *No downtime:* ${stays}`)];
  if (rows.length === 0) return [section("*Who is down*\nNobody."), ...up];
  if (!rich || rows.length > 90) {
    return [...lines("Who is down, when, how long, why", outageLines(plan), inThread), ...up];
  }
  const cell = (text: string) => ({ type: "raw_text" as const, text: cut(text, 200) || "–" });
  const table: TableBlock = {
    type: "table",
    column_settings: [{ is_wrapped: false }, { align: "right" }, { align: "right" }, { is_wrapped: true }],
    rows: [
      [cell("Down"), cell("Starts"), cell("About"), cell("Why")],
      ...rows.map((row) => [cell(row.machine), cell(row.at), cell(row.seconds), cell(row.why)]),
    ],
  };
  return [section("*Who is down, when, how long, why*"), table, ...up];
}

function outageLines(plan: Plan): readonly string[] {
  return outageRows(plan).map(
    (row) => `• *${plain(row.machine)}* at ${row.at}, about ${row.seconds} – ${plain(row.why)}`,
  );
}

/** Room for a list that stands in one line, in characters. */
const joinedMax = 1_800;

/** Stages with the same way back share a line. */
function backOutLines(plan: Plan): readonly string[] {
  const byText = new Map<string, { possible: boolean; targets: string[] }>();
  for (const stage of plan.stages.filter((one) => one.patches.length > 0)) {
    const text = stage.backOut.text.replaceAll(stage.target, "it");
    const known = byText.get(text) ?? { possible: stage.backOut.possible, targets: [] };
    known.targets.push(stage.target);
    byText.set(text, known);
  }
  return [...byText].map(([text, { possible, targets }]) => {
    const mark = possible ? ":rewind:" : ":no_entry:";
    const who = joinFew(targets.map(plain), ", ", 600);
    return `${mark} *${who}*: ${possible ? "" : "no automatic way back. "}${plain(text)}`;
  });
}

function untouchedBlocks(plan: Plan): readonly KnownBlock[] {
  if (plan.untouched.length === 0) return [];
  const alone = plan.untouched.map((one) => `${plain(one.machine)} (${plain(one.why)})`);
  return [context(`*Left alone:* ${joinFew(alone, ", ", joinedMax, inThread)}`)];
}

function approvalBlocks(plan: Plan, run: Run, settings: CardSettings): readonly KnownBlock[] {
  const identity = `Plan \`${plan.digest.slice(0, 12)}\` · run \`${run.head.id}\` · estimates: ${plan.estimateSources.map(plain).join(", ")}`;
  return [{ type: "divider" }, ...stateBlocks(plan, run, settings), context(identity)];
}

function stateBlocks(plan: Plan, run: Run, settings: CardSettings): readonly KnownBlock[] {
  const { head } = run;
  const approved = head.approvals.map((one) => `<@${one.user}> ${moment(one.at)}`).join(", ");
  if (head.state === "draft") {
    const so =
      head.approvals.length > 0
        ? [context(`:white_check_mark: ${head.approvals.length} of ${settings.approvalsNeeded}: ${approved}`)]
        : [];
    return [...so, approvalButtons(plan, run)];
  }
  if (head.state === "checking")
    return [
      section(`:hourglass_flowing_sand: Approved by ${approved}. Reading the facts again before anything is done…`),
    ];
  if (head.state === "queued")
    return [section(`:white_check_mark: Approved by ${approved}. Waiting for the cluster to be free.`)];
  if (!isEnded(head.state) || head.startedAt !== null)
    return [section(`:white_check_mark: Approved by ${approved}. The run card below tells the rest.`)];
  return [
    section(
      `${closedMark[head.state] ?? ":no_entry:"} ${escapeKeepingMentions(head.note || head.state)} ${head.endedAt ? moment(head.endedAt) : ""}`,
    ),
  ];
}

const closedMark: Readonly<Record<string, string>> = {
  superseded: ":arrows_counterclockwise:",
  expired: ":hourglass_flowing_sand:",
  rejected: ":x:",
  aborted: ":octagonal_sign:",
};

/** Notes are our own sentences with `<@U…>` mentions; everything else in them is escaped. */
export function escapeKeepingMentions(text: string): string {
  return plain(text).replace(/&lt;@([UW][A-Z0-9]+)&gt;/g, "<@$1>");
}
