import { expect, test } from "vitest";
import type { Plan } from "../../../../src/domain/plan.ts";
import { answerText } from "../../../../src/planner/explain/answer.ts";
import { explain } from "../../../../src/planner/explain/explain.ts";
import { timeOneAfterAnother } from "../../../../src/planner/schedule/one-after-another.ts";
import { timedPlanOf } from "../../../support/timed-plans.ts";

/** A Xen pool whose master is its second host, guests that serve one domain, one VM that cannot move, one up to date. */
const plan = timedPlanOf({
  pools: {
    "pool-1": {
      family: "xapi",
      switches: ["HA"],
      hosts: { "xen-1": { gib: 64 }, "xen-2": { gib: 64, master: true }, "xen-3": { gib: 64 } },
      vms: {
        "dc-1": { on: "xen-1", gib: 4 },
        "dc-2": { on: "xen-2", gib: 4 },
        "gpu-1": { on: "xen-3", gib: 4, stuck: true },
        "idle-1": { on: "xen-1", gib: 4, patches: [] },
        "web-1": { on: "xen-3", gib: 4, reboot: false },
      },
    },
  },
  groups: { dcs: { kind: "domain-controllers", members: ["dc-1", "dc-2"] } },
});

function textOf(question: string, asked: Plan = plan): string {
  const found = explain(asked, question);
  if (!found.ok) throw new Error(`refused: ${found.message}`);
  return answerText(found.value);
}

test("a stage is explained with rule, strength, sentence, source and scope, back to the first", () => {
  const text = textOf("xen-1");

  expect(text).toContain("after xen-2: xen-2 is the pool master of pool-1");
  expect(text).toContain("(R19, vendor-documented)");
  expect(text).toContain("source: xcp-ng/xcp-ng-org:docs/management/updates.md@fc40a424; holds for: ");
  expect(text).toMatch(
    /back to the first:\n.*xen-1 after xen-2.*\n.*xen-2 after .*prepare.*\n.*waits for no other stage/,
  );
});

test("a long chain of one rule is told by its first and its last link", () => {
  const ids = Array.from({ length: 30 }, (_, i) => `hypervisor/h${i + 1}`);
  const [stage] = plan.stages;
  const [edge] = plan.edges;
  if (!stage || !edge) throw new Error("a plan without stages");
  const stages = ids.map((id, i) => ({ ...stage, id, target: `h${i + 1}`, reasons: [] }));
  const edges = ids.slice(1).map((after, i) => ({ ...edge, before: ids[i] ?? "", after }));

  const text = textOf("h30", { ...plan, stages, edges, steps: [] });

  expect(text.split("\n").length).toBeLessThan(12);
  expect(text).toMatch(/h30 after h29: .*\n.*… 27 more of the same rule …\n.*h2 after h1: .*\n.*h1 waits for no other/);
});

test("a step tells what it waits for, whom it takes down, and why its stage is there", () => {
  const step = plan.steps.find(({ act }) => act.do === "stop-vm");

  const text = textOf(step?.id ?? "");

  expect(text).toContain(`${step?.id}: shut down gpu-1`);
  expect(text).toMatch(/waits for .*s\d+ \(move web-1/);
  expect(text).toContain("takes gpu-1 down for about");
  expect(text).toContain("Host xen-3 (hypervisor)");
});

test("why not: the edge that forbids it, with its rule", () => {
  const found = explain(plan, "why not xen-1 before xen-2?");

  expect(found.ok && found.value.lines[0]).toBe("xen-1 cannot go before xen-2:");
  expect(found.ok && found.value.lines[1]).toMatch(
    /^xen-2 → xen-1: xen-2 is the pool master .*\(R19, vendor-documented; xcp-ng/,
  );
  expect(found.ok && found.value.edges.map((edge) => edge.reason.rule)).toContain("R19");
});

test("why not: a path over several stages when no single edge forbids it", () => {
  const edges = plan.edges.filter(
    (edge) => !(edge.before === "hypervisor/xen-2" && edge.after.startsWith("guest-os/")),
  );
  const found = explain({ ...plan, edges }, "why not web-1 before xen-2");

  expect(found.ok && found.value.edges.map((edge) => edge.reason.rule)).toEqual(expect.arrayContaining(["R19", "R68"]));
});

test("meeting points of many edges are looked through: only stages are named", () => {
  const guests = plan.edges.filter((edge) => edge.before === "hypervisor/xen-3" && edge.after === "guest-os/web-1");
  const edges = guests.flatMap((edge) => [
    { ...edge, after: "point-1" },
    { ...edge, before: "point-1" },
  ]);
  const meeting = { ...plan, edges };

  expect(textOf("why not web-1 before xen-3", meeting)).toMatch(/xen-3 → web-1: .*\(R68/);
  expect(textOf("web-1", meeting)).toContain("- after xen-3: ");
  for (const question of ["web-1", "why not web-1 before xen-3"])
    expect(textOf(question, meeting)).not.toContain("point-1");
});

test("why not, the other way round, asks the same", () => {
  expect(textOf("why not xen-2 after xen-1")).toContain("xen-1 cannot go before xen-2");
});

test("why not, where the plan has it so already", () => {
  expect(textOf("why not xen-2 before xen-1")).toContain("xen-2 is before xen-1 already");
});

test("why before: the reason of the order that the plan has, also when the question has it wrong", () => {
  expect(textOf("why xen-2 before xen-1")).toContain("xen-2 → xen-1:");
  expect(textOf("why is xen-1 before xen-2")).toContain("the other way round, xen-2 is before xen-1");
});

test("a rule that only keeps apart has no opinion on who is first", () => {
  const text = textOf("why not dc-2 before dc-1");

  expect(text).toContain("dc-2 could go before dc-1");
  expect(text).toContain("(R58, vendor-documented");
  expect(text).toContain("the rule keeps them apart");
});

test("where no rule and no room decides, it says so", () => {
  expect(textOf("why not web-1 before dc-1")).toContain("free choice: no rule orders them");
});

test("where only room decides, the moves that need it are named", () => {
  const text = textOf("why not xen-3 before xen-1", { ...plan, edges: [] });

  expect(text).toMatch(
    /no rule orders them, room for VMs does: move .* fits only while xen-1 is in service \(capacity\)/,
  );
});

test("where steps run side by side and only waiting orders them, the steps are named", () => {
  const steps = timeOneAfterAnother(plan.steps);
  const text = textOf("why not web-1 before dc-1", { ...plan, steps, schedule: { ...plan.schedule, stepsAtOnce: 4 } });

  expect(text).toContain("the schedule does (capacity)");
  expect(text).toMatch(/ waits for .* \(s\d+\)/);
});

test("steps of one stage have a fixed order", () => {
  const [first, second] = plan.steps.filter((step) => step.stage === "hypervisor/xen-1");

  expect(textOf(`why not ${second?.id} before ${first?.id}`)).toContain("both belong to Host xen-1");
});

test("downtime: when, how long, why, and by which step", () => {
  expect(textOf("why is gpu-1 down?")).toMatch(
    /gpu-1 is down from \d\d:\d\d:\d\d for about .*goes down with xen-3.*\(s\d+, shut down gpu-1\)/,
  );
});

test("no downtime: why it stays up", () => {
  expect(textOf("why is web-1 down")).toContain("web-1 stays up: live migration");
  expect(textOf("why is idle-1 down")).toContain("idle-1 stays up");
  expect(textOf("why is xen-1 down")).toContain("emptied of every VM that can move");
});

test("why so long: bound, what binds, how far from it, where the time goes", () => {
  const text = textOf("why so long?");

  expect(text).toContain("this plan takes 2.00 times that");
  expect(text).toContain("what binds: hosts of xen-pool go one after another (one-at-a-time)");
  expect(text).toContain("where the time goes: ");
});

test("why so long, where no bound is known", () => {
  const schedule = { ...plan.schedule, lowerBound: 0 };

  expect(textOf("why so long", { ...plan, schedule })).toContain("the least possible is not known");
});

test("a machine without a stage is told apart from an unknown one", () => {
  expect(textOf("idle-1")).toContain("idle-1 has no place of its own in the order: it is left alone: nothing pending");
  expect(textOf("why not idle-1 before xen-1")).toContain("no place of its own");
});

test("refuses an unknown name, with near ones", () => {
  const found = explain(plan, "xan-1");

  expect(found.ok ? null : found.message).toBe('There is no "xan-1" in this plan.');
  expect(found.ok ? null : found.next).toBe("did you mean xen-1?");
});

test("refuses a name that is near nothing, with the kinds of names", () => {
  const found = explain(plan, "why not qqqqqqqq before xen-1");

  expect(found.ok ? null : found.next).toMatch(/use the name of a machine/);
});

test.each(["", "   ", "what is the weather like today", "why not xen-1 before xen-1"])("refuses %j", (question) => {
  const found = explain(plan, question);

  expect(found.ok ? null : found.reason).toBe("bad-command");
});
