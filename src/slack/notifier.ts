import type { Plan } from "../domain/plan.ts";
import { isEnded, type JournalLine, type Run } from "../domain/run.ts";
import type { MessageRef, Posted, RunReader } from "./ports.ts";
import { type PostingClient, postOrUpdate } from "./post.ts";
import { pack } from "./text.ts";
import { section, type View } from "./views/blocks.ts";
import { type CardSettings, escapeKeepingMentions, planCard } from "./views/plan-card.ts";
import { planDetails } from "./views/plan-details.ts";
import { promptCard, promptClosed } from "./views/prompt.ts";
import { oldPlanCard, refusalCard } from "./views/refusal.ts";
import { runCard } from "./views/run-card.ts";
import { summary } from "./views/summary.ts";

export interface NotifierParts {
  readonly client: PostingClient;
  readonly runs: RunReader;
  readonly posted: Posted;
  /** Settings of a run's cards; the inventory knows the teams. */
  readonly settingsFor: (cluster: string) => CardSettings & { readonly operators: string };
}

/**
 * Brings Slack up to what is stored about a run: plan card, run card, prompts, thread, summary. Level-
 * triggered: it may be called at any time and any number of times; what is already there is left alone.
 */
export async function showRun(parts: NotifierParts, runId: string): Promise<void> {
  const stored = await parts.runs.load(runId);
  if (stored === null) return;
  const { run } = stored;
  if (run.head.state === "refused") {
    await send(parts, run, "refusal", refusalCard(run));
    return;
  }
  const plan = run.head.digest ? await parts.runs.loadPlan(run.head.digest) : null;
  if (plan === null) {
    if (run.head.digest) await send(parts, run, "plan", oldPlanCard(run));
    return;
  }
  const settings = parts.settingsFor(run.head.cluster);
  const planRef = await send(parts, run, "plan", planCard(plan, run, settings));
  for (const [i, view] of planDetails(plan).entries()) {
    await send(parts, run, `plan-details:${i}`, view, { thread: planRef.ts });
  }
  const runRef = run.head.startedAt === null ? null : await send(parts, run, "run", runCard(plan, run, settings));
  const thread = (runRef ?? planRef).ts;
  await showPrompts(parts, run, plan, thread, settings.operators);
  await showLines(parts, run, thread);
  if (runRef && isEnded(run.head.state))
    await send(parts, run, "summary", summary(plan, run), { thread, broadcast: true });
}

function send(
  parts: NotifierParts,
  run: Run,
  key: string,
  view: View,
  to: { readonly thread?: string; readonly broadcast?: boolean } = {},
): Promise<MessageRef> {
  return postOrUpdate(parts.client, parts.posted, {
    runId: run.head.id,
    key,
    channel: run.head.channel,
    view,
    ...(to.thread === undefined ? {} : { threadTs: to.thread }),
    ...(to.broadcast ? { broadcast: true } : {}),
  });
}

/** The open prompt with its buttons; every older one without. */
async function showPrompts(
  parts: NotifierParts,
  run: Run,
  plan: Plan,
  thread: string,
  operators: string,
): Promise<void> {
  const { prompt } = run.head;
  const asked = (await parts.posted.keys(run.head.id)).filter((key) => key.startsWith("prompt:"));
  for (const key of asked.filter((one) => one !== `prompt:${prompt?.id}`)) {
    await send(parts, run, key, promptClosed(run), { thread });
  }
  if (prompt)
    await send(parts, run, `prompt:${prompt.id}`, promptCard(run, prompt, operators, plan), {
      thread,
      broadcast: true,
    });
}

/** New journal lines: quiet ones packed together, loud ones each for itself and in the channel as well. */
async function showLines(parts: NotifierParts, run: Run, thread: string): Promise<void> {
  const cursor = await parts.posted.cursor(run.head.id);
  const entries = await parts.runs.journal(run.head.id, cursor.id);
  for (const batch of batches(entries)) {
    const last = batch.at(-1);
    if (!last) continue;
    const shown = batch.filter((entry) => entry.line.show !== "journal");
    const broadcast = shown.some((entry) => entry.line.show === "broadcast");
    for (const [i, text] of pack(shown.map((entry) => wordsOf(entry.line))).entries()) {
      await send(parts, run, `log:${last.id}:${i}`, { text, blocks: [section(text)] }, { thread, broadcast });
    }
    await parts.posted.setCursor(run.head.id, { id: last.id, at: last.line.at });
  }
}

interface Entry {
  readonly id: string;
  readonly line: JournalLine;
}

/** Lines in order, cut wherever loud and quiet ones meet, at most twenty at a time. */
function batches(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const all: Entry[][] = [];
  for (const entry of entries) {
    const last = all.at(-1);
    const loud = (one: Entry | undefined) => one?.line.show === "broadcast";
    if (last && last.length < 20 && !loud(last.at(-1)) && !loud(entry)) last.push(entry);
    else all.push([entry]);
  }
  return all;
}

function wordsOf(line: JournalLine): string {
  return escapeKeepingMentions(line.text);
}
