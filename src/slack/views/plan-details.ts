import type { Plan, Stage } from "../../domain/plan.ts";
import { pack, plain } from "../text.ts";
import { section, type View } from "./blocks.ts";
import { ruleTag, shortenedLists, versionChange } from "./plan-card.ts";

/** Everything the card had no room for: every reason with its source, every patch with its versions, stage by stage. */
export function planDetails(plan: Plan): readonly View[] {
  const texts = [
    ...pack(plan.stages.flatMap((stage, i) => stageLines(stage, i + 1))),
    ...shortenedLists(plan).flatMap(([heading, lines]) => pack([`*${heading}*`, ...lines])),
  ];
  return texts.map((text, i) => ({
    text: `Plan of ${plan.cluster} in full, part ${i + 1} of ${texts.length}`,
    blocks: [section(text)],
  }));
}

function stageLines(stage: Stage, number: number): readonly string[] {
  return [
    `*${number}. ${plain(stage.title)}* (${stage.layer})`,
    ...stage.reasons.map((reason) => `   ${plain(reason.text)} ${ruleTag(reason)} – ${plain(reason.source)}`),
    ...stage.patches.map(
      (patch) => `   • \`${plain(patch.name)}\` ${plain(versionChange(patch))} (${plain(patch.kind)})`,
    ),
    ...(stage.patches.length > 0 ? [`   back-out: ${plain(stage.backOut.text)}`] : []),
  ];
}
