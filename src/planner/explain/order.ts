import type { Plan, PlanEdge, Step } from "../../domain/plan.ts";
import { ruleWords } from "../../domain/plan-words.ts";
import { rules } from "../rules/index.ts";
import { edgeLine } from "./answer.ts";
import { few } from "./few.ts";
import { edgePath, stepPath, twinsOf, withoutMeetingPoints } from "./graph.ts";
import { type Named, nameOfStage } from "./names.ts";
import { spanOf, spanWords } from "./times.ts";

export interface Findings {
  readonly lines: readonly string[];
  readonly edges: readonly PlanEdge[];
}

/** The two names of a question about order, without those that have no place in it. */
type Placed = Exclude<Named, { kind: "bystander" }>;

/** `apart`: never at once, in either order. `free`: nothing speaks against the other order. */
interface Why extends Findings {
  readonly kind: "fixed" | "apart" | "free";
}

/** Reasons about moves that are shown; all of them are in the stage's own answer. */
const reasonsShown = 3;

/**
 * Why `first` is before `second`. With `not` the question was why it is not. The plan as it is decides which
 * of the two stands earlier; the answer always explains that order.
 */
export function explainOrder(plan: Plan, first: Placed, second: Placed, not: boolean): Findings {
  const [a, b] = [label(first), label(second)];
  const [one, other] = [stepsIn(plan, first), stepsIn(plan, second)];
  const [here, there] = [spanOf(one), spanOf(other)];
  const times = `in this plan: ${a} ${spanWords(here)}, ${b} ${spanWords(there)}`;
  // Rules speak of stages; where one connects the two, it also says which of them is the earlier one.
  const forward = orderedBy(plan, first, second);
  const backward = orderedBy(plan, second, first);
  const earlier = forward || (!backward && here.start < there.start);
  const found = earlier ? whyBefore(plan, first, second) : whyBefore(plan, second, first);
  return { lines: [headline({ a, b, earlier, not, kind: found.kind }), ...found.lines, times], edges: found.edges };
}

function headline(given: {
  readonly a: string;
  readonly b: string;
  readonly earlier: boolean;
  readonly not: boolean;
  readonly kind: Why["kind"];
}): string {
  const { a, b, earlier, not, kind } = given;
  if (earlier) return not ? `${a} is before ${b} already; this is why:` : `${a} is before ${b}:`;
  if (!not) return `It is the other way round, ${b} is before ${a}:`;
  return kind === "fixed" ? `${a} cannot go before ${b}:` : `${a} could go before ${b}:`;
}

function orderedBy(plan: Plan, first: Placed, second: Placed): boolean {
  return edgePath(plan.edges, idsOf(first), idsOf(second)) !== null && !sharesStage(first, second);
}

function sharesStage(first: Placed, second: Placed): boolean {
  return idsOf(first).some((id) => idsOf(second).includes(id));
}

function whyBefore(plan: Plan, first: Placed, second: Placed): Why {
  if (sharesStage(first, second)) return { ...insideStage(plan, first, second), kind: "fixed" };
  const path = edgePath(plan.edges, idsOf(first), idsOf(second));
  if (path) return byRules(plan, path);
  const lines = byRoom(plan, first, second) ?? byWaiting(plan, first, second);
  if (lines) return { lines, edges: [], kind: "fixed" };
  const free = "free choice: no rule orders them; by layer, then pool, then name (T1, Tuesday's default)";
  return { lines: [free], edges: [], kind: "free" };
}

/** The chain of rules. Rules that only keep two machines apart do not care who is first: said so. */
function byRules(plan: Plan, path: readonly PlanEdge[]): Why {
  const nameOf = (id: string) => nameOfStage(plan, id);
  const edges = withoutMeetingPoints(plan, path).flatMap((edge) => [edge, ...twinsOf(plan.edges, edge)]);
  const lines = edges.map((edge) => edgeLine(edge, nameOf));
  if (!edges.every((edge) => onlySeparates(edge.reason.rule))) return { lines, edges, kind: "fixed" };
  const note =
    "the rule keeps them apart; which of them is first is a free choice: by layer, then pool, then name (T1)";
  return { lines: [...lines, note], edges, kind: "apart" };
}

function onlySeparates(id: string): boolean {
  const rule = rules.find((one) => one.id === id);
  return rule?.separates !== undefined && rule.edges === undefined;
}

/** VMs of the later host move to the earlier one, which takes them only while it is in service (and is patched by then). */
function byRoom(plan: Plan, first: Placed, second: Placed): readonly string[] | null {
  const hosts = first.stages.map((stage) => stage.target);
  const moves = stepsIn(plan, second).filter(({ act }) => act.do === "migrate" && hosts.includes(act.to));
  const reasons = second.stages
    .flatMap((stage) => stage.reasons)
    .filter(
      (reason) => reason.strength === "capacity" || hosts.some((host) => reason.text.includes(` moves to ${host}:`)),
    );
  const [move] = moves;
  if (!move) return null;
  const more = moves.length > 1 ? ` and ${moves.length - 1} more` : "";
  return [
    `no rule orders them, room for VMs does: ${move.title} (${move.id})${more} fits only while ${hosts[0]} is in service (capacity)`,
    ...reasons.slice(0, reasonsShown).map((reason) => `${reason.text} ${ruleWords(reason)}`),
  ];
}

/** Steps of one wait for steps of the other. Where steps run one at a time that says nothing: any order waits. */
function byWaiting(plan: Plan, first: Placed, second: Placed): readonly string[] | null {
  if (plan.schedule.stepsAtOnce === 1) return null;
  const path = stepPath(plan, new Set(stepsIn(plan, first).map((step) => step.id)), stepsIn(plan, second));
  const crossing = (path ?? []).findIndex((step, i) => i > 0 && !idsOf(first).includes(step.stage));
  const [awaited, waiting] = [path?.[crossing - 1], path?.[crossing]];
  if (!path || !awaited || !waiting) return null;
  return [
    "no rule orders them, the schedule does (capacity):",
    `${waiting.title} (${waiting.id}) waits for ${awaited.title} (${awaited.id})`,
    ...(path.length > 2 ? [`over ${few(path.map((step) => step.id))}`] : []),
  ];
}

function insideStage(plan: Plan, first: Placed, second: Placed): Findings {
  const from = new Set(first.kind === "step" ? [first.step.id] : []);
  const path = second.kind === "step" ? stepPath(plan, from, [second.step]) : null;
  const stage = first.stages[0];
  const inside = "inside a stage the order is fixed: empty, maintenance, patch, reboot, check, back in service";
  const chain = path && path.length > 1 ? [path.map((step) => `${step.title} (${step.id})`).join(" → ")] : [];
  return { lines: [`both belong to ${stage?.title ?? "one stage"}; ${inside}`, ...chain], edges: [] };
}

function idsOf(named: Placed): readonly string[] {
  return named.stages.map((stage) => stage.id);
}

function stepsIn(plan: Plan, named: Placed): readonly Step[] {
  if (named.kind === "step") return [named.step];
  const ids = idsOf(named);
  return plan.steps.filter((step) => ids.includes(step.stage));
}

function label(named: Placed): string {
  return named.kind === "step" ? `${named.step.id} (${named.step.title})` : named.name;
}
