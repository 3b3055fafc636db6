import { type Result, refuse } from "../../src/domain/outcome.ts";
import type { Run } from "../../src/domain/run.ts";
import { answer, approve, type Desk, reject, type SteerVerb, steerRun } from "../../src/run/control.ts";
import { actionIds } from "../../src/slack/views/approval.ts";
import { ApprovalValue, PromptValue, RunValue } from "./value.ts";

type Press = (desk: Desk, user: string, value: string) => Promise<Result<Run>>;

/** What each button does. The value is never trusted: shape here; run, digest, state and person in control. */
export const buttons: Readonly<Record<string, Press>> = {
  [actionIds.approve]: async (desk, user, value) => {
    const parsed = ApprovalValue.safeParse(value);
    return parsed.success ? approve(desk, { user, ...parsed.data }) : unreadable();
  },
  [actionIds.reject]: async (desk, user, value) => {
    const parsed = ApprovalValue.safeParse(value);
    return parsed.success ? reject(desk, { user, run: parsed.data.run }) : unreadable();
  },
  [actionIds.pause]: async (desk, user, value) => steered(desk, user, value, "pause"),
  [actionIds.resume]: async (desk, user, value) => steered(desk, user, value, "resume"),
  [actionIds.abort]: async (desk, user, value) => steered(desk, user, value, "abort"),
  [actionIds.rollBack]: async (desk, user, value) => prompted(desk, user, value, "roll-back"),
  [actionIds.retry]: async (desk, user, value) => prompted(desk, user, value, "retry"),
  [actionIds.stop]: async (desk, user, value) => prompted(desk, user, value, "stop"),
};

async function steered(desk: Desk, user: string, value: string, verb: SteerVerb): Promise<Result<Run>> {
  const parsed = RunValue.safeParse(value);
  return parsed.success ? steerRun(desk, { verb, user, run: parsed.data }) : unreadable();
}

async function prompted(
  desk: Desk,
  user: string,
  value: string,
  chosen: "roll-back" | "retry" | "stop",
): Promise<Result<Run>> {
  const parsed = PromptValue.safeParse(value);
  return parsed.success ? answer(desk, { user, ...parsed.data, answer: chosen }) : unreadable();
}

function unreadable() {
  return refuse("stale-button", "This button is not one of mine, or from another version.", "ask for a new plan");
}
