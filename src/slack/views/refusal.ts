import type { Refusal } from "../../domain/outcome.ts";
import { isEnded, type Run } from "../../domain/run.ts";
import { cut, plain } from "../text.ts";
import { context, header, lines, section, type View } from "./blocks.ts";
import { escapeKeepingMentions } from "./plan-card.ts";

/** The one place where a refusal becomes words for a person: what, where, what to do next. */
export function refusalText(refusal: Pick<Refusal, "message" | "next">): string {
  return `:no_entry: ${escapeKeepingMentions(refusal.message)}\n→ ${escapeKeepingMentions(refusal.next)}`;
}

/** A request that could not become a plan, with every blocker. */
export function refusalCard(run: Run): View {
  const refusal = run.head.refusal;
  const text = `${run.head.cluster} cannot be patched now: ${cut(plain(refusal?.message ?? "no reason recorded"), 300)}`;
  const blockers = refusal?.blockers ?? [];
  const [only] = blockers;
  const where = only && blockers.length === 1 ? `*${plain(only.where)}*: ` : "";
  const all = blockers.map((one) => `• *${plain(one.where)}*: ${plain(one.message)}\n   → ${plain(one.next)}`);
  return {
    text,
    blocks: [
      header(`No plan for ${run.head.cluster}`),
      section(`:no_entry: ${where}${plain(refusal?.message ?? "")}\n→ ${plain(refusal?.next ?? "")}`),
      ...(blockers.length > 1 ? lines("What stands in the way", all) : []),
      context(`Asked for by <@${run.head.requestedBy}> · run \`${run.head.id}\` · nothing was changed`),
    ],
  };
}

/** In the place of a plan card whose plan nobody can read any more. */
export function oldPlanCard(run: Run): View {
  const { cluster, id } = run.head;
  const text = `The plan of ${cluster} is missing or was made by an older Tuesday: ask for a new plan.`;
  const next = isEnded(run.head.state)
    ? `\`/patch ${cluster}\` asks for a new plan`
    : `\`/patch abort ${cluster}\` ends this run; then ask for a new plan`;
  return { text, blocks: [section(`:no_entry: ${text}\n→ ${next}`), context(`run \`${id}\``)] };
}
