import { readFileSync } from "node:fs";
import type { Plan } from "../../src/domain/plan.ts";
import type { LedgerEntry, Run } from "../../src/domain/run.ts";
import { openFleet } from "../../src/drivers/fleet.ts";
import { readInventory } from "../../src/inventory-file.ts";
import { startEstate } from "../../src/lab/index.ts";
import { buildPlan } from "../../src/planner/build-plan.ts";
import { timeOneAfterAnother } from "../../src/planner/schedule/one-after-another.ts";
import { planWith, plan as smallPlan, t0 } from "./run-builders.ts";

/** The plan of the try-out's cluster-a, made from the simulator by the real drivers and the real planner. */
export async function clusterAPlan(): Promise<Plan> {
  const estate = await startEstate({ rate: 60 });
  const file = new URL("../../docs/examples/try-out.yaml", import.meta.url);
  const loaded = readInventory(
    "try-out.yaml",
    readFileSync(file, "utf8").replaceAll("http://127.0.0.1:3100", estate.url),
  );
  const fleet = openFleet(() => t0);
  try {
    const cluster = loaded.ok ? loaded.inventory.clusters["cluster-a"] : undefined;
    if (!cluster) throw new Error("the try-out inventory has no cluster-a");
    const made = buildPlan(
      "cluster-a",
      cluster,
      await fleet.gather("cluster-a", cluster, new AbortController().signal),
    );
    if (!made.ok) throw new Error(made.message);
    return made.value;
  } finally {
    await fleet.close();
    await estate.close();
  }
}

/** A plan of `size` stages in which every text from outside goes through `text`. */
export function bigPlan(size: number, text: (words: string) => string): Plan {
  const names = Array.from({ length: size }, (_, i) => `m${i}`);
  const patches = [1, 2, 3].map((n) => ({
    name: text(`package-${n}`),
    from: text("1"),
    to: text("2"),
    kind: "security",
  }));
  return planWith({
    platforms: [text("Platform")],
    stages: names.map((name) => ({
      id: name,
      layer: "guest-os" as const,
      target: text(name),
      title: text(`Guest ${name}`),
      reasons: ["R1", "R2", "R3", "R4"].map((rule) => ({
        rule,
        strength: "vendor" as const,
        text: text(`${name} comes here`),
        source: text("a page"),
        scope: "any",
      })),
      patches,
      backOut: { possible: true, text: text(`old packages on ${name}`) },
    })),
    steps: timeOneAfterAnother(
      names.map((name, i) => ({
        id: `s${String(i + 1).padStart(3, "0")}`,
        stage: name,
        act: {
          do: "patch" as const,
          machine: text(name),
          patches: patches.map((one) => ({
            ...one,
            kind: "security" as const,
            source: "a source",
            oldAvailable: true,
          })),
        },
        title: text(`install on ${name}`),
        seconds: 60,
        outages: [{ machine: text(name), seconds: 90, why: text("new kernel") }],
        undo: null,
        closes: null,
      })),
    ),
    decisions: [1, 2, 3].map((n) => ({
      rule: `R2${n}`,
      strength: "policy" as const,
      text: text(`decision ${n}`),
      source: text("a page"),
      scope: "any",
    })),
    untouched: names.map((name) => ({ machine: text(name), why: text("nothing pending") })),
    noDowntime: names.map((name) => ({ machine: text(name), why: text("moved live") })),
    estimateSources: [text("a source")],
  });
}

/** The run of a plan in the middle: the first half done, one step failed, something handed over. */
export function busyRun(run: Run, plan: Plan, text: (words: string) => string): Run {
  const [undo] = smallPlan.steps.flatMap((one) => (one.undo ? [one.undo] : []));
  if (!undo) throw new Error("the small plan has no way back");
  const trouble = { code: "disk-full", where: text("m1"), message: text("The disk is full."), next: text("Clear it.") };
  const half = Math.ceil(plan.steps.length / 2);
  const steps = plan.steps.map((step, i) => {
    if (i > half) return [step.id, { state: "pending" as const, attempt: 1 }] as const;
    if (i === half)
      return [step.id, { state: "failed" as const, attempt: 1, startedAt: t0, endedAt: t0, trouble }] as const;
    const outcome = {
      summary: text("3 packages upgraded"),
      changes: [1, 2, 3, 4, 5, 6].map((n) => ({ name: text(`package-${n}`), from: text("1"), to: text("2") })),
      downtimes: step.outages.map(({ machine }) => ({ machine, seconds: 61 })),
      leftUndone: [text(`a service on ${step.id} still runs old code`)],
    };
    return [step.id, { state: "done" as const, attempt: 1, startedAt: t0, endedAt: t0 + 1000, outcome }] as const;
  });
  const ledger = plan.steps.map(
    (step, i): LedgerEntry => ({
      id: `l-${step.id}-1`,
      step: step.id,
      target: text(`m${i}`),
      undo: { ...undo, text: text(`switch ha on in p${i}`) },
      state: i % 3 === 0 ? "handed-over" : i % 3 === 1 ? "put-back" : "open",
      note: text("The disk is full."),
    }),
  );
  const prompt = {
    id: "p-s004-1",
    step: "s004",
    trouble,
    rollBack: { does: plan.steps.map((step) => text(`put ${step.id} back`)), loses: [text("what was written")] },
    noRollBack: null,
    askedAt: t0,
    deadline: t0 + 1000,
    held: false,
  };
  return {
    head: { ...run.head, digest: plan.digest, cluster: plan.cluster, startedAt: t0, prompt },
    steps: Object.fromEntries(steps),
    ledger,
  };
}
