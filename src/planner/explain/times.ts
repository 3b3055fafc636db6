import type { Plan, Step } from "../../domain/plan.ts";
import { clockWords } from "../../domain/time-words.ts";

export interface Span {
  readonly start: number;
  readonly end: number;
}

export function stepsOf(plan: Plan, stage: string): readonly Step[] {
  return plan.steps.filter((step) => step.stage === stage);
}

/** From the first start to the last end of these steps. */
export function spanOf(steps: readonly Span[]): Span {
  if (steps.length === 0) return { start: 0, end: 0 };
  return {
    start: steps.reduce((least, step) => Math.min(least, step.start), Number.POSITIVE_INFINITY),
    end: steps.reduce((most, step) => Math.max(most, step.end), 0),
  };
}

export function spanWords({ start, end }: Span): string {
  return `${clockWords(start)}-${clockWords(end)}`;
}
