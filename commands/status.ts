import { status as statusOf } from "../src/run/control.ts";
import { context, section } from "../src/slack/views/blocks.ts";
import { escapeKeepingMentions } from "../src/slack/views/plan-card.ts";
import { stateWords } from "../src/slack/views/run-card.ts";
import type { Verb } from "./types.ts";

/** `/patch status [cluster]`: what is going on, from the stored run. */
export const status: Verb = {
  verb: "status",
  usage: "/patch status [cluster]",
  does: "shows the open runs, or the newest run of a cluster, and draws its cards again",
  needsCluster: false,
  async handle({ desk }, cluster) {
    const runs = await statusOf(desk, cluster === "" ? null : cluster);
    if (runs.length === 0)
      return cluster === ""
        ? "Nothing is under way."
        : `*${cluster}* has no runs yet. \`/patch ${cluster}\` asks for a plan.`;
    // The card is drawn from the stored run: asking for the status repairs it if it is stale or gone.
    for (const run of runs) await desk.notify.changed(run.head.id);
    const lines = runs.map(({ head, steps }) => {
      const [mark, words] = stateWords[head.state];
      const all = Object.values(steps);
      const done = all.filter((step) => step.state === "done").length;
      const note = head.note ? ` – ${escapeKeepingMentions(head.note)}` : "";
      return `${mark} *${head.cluster}*: ${words}, ${done} of ${all.length} steps, asked for by <@${head.requestedBy}> (run \`${head.id}\`)${note}`;
    });
    const warning = desk.durable
      ? []
      : [context(":warning: Try-out Redis: nothing survives a restart. Do not patch real hosts with it.")];
    return { text: "Status", blocks: [section(lines.join("\n")), ...warning] };
  },
};
