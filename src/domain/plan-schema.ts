import { z } from "zod";
import { Act, Patch } from "./act.ts";
import { Outage, Plan, PlanEdge, Reason, Stage, Step, Undo } from "./plan.ts";
import { Downtime, Estimate, Schedule, WindowSpan } from "./schedule.ts";

/** Parts that the schema names, so that readers find them once and by name. */
const parts = { Act, Patch, Outage, Reason, PlanEdge, Stage, Step, Undo, Downtime, Estimate, Schedule, WindowSpan };

/** The JSON schema (draft 2020-12) of a plan as `--json` prints it; docs/plan-schema.json is a copy of it. */
export function planJsonSchema(): object {
  const names = z.registry<{ id?: string; title?: string; description?: string }>();
  for (const [id, part] of Object.entries(parts)) names.add(part, { id });
  names.add(Plan, {
    title: "Plan",
    description: "A patch plan of Tuesday. Every field is explained in docs/plan-format.md.",
  });
  return z.toJSONSchema(Plan, { metadata: names, io: "output", target: "draft-2020-12" });
}
