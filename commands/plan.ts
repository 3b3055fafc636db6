import { requestPlan } from "../src/run/control.ts";
import { refusalText } from "../src/slack/views/refusal.ts";
import type { Verb } from "./types.ts";

/** `/patch cluster-a`: asks for a plan. */
export const plan: Verb = {
  verb: "plan",
  usage: "/patch <cluster>",
  does: "reads the cluster and shows a plan: who goes first and why, who is down, how to get back",
  needsCluster: true,
  async handle({ desk, asker }, cluster) {
    const asked = await requestPlan(desk, { cluster, ...asker });
    if (!asked.ok) return refusalText(asked);
    return `:mag: Planning *${cluster}*: reading hosts, VMs and pending patches. The plan card follows in this channel. Nothing is changed.`;
  },
};
