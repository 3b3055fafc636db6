import type { KnownBlock } from "@slack/types";
import type { Plan } from "../../domain/plan.ts";
import type { Prompt, Run } from "../../domain/run.ts";
import { cut, moment, plain } from "../text.ts";
import { actionIds } from "./approval.ts";
import { button, context, lines, section, type View } from "./blocks.ts";
import { simulatedNote } from "./plan-card.ts";

/** The rollback prompt: what failed, what going back does and loses, what happens if nobody answers. */
export function promptCard(run: Run, prompt: Prompt, operators: string, plan: Plan): View {
  const { trouble } = prompt;
  return {
    text: cut(`${run.head.cluster} needs an answer: ${plain(trouble.message)}`, 300),
    blocks: [
      section(`:rotating_light: *${plain(run.head.cluster)} needs an answer* – ${operators}`),
      ...(plan.simulated ? [context(simulatedNote(plan))] : []),
      section(`*What failed*\n${plain(cut(trouble.message, 1500))}\n→ ${plain(cut(trouble.next, 800))}`),
      ...rollBackBlocks(prompt),
      section(`*If nobody answers*\n${silence(run, prompt)}`),
      { type: "actions", block_id: `prompt:${prompt.id}`, elements: buttons(run, prompt) },
      context(`run \`${run.head.id}\` · step \`${prompt.step}\` · asked ${moment(prompt.askedAt)}`),
    ],
  };
}

/** The same message once it is answered or over: no live buttons are left behind. */
export function promptClosed(run: Run): View {
  return {
    text: `${run.head.cluster}: this question is closed`,
    blocks: [section(":white_check_mark: This question is closed."), context("the thread says by whom and how")],
  };
}

function rollBackBlocks(prompt: Prompt): readonly KnownBlock[] {
  if (!prompt.rollBack) {
    return [section(`*No automatic way back*\n${plain(cut(prompt.noRollBack ?? "", 1500))}`)];
  }
  const loses = prompt.rollBack.loses.length > 0 ? prompt.rollBack.loses.join("; ") : "nothing";
  return lines("Rolling back would", [
    ...prompt.rollBack.does.map((act) => `• ${plain(act)}`),
    `_and lose:_ ${plain(loses)}`,
  ]);
}

function silence(run: Run, prompt: Prompt): string {
  const held = `${plain(run.head.cluster)} stays locked, nothing goes on, nothing is undone.`;
  if (prompt.held) return `:hourglass_flowing_sand: Nobody did. The run holds: ${held} The buttons still work.`;
  return `At ${moment(prompt.deadline)} the run holds: ${held}`;
}

function buttons(run: Run, prompt: Prompt) {
  const value = `${run.head.id}:${prompt.id}`;
  const rollBack = button({
    id: actionIds.rollBack,
    label: "Roll back",
    style: "danger",
    value,
    confirm: {
      title: "Roll back?",
      text: plain(
        `This would ${prompt.rollBack?.does.join(", ") ?? ""}. It loses: ${prompt.rollBack?.loses.join("; ") || "nothing"}.`,
      ),
      yes: "Roll back",
    },
  });
  const retry = button({ id: actionIds.retry, label: "Retry", value });
  const stop = button({
    id: actionIds.stop,
    label: "Leave as is and stop",
    value,
    confirm: {
      title: "Leave it and stop?",
      text: `${plain(cut(prompt.trouble.where, 80))} is left exactly as it is, for a person. Everything else that was switched off is put back, and the run ends.`,
      yes: "Leave and stop",
    },
  });
  return prompt.rollBack ? [rollBack, retry, stop] : [retry, stop];
}
