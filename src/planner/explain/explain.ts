import { done, type Result, refuse } from "../../domain/outcome.ts";
import type { Plan } from "../../domain/plan.ts";
import type { Answer } from "./answer.ts";
import { explainDown } from "./down.ts";
import { explainLength } from "./long.ts";
import { findName, type Named, unknownName } from "./names.ts";
import { explainOrder, type Findings } from "./order.ts";
import { explainStage, explainStep } from "./place.ts";
import { type Question, questionForms, readQuestion } from "./question.ts";

/**
 * Answers a question about a plan from the plan alone: why a step or stage is where it is, why one is not
 * before another, why a machine is down, why it takes so long. Names nobody knows are refused with near ones.
 */
export function explain(plan: Plan, question: string): Result<Answer> {
  const asked = readQuestion(question);
  if (asked.ask === "place" && asked.name === "")
    return refuse("bad-command", "The question is empty.", `ask for example: ${questionForms.join("; ")}`);
  const found = answer(plan, asked);
  return found.ok ? done({ question: question.trim(), ...found.value }) : found;
}

function answer(plan: Plan, asked: Question): Result<Findings> {
  switch (asked.ask) {
    case "long":
      return done(explainLength(plan));
    case "down": {
      const named = findName(plan, asked.name);
      return named ? done(explainDown(plan, named)) : unknownName(plan, asked.name);
    }
    case "place": {
      const named = findName(plan, asked.name);
      return named ? done(explainPlace(plan, named)) : unknownPlace(plan, asked.name);
    }
    case "order":
    case "not-order":
      return answerOrder(plan, asked.first, asked.second, asked.ask === "not-order");
    default:
      return asked satisfies never;
  }
}

function answerOrder(plan: Plan, firstName: string, secondName: string, not: boolean): Result<Findings> {
  const first = findName(plan, firstName);
  if (!first) return unknownName(plan, firstName);
  const second = findName(plan, secondName);
  if (!second) return unknownName(plan, secondName);
  if (first.kind === "bystander") return done(explainBystander(first));
  if (second.kind === "bystander") return done(explainBystander(second));
  if (sameThing(first, second))
    return refuse("bad-command", `${firstName} and ${secondName} are the same.`, "name two different ones");
  return done(explainOrder(plan, first, second, not));
}

function sameThing(first: Named, second: Named): boolean {
  if (first.kind === "step" && second.kind === "step") return first.step.id === second.step.id;
  if (first.kind === "stages" && second.kind === "stages")
    return first.stages.every((stage) => second.stages.includes(stage)) && first.stages.length === second.stages.length;
  return false;
}

function explainPlace(plan: Plan, named: Named): Findings {
  if (named.kind === "bystander") return explainBystander(named);
  if (named.kind === "step") {
    const [stage] = named.stages;
    return stage ? explainStep(plan, named.step, stage) : { lines: [named.step.title], edges: [] };
  }
  const parts = named.stages.map((stage) => explainStage(plan, stage));
  return { lines: parts.flatMap((part) => part.lines), edges: parts.flatMap((part) => part.edges) };
}

function explainBystander(named: Extract<Named, { kind: "bystander" }>): Findings {
  return { lines: [`${named.name} has no place of its own in the order: ${named.why}`], edges: [] };
}

/** A sentence that was not understood is answered with what can be asked, a word with near names. */
function unknownPlace(plan: Plan, name: string): Result<Findings> {
  if (!name.includes(" ")) return unknownName(plan, name);
  return refuse("bad-command", "The question was not understood.", `ask for example: ${questionForms.join("; ")}`);
}
