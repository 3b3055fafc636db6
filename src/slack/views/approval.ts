import type { ActionsBlock } from "@slack/types";
import type { Plan } from "../../domain/plan.ts";
import { planOutages } from "../../domain/plan.ts";
import type { Run } from "../../domain/run.ts";
import { duration, joinFew, plain } from "../text.ts";
import { button } from "./blocks.ts";

/** Action ids of every button. Values are opaque and checked again by the receiver. */
export const actionIds = {
  approve: "run:approve",
  reject: "run:reject",
  pause: "run:pause",
  resume: "run:resume",
  abort: "run:abort",
  rollBack: "prompt:roll-back",
  retry: "prompt:retry",
  stop: "prompt:stop",
} as const;

/** Approve and reject, bound to the digest that is shown above them. */
export function approvalButtons(plan: Plan, run: Run): ActionsBlock {
  const value = `${run.head.id}:${plan.digest}`;
  const outages = planOutages(plan);
  const machines = new Set(outages.map((outage) => outage.machine)).size;
  const longest = Math.max(0, ...outages.map((outage) => outage.seconds));
  const down =
    machines === 0 ? "Nothing goes down." : `${machines} machines go down, the longest for about ${duration(longest)}.`;
  const hosts = plan.stages
    .filter((stage) => stage.layer === "hypervisor" && stage.patches.length > 0)
    .map((stage) => stage.target);
  const what = hosts.length > 0 ? `Hosts: ${joinFew(hosts.map(plain), ", ", 120)}. ` : "";
  return {
    type: "actions",
    block_id: `approval:${run.head.id}:${run.head.approvals.length}`,
    elements: [
      button({
        id: actionIds.approve,
        label: "Approve",
        style: "primary",
        value,
        confirm: {
          title: `Patch ${plan.cluster}?`,
          text: `${what}${down} It takes about ${duration(plan.seconds)} and starts ${begins(plan)} when nothing has changed.`,
          yes: "Approve and start",
        },
      }),
      button({
        id: actionIds.reject,
        label: "Reject",
        style: "danger",
        value,
        confirm: {
          title: "Reject this plan?",
          text: "Nothing will be done. Another plan can be asked for at any time.",
          yes: "Reject",
        },
      }),
    ],
  };
}

function begins({ schedule: { windows } }: Plan): string {
  const [first] = windows;
  return first ? `in the window ${plain(first.text)}` : "at once";
}
