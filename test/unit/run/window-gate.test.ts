import { describe, expect, test } from "vitest";
import type { Plan, Step } from "../../../src/domain/plan.ts";
import type { Run } from "../../../src/domain/run.ts";
import type { WindowSpan } from "../../../src/domain/schedule.ts";
import { decide } from "../../../src/run/decide.ts";
import { apply } from "../../../src/run/machine.ts";
import { shutAt, soakUntil } from "../../../src/run/window-gate.ts";
import { afterEvents, plan, planWith, runIn, step, stepEvents, t0, withHead } from "../../support/run-builders.ts";

// The small plan's clock runs 60 times as fast: a window of one minute holds an hour of the plan.
const minute = 60_000;
const span = (from: number, minutes: number): WindowSpan => ({
  from,
  to: from + minutes * minute,
  text: `from ${from - t0}`,
});
const inWindows = (...windows: readonly WindowSpan[]): Plan =>
  planWith({ schedule: { ...plan.schedule, windows: [...windows] } });

const fresh = runIn("queued");
const running = afterEvents(fresh, [{ kind: "start" }]);
const having = (ids: readonly string[]): Run => afterEvents(running, stepEvents(ids));
const shut = (run: Run, id: string, of: Plan, now: number) => shutAt(run, of, step(id, of), now);

describe("the gate of the windows", () => {
  test("without windows everything may start at any time", () => {
    expect(shut(running, "s001", plan, t0)).toBeNull();
  });

  test("a block starts in an open window in which all of it fits", () => {
    expect(shut(running, "s001", inWindows(span(t0 - minute, 30)), t0)).toBeNull();
  });

  test("refuses to start before the window opens, and says until when", () => {
    const of = inWindows(span(t0 + minute, 30));

    expect(shut(running, "s001", of, t0)?.until).toBe(t0 + minute);
    expect(shut(running, "s001", of, t0 + minute)).toBeNull();
  });

  test("refuses to start a block of which only the first steps fit: it waits, whole, for the next window", () => {
    const [first, next] = [span(t0, 1 / 60), span(t0 + 60 * minute, 30)];

    expect(shut(running, "s001", inWindows(first, next), t0)?.until).toBe(next.from);
  });

  test("refuses to take a machine down when its window is over, though its patch has begun", () => {
    const of = inWindows(span(t0 - 60 * minute, 59), span(t0 + 60 * minute, 30));

    expect(shut(having(["s001", "s002", "s003"]), "s004", of, t0)?.until).toBe(t0 + 60 * minute);
  });

  test("what takes nobody down and is half done goes on after the end of the window", () => {
    const of = inWindows(span(t0 - 60 * minute, 59));

    expect(shut(having(["s001", "s002"]), "s003", of, t0)).toBeNull();
  });

  test("a machine that is down is brought back, whatever the clock says", () => {
    const of = inWindows(span(t0 - 60 * minute, 59));

    for (const [i, id] of ["s005", "s006"].entries())
      expect(shut(having(["s001", "s002", "s003", "s004", "s005"].slice(0, 4 + i)), id, of, t0)).toBeNull();
  });

  test("after the last window nothing starts, and the run is paused with a sentence", () => {
    const of = inWindows(span(t0 - 60 * minute, 59));
    const action = decide(running, of, { now: t0, deliveredUpTo: t0, heldBy: null, approvalMs: minute });

    expect(action).toMatchObject({ do: "pause", why: expect.stringContaining("ask for a new plan") });
    const paused = apply(running, { kind: "pause-reached", why: "the windows are over" }, { plan: of, now: t0 });
    expect(paused.ok && [paused.run.head.state, paused.run.head.note]).toEqual([
      "paused",
      "paused: the windows are over",
    ]);
  });

  test("a step under way is finished, an abort puts things back: neither asks the windows", () => {
    const of = inWindows(span(t0 + minute, 30));
    const busy = afterEvents(running, [{ kind: "intend", step: step("s001"), before: {} }]);
    const at = { now: t0, deliveredUpTo: t0, heldBy: null, approvalMs: minute };

    expect(decide(busy, of, at)).toMatchObject({ do: "step" });
    expect(decide(withHead(having(["s001"]), { abortWanted: true }), of, at)).toMatchObject({ do: "restore" });
  });

  test("owners are not warned of a downtime that waits for its window", () => {
    const of = inWindows(span(t0 - 60 * minute, 59), span(t0 + 60 * minute, 30));
    const at = { now: t0, deliveredUpTo: t0, heldBy: null, approvalMs: minute };

    expect(decide(having(["s001", "s002", "s003"]), of, at)).toMatchObject({ do: "wait", until: t0 + 60 * minute });
  });
});

test("a pause that the policy wants is counted from when the last step really ended", () => {
  const gap = (one: Step): Step =>
    Number(one.id.slice(1)) > 6 ? { ...one, start: one.start + 600, end: one.end + 600 } : one;
  const of = planWith({ steps: plan.steps.map(gap) });
  const done = ["s001", "s002", "s003", "s004", "s005", "s006"];
  const run = afterEvents(running, stepEvents(done), plan, t0 + 5_000);

  expect(soakUntil(run, of, step("s007", of), t0 + 6_000)).toBe(t0 + 15_000);
  expect(soakUntil(run, of, step("s007", of), t0 + 15_000)).toBeNull();
  expect(soakUntil(run, of, step("s002", of), t0)).toBeNull();
});
