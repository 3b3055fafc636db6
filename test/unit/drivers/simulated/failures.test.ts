import { afterEach, beforeEach, expect, test } from "vitest";
import type { Act } from "../../../../src/domain/act.ts";
import { type FailureCode, failureCodes } from "../../../../src/domain/errors.ts";
import { nextSteps } from "../../../../src/drivers/transport/estate-http.ts";
import { kernel, openssl } from "../../lab/small-estate.ts";
import { live, openStage, type Stage, watch } from "./stage.ts";

const patch: Act = { do: "patch", machine: "a", patches: [openssl, kernel] };
const reboot: Act = { do: "reboot", machine: "a" };
const move: Act = { do: "migrate", pool: "p", vm: "a", from: "h1", to: "h2" };

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

test.each<[FailureCode, Act]>([
  ["disk-full", patch],
  ["package-lock-held", patch],
  ["migration-failed", move],
  ["command-failed", reboot],
])("a task that fails with %s is told with that code and a next step", async (code, act) => {
  stage.world.inject({ kind: "fail-task", match: {}, code, message: "it went wrong", afterShare: 0.3 });
  await expect(stage.perform(act)).rejects.toMatchObject({ code, message: "it went wrong", next: nextSteps[code] });
});

test("a machine that does not come back is not-back, and only a person can decide", async () => {
  stage.world.inject({ kind: "never-back", match: { machine: "a" } });
  await expect(stage.perform(reboot)).rejects.toMatchObject({ code: "not-back", retry: "never" });
});

test("an unhealthy machine fails its check", async () => {
  stage.world.inject({ kind: "unhealthy", match: { machine: "a" }, message: "503 from /health" });
  const check = stage.perform({ do: "check-health", machine: "a" });
  await expect(check).rejects.toMatchObject({ code: "unhealthy", message: "a is not healthy: 503 from /health." });
});

test.each(["reply-lost", "reset"] as const)(
  "fails closed when the answer to a beginning is lost (%s)",
  async (kind) => {
    stage.world.inject({ kind, match: { do: "reboot" } });
    const operation = stage.operationFor(reboot);
    const { before } = await operation.look(reboot, live());

    await expect(operation.start(reboot, "run-1", before, live())).rejects.toMatchObject({ code: "unknown-effect" });

    const probe = await operation.probe(reboot, "run-1", before, live());
    expect(probe.state === "absent").toBe(kind === "reset");
  },
);

test("an act that is refused with 503 has not begun and may be tried later", async () => {
  stage.world.inject({ kind: "http-503", match: { do: "reboot" } });
  await expect(stage.perform(reboot)).rejects.toMatchObject({ code: "unreachable", retry: "later" });
  expect(stage.world.state().tasks).toEqual([]);
});

test("waiting outlives a few lost answers", async () => {
  stage.world.inject({ kind: "http-503", match: { do: "migrate", method: "GET" }, count: 3 });
  expect(await stage.perform(move)).toMatchObject({ summary: "a moved from h1 to h2" });
});

test("two tasks with one tag are unclear: a person decides", async () => {
  const operation = stage.operationFor(reboot);
  stage.world.begin("run-1", reboot);
  stage.world.begin("run-1", reboot);
  expect(await operation.probe(reboot, "run-1", {}, live())).toEqual({
    state: "unknown",
    why: "2 tasks carry the tag run-1",
  });
});

test("fails closed when the facts do not show what the task calls done", async () => {
  const operation = stage.operationFor(move);
  const { before } = await operation.look(move, live());
  const handle = await operation.start(move, "run-1", before, live());
  await operation.follow(move, handle, before, watch());
  await stage.perform({ do: "migrate", pool: "p", vm: "a", from: "h2", to: "h1" }, "somebody-else");

  await expect(operation.follow(move, handle, before, watch())).rejects.toMatchObject({ code: "bad-answer" });
});

test("fails closed when a machine answers but was not booted since the reading", async () => {
  const operation = stage.operationFor(reboot);
  const handle = await operation.start(reboot, "run-1", {}, live());
  await operation.follow(reboot, handle, {}, watch());
  const { before } = await operation.look(reboot, live());

  await expect(operation.follow(reboot, handle, before, watch())).rejects.toMatchObject({ code: "not-back" });
});

test("an endless request ends with a timeout", { timeout: 10_000 }, async () => {
  stage.world.inject({ kind: "hang", match: { machine: "p" } });
  await expect(stage.pool.discover(live())).rejects.toMatchObject({ code: "timeout", retry: "later" });
});

test("a hanging request ends at once when the caller stops waiting", async () => {
  stage.world.inject({ kind: "hang", match: { machine: "p" } });
  const stopper = new AbortController();
  const discovery = stage.pool.discover(stopper.signal);
  await expect.poll(() => stage.world.state().faults[0]?.left).toBe(0);
  stopper.abort();
  await expect(discovery).rejects.toMatchObject({ code: "cancelled" });
});

test("every kind of failure has a next step that is a sentence", () => {
  for (const code of failureCodes) expect(nextSteps[code]).toMatch(/^[A-Z].*\.$/);
});
