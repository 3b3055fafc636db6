import { expect, test } from "vitest";
import type { Plan } from "../../../src/domain/plan.ts";
import type { Run } from "../../../src/domain/run.ts";
import { apply, type RunEvent } from "../../../src/run/machine.ts";
import {
  adam,
  afterEvents,
  entryState,
  olga,
  outcomeOf,
  plan,
  planWith,
  rita,
  runIn,
  step,
  stepEvents,
  stepIds,
  t0,
  troubleAt,
  withHead,
} from "../../support/run-builders.ts";

function moved(run: Run, event: RunEvent, of: Plan | null = plan, now = t0) {
  const result = apply(run, event, { plan: of, now });
  if (!result.ok) throw new Error(result.message);
  return result;
}

function reason(run: Run, event: RunEvent, of: Plan | null = plan): string {
  const result = apply(run, event, { plan: of, now: t0 });
  return result.ok ? "accepted" : result.reason;
}

const approve = (user: string, needed: number, digest = plan.digest): RunEvent => ({
  kind: "approve",
  user,
  digest,
  needed,
});
const intend = (id: string): RunEvent => ({ kind: "intend", step: step(id), before: { boot: "7" } });
const fail = (id: string, where: string): RunEvent => ({
  kind: "step-failed",
  step: step(id),
  trouble: troubleAt(where),
  deadline: t0 + 1000,
});
const answer = (prompt: string, chosen: "roll-back" | "retry" | "stop"): RunEvent => ({
  kind: "answer",
  user: rita,
  prompt,
  answer: chosen,
});
const undoActs = (run: Run) => run.head.undo.map((one) => one.act.do);
/** All undo steps done, one after the other. */
const undone = (run: Run): Run =>
  afterEvents(
    run,
    run.head.undo
      .filter((one) => one.record.state === "pending")
      .flatMap(({ id }): readonly RunEvent[] => [
        { kind: "undo-intended", id, before: {}, warning: null },
        { kind: "undo-acted", id, handle: `task-${id}` },
        { kind: "undo-done", id, outcome: outcomeOf("back") },
      ]),
  );

const running = runIn("running");

test("the intent and its way back are one transition", () => {
  const { run } = moved(running, intend("s003"));

  expect(run.steps.s003).toMatchObject({ state: "intended", before: { boot: "7" }, startedAt: t0 });
  expect(run.ledger.at(-1)).toEqual({
    id: "l-s003-1",
    step: "s003",
    target: "a",
    undo: step("s003").undo,
    state: "open",
  });
});

test("refuses an intent while a pause or an abort is wanted", () => {
  for (const kind of ["pause", "abort"] as const) {
    const wanted = moved(running, { kind, user: rita }).run;
    expect(reason(wanted, intend("s003"))).toBe("wrong-state");
  }
});

test("refuses an intent when the plan at hand is not the approved one", () => {
  const other = planWith({ seconds: 401 });

  expect(reason(running, intend("s003"), other)).toBe("wrong-state");
  expect(reason(withHead(running, { digest: other.digest }), intend("s003"))).toBe("wrong-state");
});

test("refuses an intent, an end and a pause while another step is under way", () => {
  const busy = moved(running, intend("s003")).run;

  expect(reason(busy, intend("s004"))).toBe("wrong-state");
  expect(reason(busy, { kind: "restore", endAs: "done" })).toBe("wrong-state");
  expect(reason(busy, { kind: "pause-reached" })).toBe("wrong-state");
  expect(reason(busy, fail("s004", "a"))).toBe("wrong-state");
});

test("refuses to begin a step twice or to end one that never began", () => {
  const done = afterEvents(running, stepEvents(["s003"]));

  expect(reason(done, intend("s003"))).toBe("wrong-state");
  expect(reason(done, { kind: "acted", step: "s003", handle: "x" })).toBe("wrong-state");
  expect(reason(running, { kind: "step-done", step: step("s003"), outcome: outcomeOf("x") })).toBe("wrong-state");
});

test("a step that closes an entry puts it back, and only that one", () => {
  const run = afterEvents(running, stepEvents(["s003", "s004", "s005", "s006"]));

  expect(entryState(run, "s002")).toBe("put-back");
  expect(entryState(run, "s001")).toBe("open");
  expect(entryState(run, "s003")).toBe("open");
});

test("refuses the requester's own approval, in any state before the end", () => {
  for (const state of ["draft", "checking", "running"] as const) {
    expect(reason(runIn(state), approve(rita, 1))).toBe("own-request");
  }
});

test("only the last of the approvals that are needed leads on, each by another person", () => {
  const draft = runIn("draft");
  const one = moved(draft, approve(adam, 2)).run;

  expect(one.head.state).toBe("draft");
  expect(reason(one, approve(adam, 2))).toBe("already-approved-by-you");
  expect(one.head.approvals).toEqual([{ user: adam, at: t0, what: "approve", digest: plan.digest }]);

  const two = moved(one, approve(olga, 2)).run;
  expect(two.head.state).toBe("checking");
  expect(two.head.approvals.map(({ user }) => user)).toEqual([adam, olga]);
  expect(reason(two, approve(olga, 2))).toBe("already-decided");
});

test("refuses an approval of another digest", () => {
  expect(reason(runIn("draft"), approve(adam, 1, "0".repeat(64)))).toBe("digest-mismatch");
});

test("an approval is told in the thread with who, what and how many are missing", () => {
  const { lines } = moved(runIn("draft"), approve(adam, 2));

  expect(lines).toEqual([
    expect.objectContaining({ by: adam, show: "thread", text: expect.stringContaining("(1 of 2)") }),
  ]);
});

test("a question tells what failed, what going back does and what it loses", () => {
  const { run } = moved(afterEvents(running, stepEvents(["s003"])), fail("s004", "a"));

  expect(run.head.prompt).toMatchObject({
    id: "p-s004-1",
    step: "s004",
    rollBack: {
      does: ["revert a to snapshot before", "remove snapshot before of a"],
      loses: ["what was written since"],
    },
    noRollBack: null,
    deadline: t0 + 1000,
    held: false,
  });
});

test("no roll back is offered where a patch began that cannot be taken back", () => {
  const atHost = afterEvents(running, stepEvents(stepIds.slice(2, 11)));
  const { run } = moved(atHost, fail("s012", "h1"));

  expect(run.head.prompt).toMatchObject({ rollBack: null, noRollBack: "h1 cannot go back" });
  const refused = apply(run, answer("p-s012-1", "roll-back"), { plan, now: t0 });
  expect(refused).toMatchObject({ ok: false, reason: "wrong-state", next: "choose retry or leave as is" });
});

test("no roll back is offered before anything of the stage was changed", () => {
  const { run } = moved(afterEvents(running, stepEvents(stepIds.slice(2, 6))), fail("s007", "b"));

  expect(run.head.prompt).toMatchObject({ rollBack: null, noRollBack: "nothing of this stage has been changed yet" });
});

test("refuses the answer to an old question", () => {
  const asking = runIn("asking");
  const again = moved(moved(asking, answer("p-s003-1", "retry")).run, intend("s003")).run;
  const second = moved(again, fail("s003", "a")).run;

  expect(second.head.prompt?.id).toBe("p-s003-2");
  expect(reason(second, answer("p-s003-1", "roll-back"))).toBe("stale-button");
  expect(second.ledger.filter((entry) => entry.step === "s003")).toHaveLength(1);
});

test("retry counts the attempt up, so that its tag is new", () => {
  const { run } = moved(runIn("asking"), answer("p-s003-1", "retry"));

  expect(run.steps.s003).toEqual({ state: "pending", attempt: 2 });
  expect(run.head).toMatchObject({ state: "running", prompt: null, note: "" });
});

test("a question that nobody answered holds, stays open and can still be answered", () => {
  const held = moved(runIn("asking"), { kind: "hold" });

  expect(held.run.head).toMatchObject({ state: "asking", prompt: { id: "p-s003-1", held: true } });
  expect(held.lines[0]?.show).toBe("broadcast");
  expect(reason(held.run, { kind: "hold" })).toBe("wrong-state");
  expect(moved(held.run, answer("p-s003-1", "roll-back")).run.head.state).toBe("backing-out");
});

test("stop leaves the failed machine to people and puts every other switch back", () => {
  const { run } = moved(runIn("asking"), answer("p-s003-1", "stop"));

  expect([entryState(run, "s001"), entryState(run, "s002"), entryState(run, "s003")]).toEqual([
    "open",
    "handed-over",
    "handed-over",
  ]);
  expect(run.head.undo.map((one) => one.act)).toEqual([{ do: "set-switch", pool: "p", name: "ha", on: true }]);
  expect(run.head).toMatchObject({ state: "restoring", endAs: "stopped", prompt: null, note: "a does not do it." });
  const ended = moved(undone(run), { kind: "finish" }).run;
  expect(ended.head.state).toBe("stopped");
  expect(entryState(ended, "s001")).toBe("put-back");
});

test("roll back undoes the failed stage only, newest first, and the other switches afterwards", () => {
  const failed = moved(afterEvents(running, stepEvents(["s003", "s004"])), fail("s005", "a")).run;
  const backing = moved(failed, answer("p-s005-1", "roll-back")).run;

  expect(undoActs(backing)).toEqual(["revert-snapshot", "remove-snapshot"]);
  expect(entryState(backing, "s001")).toBe("open");

  const restoring = moved(undone(backing), { kind: "restore", endAs: "rolled-back" }).run;
  expect(undoActs(restoring)).toEqual(["revert-snapshot", "remove-snapshot", "set-switch"]);
  expect([entryState(restoring, "s002"), entryState(restoring, "s003")]).toEqual(["put-back", "put-back"]);
  expect(new Set(restoring.head.undo.map((one) => one.id)).size).toBe(3);

  const ended = moved(undone(restoring), { kind: "finish" }).run;
  expect(ended.head.state).toBe("rolled-back");
  expect(ended.ledger.map((entry) => entry.state)).toEqual(["put-back", "put-back", "put-back"]);
});

test("a change of an earlier stage is kept when a later one is rolled back", () => {
  const atB = afterEvents(running, stepEvents(stepIds.slice(2, 6)));
  const failed = moved(moved(atB, intend("s007")).run, fail("s007", "b")).run;
  const backing = moved(failed, answer("p-s007-1", "roll-back")).run;
  const ended = moved(undone(moved(undone(backing), { kind: "restore", endAs: "rolled-back" }).run), {
    kind: "finish",
  }).run;

  expect(entryState(ended, "s003")).toBe("kept");
  expect(entryState(ended, "s007")).toBe("put-back");
});

test("the way back has no reboot where the stage's own reboot had not begun, and has it where it had", () => {
  const atB = afterEvents(running, stepEvents(stepIds.slice(2, 6)));
  const early = moved(moved(atB, intend("s007")).run, fail("s007", "b")).run;
  const late = moved(moved(afterEvents(atB, stepEvents(["s007"])), intend("s008")).run, fail("s008", "b")).run;

  expect(undoActs(moved(early, answer("p-s007-1", "roll-back")).run)).toEqual(["revert-patches", "check-health"]);
  expect(undoActs(moved(late, answer("p-s008-1", "roll-back")).run)).toEqual([
    "revert-patches",
    "reboot",
    "check-health",
  ]);
});

test("an entry is put back only when all of its acts are done", () => {
  const atB = afterEvents(running, stepEvents(stepIds.slice(2, 6)));
  const failed = moved(moved(atB, intend("s007")).run, fail("s007", "b")).run;
  const backing = moved(failed, answer("p-s007-1", "roll-back")).run;
  const half = afterEvents(backing, [
    { kind: "undo-intended", id: "u001", before: {}, warning: null },
    { kind: "undo-done", id: "u001", outcome: outcomeOf("back") },
  ]);

  expect(entryState(half, "s007")).toBe("open");
  expect(entryState(undone(half), "s007")).toBe("put-back");
});

test("a roll back that fails is handed over, leaves the machine alone and ends as stopped", () => {
  const failed = moved(afterEvents(running, stepEvents(["s003", "s004"])), fail("s005", "a")).run;
  const backing = moved(failed, answer("p-s005-1", "roll-back")).run;
  const { run, lines } = moved(backing, { kind: "undo-failed", id: "u001", trouble: troubleAt("a") });

  expect(run.head.undo.map((one) => one.record.state)).toEqual(["failed", "skipped"]);
  expect([entryState(run, "s002"), entryState(run, "s003")]).toEqual(["handed-over", "handed-over"]);
  expect(run.ledger.find((entry) => entry.step === "s003")?.note).toBe("a does not do it.");
  expect(lines[0]?.show).toBe("broadcast");
  expect(run.head.endAs).toBe("stopped");

  const restoring = moved(run, { kind: "restore", endAs: "stopped" }).run;
  const ended = moved(undone(restoring), { kind: "finish" }).run;
  expect(ended.head).toMatchObject({ state: "stopped", note: "a does not do it." });
  expect(entryState(ended, "s001")).toBe("put-back");
});

test("a switch that cannot be put back turns success into stopped", () => {
  const most = afterEvents(running, stepEvents(stepIds.slice(2, -1)));
  const restoring = moved(most, { kind: "restore", endAs: "done" }).run;

  const left = moved(restoring, { kind: "undo-failed", id: "u001", trouble: troubleAt("p") }).run;

  expect(moved(left, { kind: "finish" }).run.head.state).toBe("stopped");
  expect(entryState(left, "s001")).toBe("handed-over");
});

test("an aborted run stays aborted when something cannot be put back", () => {
  const restoring = moved(running, { kind: "restore", endAs: "aborted" }).run;

  expect(undoActs(restoring)).toEqual(["remove-snapshot", "set-switch"]);
  const left = moved(restoring, { kind: "undo-failed", id: "u001", trouble: troubleAt("a") }).run;
  expect(moved(undone(left), { kind: "finish" }).run.head.state).toBe("aborted");
});

test("abort of a run with an open question leaves the failed machine as it is", () => {
  const asking = moved(runIn("asking"), { kind: "abort", user: rita }).run;
  const { run } = moved(asking, { kind: "restore", endAs: "aborted" });

  expect([entryState(run, "s002"), entryState(run, "s003")]).toEqual(["handed-over", "handed-over"]);
  expect(undoActs(run)).toEqual(["set-switch"]);
});

test("refuses an answer once the run is being aborted", () => {
  const aborting = moved(runIn("asking"), { kind: "abort", user: rita }).run;

  expect(reason(aborting, answer("p-s003-1", "retry"))).toBe("already-decided");
  expect(reason(aborting, answer("p-s003-1", "roll-back"))).toBe("already-decided");
});

test("abort before anything began ends at once and says so", () => {
  for (const state of ["planning", "draft", "checking", "queued"] as const) {
    const { run } = moved(runIn(state), { kind: "abort", user: rita });
    expect(run.head).toMatchObject({ state: "aborted", endedAt: t0 });
    expect(run.head.note).toContain("before anything was changed");
  }
});

test("a machine's start on a failed host is that host's: it is handed over with it", () => {
  const stopped = afterEvents(running, stepEvents(stepIds.slice(2, 10)));
  const failed = moved(moved(stopped, intend("s011")).run, fail("s011", "h1")).run;
  const { run } = moved(failed, answer("p-s011-1", "stop"));

  expect(entryState(run, "s010")).toBe("handed-over");
  expect(undoActs(run)).toEqual(["set-switch"]);
});

test("a success has every switch closed by the plan itself, and its changes are kept", () => {
  const done = runIn("done");

  expect(done.head.undo).toEqual([]);
  const states = (kind: string) => done.ledger.filter((entry) => entry.undo.kind === kind).map(({ state }) => state);
  expect(states("switch")).toEqual(["put-back", "put-back", "put-back"]);
  expect(states("change")).toEqual(["kept", "kept"]);
  expect(done.head).toMatchObject({ note: "", pauseWanted: false, abortWanted: false });
});

test("refuses to finish while something is still to be put back", () => {
  expect(reason(runIn("restoring"), { kind: "finish" })).toBe("wrong-state");
  expect(reason(runIn("backing-out"), { kind: "restore", endAs: "rolled-back" })).toBe("wrong-state");
});

test("refuses everything once the run has ended, and says how to begin anew", () => {
  const refused = apply(runIn("done"), { kind: "pause", user: rita }, { plan, now: t0 });

  expect(refused).toMatchObject({ ok: false, reason: "run-ended", next: "ask for a new plan: /patch small" });
});

test("a pause that is taken back before it was reached leaves the run going", () => {
  const wanted = moved(running, { kind: "pause", user: rita }).run;
  const again = moved(wanted, { kind: "resume", user: rita }).run;

  expect(reason(wanted, { kind: "pause", user: rita })).toBe("already-decided");
  expect(again.head).toMatchObject({ state: "running", pauseWanted: false });
  expect(reason(again, intend("s003"))).toBe("accepted");
});

test("every claim raises the epoch", () => {
  const once = moved(running, { kind: "claim" }).run;

  expect(moved(once, { kind: "claim" }).run.head.epoch).toBe(running.head.epoch + 2);
});

test("a reboot that was blocked before it began is not repeated on the way back", () => {
  const atB = afterEvents(running, stepEvents(stepIds.slice(2, 7)));
  const blocked = moved(atB, fail("s008", "b")).run;

  expect(undoActs(moved(blocked, answer("p-s008-1", "roll-back")).run)).toEqual(["revert-patches", "check-health"]);
});

test("roll back stays out of reach when a patch without a way back was tried before", () => {
  const atHost = afterEvents(running, stepEvents(stepIds.slice(2, 10)));
  const failed = moved(moved(atHost, intend("s011")).run, fail("s011", "h1")).run;
  const again = moved(failed, answer("p-s011-1", "retry")).run;

  expect(moved(again, fail("s011", "h1")).run.head.prompt?.rollBack).toBeNull();
});
