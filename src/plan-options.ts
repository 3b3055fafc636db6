import { parseArgs } from "node:util";
import { z } from "zod";

export const planUsage = `usage: npm run plan -- --inventory FILE [--cluster NAME] [what to print] [more]

what to print (one of):
  --table            stages in order with times, changes, downtime and reasons (default)
  --gantt            machines over time, for a terminal
  --json             the plan as one JSON document (docs/plan-format.md); all else goes to stderr
  --explain "..."    an answer: xen-2 | s014 | why not xen-2 before xen-1 | why is db-1 down | why so long

more:
  --svg FILE         writes the chart as an SVG file as well
  --facts FILE       plans from facts in a file and reaches no machine
  --save-facts FILE  writes the facts that were read, for --facts
  --at-once N        what if N steps ran at once, within policy.pace (runs carry out one at a time)
  --seed N           start of the search for a schedule; the same seed gives the same plan
  --width N          columns (default: the terminal's, else 100)
  --no-color         no colours

ends with 0 and a plan, 1 when the plan is refused, 2 when something is wrong with what was asked`;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

const outputs = ["table", "gantt", "json", "explain"] as const;
export type Output = (typeof outputs)[number];

const Given = z.object({
  inventory: z.string("needed: the path of an inventory, such as docs/examples/try-out.yaml").min(1),
  cluster: z.string().min(1).optional(),
  facts: z.string().min(1).optional(),
  "save-facts": z.string().min(1).optional(),
  svg: z.string().min(1).optional(),
  explain: z.string().optional(),
  seed: z
    .string()
    .regex(/^\d{1,9}$/, "use a whole number such as 1")
    .transform(Number)
    .optional(),
  "at-once": z
    .string()
    .regex(/^\d{1,3}$/, "use a number of steps from 1 to 100, such as 4")
    .transform(Number)
    .pipe(z.number().min(1, "use at least 1 step").max(100, "use at most 100 steps"))
    .optional(),
  width: z
    .string()
    .regex(/^\d+$/, "use a number of columns such as 100")
    .transform(Number)
    .pipe(z.number().min(60, "use at least 60 columns").max(1_000, "use at most 1000 columns"))
    .optional(),
  table: z.boolean().optional(),
  gantt: z.boolean().optional(),
  json: z.boolean().optional(),
  "no-color": z.boolean().optional(),
  help: z.boolean().optional(),
});

export interface PlanOptions {
  readonly inventory: string;
  readonly cluster: string | null;
  readonly facts: string | null;
  readonly saveFacts: string | null;
  readonly svg: string | null;
  readonly output: Output;
  /** What was asked with --explain. */
  readonly question: string;
  readonly seed: number | null;
  /** Steps under way at once; null: one, as runs do. */
  readonly atOnce: number | null;
  readonly width: number | null;
  readonly colour: boolean;
}

export type ReadOptions =
  | { readonly ok: true; readonly options: PlanOptions }
  | { readonly ok: false; readonly help: boolean; readonly problems: readonly string[] };

/** Reads the arguments of `npm run plan`. All problems at once, one sentence each. */
export function readPlanOptions(args: readonly string[]): ReadOptions {
  const raw = parsed(args);
  if (!raw.ok) return { ok: false, help: false, problems: [raw.problem] };
  if (raw.values.help) return { ok: false, help: true, problems: [] };
  const given = Given.safeParse(raw.values);
  const chosen = outputs.filter((one) => raw.values[one] !== undefined);
  const problems = [
    ...(given.error?.issues ?? []).map((issue) => `--${issue.path.join(".")}: ${issue.message}`),
    ...(chosen.length > 1 ? [`${chosen.map((one) => `--${one}`).join(" and ")}: choose one of them`] : []),
    ...(raw.values.facts !== undefined && raw.values["save-facts"] !== undefined
      ? ["--save-facts: there is nothing new to save with --facts"]
      : []),
  ];
  if (problems.length > 0 || !given.success) return { ok: false, help: false, problems };
  const { data } = given;
  return {
    ok: true,
    options: {
      inventory: data.inventory,
      cluster: data.cluster ?? null,
      facts: data.facts ?? null,
      saveFacts: data["save-facts"] ?? null,
      svg: data.svg ?? null,
      output: chosen[0] ?? "table",
      question: data.explain ?? "",
      seed: data.seed ?? null,
      atOnce: data["at-once"] ?? null,
      width: data.width ?? null,
      colour: data["no-color"] !== true,
    },
  };
}

function parsed(args: readonly string[]) {
  const options = {
    inventory: text,
    cluster: text,
    facts: text,
    "save-facts": text,
    svg: text,
    explain: text,
    seed: text,
    "at-once": text,
    width: text,
    table: flag,
    gantt: flag,
    json: flag,
    "no-color": flag,
    help: flag,
  };
  try {
    return { ok: true as const, values: parseArgs({ args: [...args], options }).values };
  } catch (error) {
    const why = error instanceof Error ? (error.message.split(". ")[0] ?? "") : String(error);
    return { ok: false as const, problem: why };
  }
}
